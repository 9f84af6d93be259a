"""The people of the invented district: its organisations, and one account for each role, for trying things out.

Their passwords are made from the service's own key, so each installation has its own, and `make run` can print them.
"""

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import select

from app.audit import Actor, Deed
from app.auth.second_factor import code_at
from app.db import ReadSession, WriteSession
from app.models import OrganisationKind, User
from app.roles import NEEDS_SECOND_FACTOR, Role
from app.services.accounts import AccountFacts, open_account, set_second_factor
from app.services.example import FIXTURES
from app.services.organisations import OrganisationFacts, add_organisation, service_organisation
from app.services.roles import grant_role

_OPERATOR = Actor(name="command line (example)", role="operator")
_COUNCIL, _PARISH = "E07999001", "E04999008"
_HOMES = {
    Role.VOLUNTEER_EDITOR: _PARISH,
    Role.VOLUNTEER_SIGNATORY: _PARISH,
    Role.ADMINISTRATOR: _COUNCIL,
}
OTHER_COUNCIL = ("wyrecombe-planning-officer", Role.PLANNING_OFFICER, "E07999002")
SERVICE_ACCOUNT = ("service-administrator", Role.ADMINISTRATOR, "service")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleAccount:
    """An account of the example: whom it plays, and how to sign in as them."""

    name: str
    role: Role
    organisation: str
    password: str
    second_factor: str | None


def example_password(secret: bytes, name: str) -> str:
    """Return the password of an example account in this installation: four groups of five letters and digits."""
    text = base64.b32encode(hmac.digest(secret, f"example password {name}".encode(), "sha256")).decode().lower()
    return "-".join(text[at : at + 5] for at in range(0, 20, 5))


def example_second_factor(secret: bytes, name: str) -> str:
    """Return the shared secret of an example account's second factor in this installation (base 32)."""
    return base64.b32encode(hmac.digest(secret, f"example second factor {name}".encode(), "sha256")[:20]).decode()


def example_accounts(secret: bytes) -> list[ExampleAccount]:
    """Return the accounts of the example: one for each role, one of another council, one of the service itself."""
    people = [(role.value, role, _HOMES.get(role, _COUNCIL)) for role in Role]
    return [
        ExampleAccount(
            name=name,
            role=role,
            organisation=organisation,
            password=example_password(secret, name),
            second_factor=example_second_factor(secret, name) if role in NEEDS_SECOND_FACTOR else None,
        )
        for name, role, organisation in (*people, OTHER_COUNCIL, SERVICE_ACCOUNT)
    ]


def load_people(session: WriteSession, *, service_secret: bytes, folder: Path = FIXTURES) -> None:
    """Add the district's organisations and an account for each role."""
    spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
    story = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    deed = Deed(by=_OPERATOR, at=datetime.combine(date.fromisoformat(story["as_at"]), time(8), UTC))
    service_organisation(session, deed)
    for authority in spec["authorities"]:
        facts = OrganisationFacts(
            code=authority["code"],
            name=authority["name"],
            kind=OrganisationKind.AUTHORITY,
            runs_polls=authority["is_relevant_council"],
        )
        add_organisation(session, deed, facts)
    for code, name, kind in sorted({_body(area["applicant"]) for area in story["areas"]}):
        add_organisation(session, deed, OrganisationFacts(code=code, name=name, kind=kind))
    for account in example_accounts(service_secret):
        _open(session, deed, account, service_secret)


def _body(applicant: dict[str, str | None]) -> tuple[str, str, OrganisationKind]:
    name = str(applicant["name"])
    if applicant.get("code"):
        return str(applicant["code"]), name, OrganisationKind.PARISH_COUNCIL
    return name.lower().replace(" ", "-"), name, OrganisationKind.FORUM


def _open(session: WriteSession, deed: Deed, account: ExampleAccount, key: bytes) -> None:
    facts = AccountFacts(name=account.name, password=account.password, is_own_password=True, is_example=True)
    user = open_account(session, deed, facts)
    grant_role(session, deed, user, account.organisation, account.role)
    if account.second_factor is not None:
        code = code_at(account.second_factor, deed.at)
        set_second_factor(session, deed, user, secret=account.second_factor, code=code, key=key)
        # The day of the story may lie ahead of today, whose codes must be good as well.
        user.last_second_factor_step = None
        session.flush()


def stored_example_accounts(session: ReadSession, secret: bytes) -> list[ExampleAccount]:
    """Return the example accounts that are open and still have the password they were made with."""
    users = session.scalars(select(User).where(User.is_example.is_(True), User.closed_at.is_(None)))
    unchanged = {user.name for user in users if user.password_changed_at == user.created_at}
    return [account for account in example_accounts(secret) if account.name in unchanged]


def has_example_accounts(session: ReadSession | WriteSession) -> bool:
    """Say whether any account of the example is open."""
    chosen = select(User.id).where(User.is_example.is_(True), User.closed_at.is_(None)).limit(1)
    return session.scalars(chosen).first() is not None
