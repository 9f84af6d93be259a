"""The forums of the invented district: each designation of the story, told by the use cases that officers use."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from app.audit import Deed
from app.db import WriteSession
from app.models import ConsentPurpose
from app.services.area_consents import ConsentFacts
from app.services.forum_decisions import ForumDecisionFacts, decide_forum
from app.services.forums import ForumFacts, apply_for_forum, publicise_forum

Document = dict[str, Any]
DeedOn = Callable[[str, str], Deed]


def consents_of_story(area: Document) -> tuple[ConsentFacts, ...]:
    """Return the consents that came with an application of the story (AREA-5)."""
    return tuple(
        ConsentFacts(
            purpose=ConsentPurpose.ACT,
            body_code=each["parish"],
            given_on=date.fromisoformat(each["given_on"]),
            minute=each["minute"],
        )
        for each in area["consents"]
    )


def forum_steps(
    session: WriteSession, area: Document, references: dict[str, str], deed_on: DeedOn
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield, day by day, what is done to make a body of the story the forum of its area; nothing where it has none."""
    told = area["forum"]
    for number, each in enumerate(told["designations"] if told else ()):
        key = f"forum {number} of {area['reference']}"
        yield each["received_on"], partial(_apply, session, area, each, key, references, deed_on)
        yield each["publicised_on"], partial(_publicise, session, each, key, references, deed_on)
        yield each["designated_on"], partial(_designate, session, area, each, key, references, deed_on)


def _apply(  # noqa: PLR0917 - bound once, where the story is laid out
    session: WriteSession, area: Document, told: Document, key: str, references: dict[str, str], deed_on: DeedOn
) -> None:
    name, members = area["forum"]["name"], told["members"]
    facts = ForumFacts(
        area_reference=references[area["reference"]],
        organisation_code="",
        name=name,
        purpose=f"To improve the social, economic and environmental well-being of {area['name']}.",
        constitution="Adopted at a public meeting; the secretary sends a copy to whoever asks.",
        statement="All who live or work here and their councillors may join, and some of each have.",
        contact_name="The secretary",
        contact_way="secretary@old-town.example",
        contact_agreed_on=date.fromisoformat(told["received_on"]),
        is_open_to_all=True,
        received_on=date.fromisoformat(told["received_on"]),
        members=members["individuals"],
        living=members["live"],
        working=members["work"],
        elected=members["elected"],
    )
    references[key] = apply_for_forum(session, deed_on("volunteer", told["received_on"]), facts).reference


def _publicise(session: WriteSession, told: Document, key: str, references: dict[str, str], deed_on: DeedOn) -> None:
    publicise_forum(
        session,
        deed_on("planning", told["publicised_on"]),
        references[key],
        publicised_on=date.fromisoformat(told["publicised_on"]),
        closes_on=date.fromisoformat(told["closes_on"]),
    )


def _designate(  # noqa: PLR0917 - bound once, where the story is laid out
    session: WriteSession, area: Document, told: Document, key: str, references: dict[str, str], deed_on: DeedOn
) -> None:
    for authority in {decision["authority"] for decision in area["decisions"]}:
        facts = ForumDecisionFacts(
            authority_code=authority,
            outcome="designate",
            decided_on=date.fromisoformat(told["designated_on"]),
            published_on=date.fromisoformat(told["published_on"]),
            reasons="It meets each of the conditions.",
        )
        decide_forum(session, deed_on("planning", told["designated_on"]), references[key], facts)
