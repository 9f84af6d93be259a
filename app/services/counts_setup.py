"""Before the boxes come: which councils count what, at which stations; and the observers who watch."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import CountObserver, CountPortion, ElectorateCount, Referendum
from app.scope import refuse_other_council
from app.services.counts import counting_councils, open_referendum, readable
from app.services.referendums import relevant_councils
from geo.boundary import boundary
from referendum.count import Poll
from referendum.count_file import LONGEST_NAME
from referendum.errors import StageError
from referendum.portions import StatementState

MOST_STATIONS = 200
MOST_SESSIONS = 50
_FINAL_REGISTER = "E2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionFacts:
    """What one council counts in one poll: its polling stations by name, and how many postal sessions it keeps."""

    poll: Poll
    council: str
    stations: Sequence[str]
    postal_sessions: int = 1


def set_up_portion(session: WriteSession, deed: Deed, reference: str, facts: PortionFacts) -> CountPortion:
    """Set up one council's part of a count, or set it up again while nothing of it was keyed.

    The electorate comes from the final register frozen for the poll where there is one; elsewhere two people key it.

    Raises:
        InvalidRequestError: a name is missing, too long or there twice; no station and no postal session.
        ConflictError: the poll is not held, or something of this part was keyed.
        NotAllowedError: it is another council's.

    Source: REF-1, COUNT-2, COUNT-14, ELEC-16.
    """
    referendum = open_referendum(session, reference)
    refuse_other_council(
        deed, counting_councils(deed, referendum, facts.council), f"The count of {facts.council} in {reference}"
    )
    stations = _checked(session, referendum, facts)
    row = next(
        (one for one in referendum.portions if (one.poll, one.council) == (facts.poll.value, facts.council)), None
    )
    electorate = _frozen_electorate(session, referendum, facts)
    wanted = {"stations": stations, "postal_sessions": facts.postal_sessions, "electorate": electorate}
    before = None if row is None else {name: getattr(row, name) for name in wanted}
    if row is not None and before == wanted:
        return row
    if row is None:
        row = CountPortion(
            poll=facts.poll.value, council=facts.council, round=1, state=StatementState.COUNTING.value, **wanted
        )
        referendum.portions.append(row)
    elif row.entries:
        raise ConflictError(f"Figures of {row.council} were keyed, so its stations can no longer be changed.")
    else:
        for name, value in wanted.items():
            setattr(row, name, value)
    session.flush()
    number = referendum.portions.index(row) + 1
    after = {"portion": number, "poll": row.poll, "council": row.council, **wanted}
    record(session, deed, EventKind.COUNT_PORTION_SET_UP, reference, before=before, after=after)
    return row


def councils_that_count(session: ReadSession | WriteSession, referendum: Referendum) -> list[str]:
    """Return the councils that each count a part: all relevant ones across a boundary, else the one that arranges it.

    Source: REF-1, COUNT-14.
    """
    if not referendum.is_cross_boundary:
        return [referendum.council]
    area_bng = boundary(referendum.geometry)
    return relevant_councils(session, area_bng, referendum.decision_on)


def _checked(session: WriteSession, referendum: Referendum, facts: PortionFacts) -> list[str]:
    if facts.poll is Poll.BUSINESS and not referendum.has_business_poll:
        raise ConflictError(f"{referendum.reference} has no business poll: its area is no business area (BUS-1).")
    if referendum.rounds:
        raise StageError(f"{referendum.reference} has been counted, so no part can be added or changed.")
    councils = councils_that_count(session, referendum)
    if facts.council not in councils:
        raise InvalidRequestError(
            f"{facts.council} counts no part of {referendum.reference}: give {' or '.join(councils)}."
        )
    stations = [
        readable(name, longest=LONGEST_NAME, what="The name of a polling station")
        for name in facts.stations
        if name.strip()
    ]
    if len({name.casefold() for name in stations}) != len(stations):
        raise InvalidRequestError("Two polling stations have the same name: tell them apart.")
    if len(stations) > MOST_STATIONS or not 0 <= facts.postal_sessions <= MOST_SESSIONS:
        raise InvalidRequestError(
            f"Give up to {MOST_STATIONS} polling stations and from 0 to {MOST_SESSIONS} postal sessions."
        )
    if not stations and not facts.postal_sessions:
        raise InvalidRequestError("Give at least one polling station or one postal session: no paper can come in else.")
    return stations


def _frozen_electorate(session: WriteSession, referendum: Referendum, facts: PortionFacts) -> int | None:
    if facts.poll is not Poll.RESIDENTIAL or referendum.is_cross_boundary:
        return None
    frozen = select(ElectorateCount.entitled).where(
        ElectorateCount.referendum_id == referendum.id, ElectorateCount.snapshot == _FINAL_REGISTER
    )
    return session.scalars(frozen).one_or_none()


def record_observer(
    session: WriteSession, deed: Deed, reference: str, *, council: str, badge: str, appointed_by: str
) -> CountObserver:
    """Record that a counting observer is present, by the badge they wear; no name is kept.

    Raises:
        InvalidRequestError: nothing was typed, or too much.
        ConflictError: the badge was given to another appointment.

    Source: COUNT-1.
    """
    referendum = open_referendum(session, reference)
    refuse_other_council(deed, counting_councils(deed, referendum, council), f"The count of {council}")
    badge = readable(badge, longest=_LONGEST_BADGE, what="The badge")
    appointed_by = readable(appointed_by, longest=LONGEST_NAME, what="Who appointed them")
    if not badge or not appointed_by:
        raise InvalidRequestError(
            "Give the observer's badge (for example Observer 3) and who appointed them, both in a few words."
        )
    councils = councils_that_count(session, referendum)
    if council not in councils:
        raise InvalidRequestError(f"{council} counts no part of {reference}: give {' or '.join(councils)}.")
    known = next((one for one in referendum.observers if (one.council, one.badge) == (council, badge)), None)
    if known is not None:
        if known.appointed_by == appointed_by:
            return known
        raise ConflictError(f"The badge {badge} was given to an observer for {known.appointed_by}: give another badge.")
    row = CountObserver(council=council, badge=badge, appointed_by=appointed_by, by=deed.by.name, at=deed.at)
    referendum.observers.append(row)
    session.flush()
    after = {"council": council, "badge": badge, "appointed_by": appointed_by}
    record(session, deed, EventKind.COUNT_OBSERVER_RECORDED, reference, after=after)
    return row


_LONGEST_BADGE = 40
