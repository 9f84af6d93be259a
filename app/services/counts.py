"""A count that is still open: whose it is, which portion is meant, and what stops it once its result is declared."""

from dataclasses import dataclass

from app.audit import Deed
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError
from app.models import Referendum
from app.queries.counts import PortionStands, portion_numbered
from app.roles import Role
from app.scope import refuse_other_council
from app.services.referendums import referendum_by_reference
from referendum.errors import StageError


def counting_councils(deed: Deed, referendum: Referendum, council: str) -> set[str]:
    """Return the councils whose officers may act on a council's figures: its own, and for its chief who leads."""
    leads = {referendum.council} if deed.by.role == Role.CHIEF_COUNTING_OFFICER else set()
    return {council} | leads


def refuse_other_count(deed: Deed, referendum: Referendum) -> None:
    """Refuse someone of a council that counts no part of a referendum, also to look.

    Raises:
        NotAllowedError: it is another council's count.
    """
    councils = {row.council for row in referendum.portions} | {referendum.council}
    refuse_other_council(deed, councils, f"The count of {referendum.reference}")


def held_referendum(session: WriteSession, reference: str) -> Referendum:
    """Return a referendum as it is once nobody else can change it; whatever was read of it before is read again.

    Raises:
        NotFoundError: there is none of that reference.
    """
    hold_lock(session, "audit")
    session.expire_all()
    return referendum_by_reference(session, reference)


def open_referendum(session: WriteSession, reference: str) -> Referendum:
    """Return a referendum whose result is not declared, held against every other change to the end of the transaction.

    Raises:
        NotFoundError: there is none of that reference.
        StageError: its result is declared.

    Source: COUNT-15.
    """
    referendum = held_referendum(session, reference)
    if referendum.declaration is not None:
        raise StageError(f"The result of {reference} was declared; nothing of its count can change (COUNT-15).")
    return referendum


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One portion of one count: the reference of the referendum, and the portion's number from 1."""

    reference: str
    number: int


def open_portion(session: WriteSession, deed: Deed, part: Part) -> tuple[Referendum, PortionStands]:
    """Return an open referendum and one of its portions, on which this person may act.

    Raises:
        NotFoundError: no such referendum or portion.
        NotAllowedError: it is another council's.
        StageError: the result is declared, or polling day has not come.
    """
    referendum = open_referendum(session, part.reference)
    stands = portion_numbered(referendum, part.number)
    council = stands.row.council
    refuse_other_council(deed, counting_councils(deed, referendum, council), f"The count of {council}")
    if deed.at.date() < referendum.poll_date:
        raise StageError(f"Nothing of {part.reference} can be counted before its poll on {referendum.poll_date}.")
    return referendum, stands


def refuse_stale(seen: int | None, now: int, what: str) -> None:
    """Refuse a form that was filled in before somebody else acted.

    Args:
        seen: the number its page showed; None where the sender does not say.
        now: the number as it is.
        what: what it numbers, for the sentence.

    Raises:
        ConflictError: they differ.
    """
    if seen is not None and seen != now:
        raise ConflictError(f"Someone else acted first: {what} is {now} now, not {seen}. Look again before you go on.")


def readable(text: str, *, longest: int, what: str) -> str:
    """Return what somebody typed, without the space around it.

    Args:
        text: as it was typed; it may be empty.
        longest: how many characters it may have.
        what: what it is, for the sentence.

    Raises:
        InvalidRequestError: it is too long, or holds characters that can be neither read nor printed.
    """
    text = text.strip()
    if len(text) > longest:
        raise InvalidRequestError(f"{what} is longer than {longest} characters: shorten it.")
    if not all(letter.isprintable() or letter in "\n\r\t" for letter in text):
        raise InvalidRequestError(f"{what} holds a character that cannot be printed: type it again.")
    return text
