"""Training: the invented district is put back as it was on its first day, and nothing else ever is."""

from sqlalchemy import select, text

from app.audit import Actor
from app.db import WriteSession
from app.document_store import document_store
from app.errors import ConflictError, NotAllowedError, NotFoundError
from app.models import Base, Boundary, User
from app.secrets import address_secret, service_secret
from app.services.example import INVENTED, Loaded, load_example
from app.services.example_people import has_example_accounts, load_people
from app.settings import Settings

_RECORD = "audit_event"


def start_again(session: WriteSession, by: Actor, settings: Settings) -> Loaded:
    """Delete everything that was done in training, and load the invented district anew, in one transaction.

    Args:
        session: the transaction.
        by: who asks for it; they are signed out with everybody else.
        settings: says whether this is a training service at all.

    Raises:
        NotFoundError: this is no training service.
        ConflictError: the database holds anything but the invented district.
        NotAllowedError: whoever asks has no account here.
    """
    _refuse_real(session, by, settings)
    _empty(session)
    loaded = load_example(session, address_secret=address_secret(settings), store=document_store(settings))
    load_people(session, service_secret=service_secret(settings))
    return loaded


def _refuse_real(session: WriteSession, by: Actor, settings: Settings) -> None:
    if not settings.training or settings.mode != "example":
        raise NotFoundError("This is no training service: nothing here can be put back to the beginning.")
    sources = set(session.scalars(select(Boundary.source).distinct()))
    if not sources or not all(source.endswith(INVENTED) for source in sources) or not has_example_accounts(session):
        raise ConflictError(
            "This database holds more than the invented district, so it is never emptied: "
            "use a database of its own for training."
        )
    known = session.scalars(select(User.is_example).where(User.name == by.name)).one_or_none()
    if known is None:
        raise NotAllowedError("Sign in with an account: a program cannot put the district back.")


def _empty(session: WriteSession) -> None:
    """Delete every row of every table; the record's own guards stand aside for it, inside this transaction alone."""
    if session.get_bind().dialect.name == "postgresql":
        names = ", ".join(table.name for table in Base.metadata.sorted_tables)
        session.execute(text(f"ALTER TABLE {_RECORD} DISABLE TRIGGER USER"))
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        session.execute(text(f"ALTER TABLE {_RECORD} ENABLE TRIGGER USER"))
    else:
        guards = session.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_event_no_%'")
        ).all()
        for name, _ in guards:
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())
        for _, sql in guards:
            session.connection().exec_driver_sql(sql)
    session.expunge_all()
