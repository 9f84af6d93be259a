"""The life of a neighbourhood area, as a table: from application to designation, change, refusal or withdrawal."""

from datetime import date
from enum import StrEnum

from referendum.area_case import AreaCaseFacts, area_needs
from referendum.case_moves import By, CaseMove, Possible, possible_moves
from referendum.designation_facts import Route


class AreaStage(StrEnum):
    """Where an area stands."""

    RECEIVED = "received"
    PUBLICISED = "publicised"
    PARTLY_DECIDED = "decided-by-some"
    DESIGNATED = "designated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


_S = AreaStage
_PARTS = ("map", "statement", "body-statement")
_DECIDE = ("authorities", "publicity", "comments-closed")
_TABLE: tuple[tuple[AreaStage, AreaStage, str, By, str, tuple[str, ...], frozenset[Route]], ...] = (
    (_S.RECEIVED, _S.PUBLICISED, "publicise the application", By.AUTHORITY, "AREA-11", (*_PARTS, "relevant-body"),
     frozenset({Route.MAY})),
    (_S.RECEIVED, _S.DESIGNATED, "designate the whole parish as applied for, at once", By.EACH_AUTHORITY, "AREA-10",
     ("authorities", "no-overlap", "consents-to-modify"), frozenset({Route.MUST})),
    (_S.RECEIVED, _S.REFUSED, "refuse an application that no relevant body made", By.AUTHORITY, "AREA-2", (),
     frozenset({Route.BARRED})),
    (_S.RECEIVED, _S.REFUSED, "decline a second application while another of the same body is open", By.AUTHORITY,
     "AREA-7", (), frozenset({Route.MAY})),
    (_S.PUBLICISED, _S.DESIGNATED, "designate the area", By.EACH_AUTHORITY, "AREA-1",
     (*_DECIDE, "relevant-body", "no-overlap", "consents-to-modify"), frozenset({Route.MAY})),
    (_S.PUBLICISED, _S.DESIGNATED, "refuse the area as applied for and designate some of it", By.EACH_AUTHORITY,
     "AREA-9", _DECIDE, frozenset({Route.MAY})),
    (_S.PUBLICISED, _S.REFUSED, "refuse, where no land is left to designate", By.EACH_AUTHORITY, "AREA-18", _DECIDE,
     frozenset({Route.MAY, Route.BARRED})),
    (_S.PUBLICISED, _S.PARTLY_DECIDED, "decide while another authority has still to", By.EACH_AUTHORITY, "AREA-20",
     _DECIDE, frozenset({Route.MAY})),
    (_S.PARTLY_DECIDED, _S.DESIGNATED, "designate the area as the last authority", By.EACH_AUTHORITY, "AREA-20",
     ("no-overlap", "consents-to-modify"), frozenset({Route.MAY, Route.MUST})),
    (_S.PARTLY_DECIDED, _S.REFUSED, "refuse, where no land is left to designate", By.EACH_AUTHORITY, "AREA-18", (),
     frozenset({Route.MAY})),
    *((stage, _S.WITHDRAWN, "take the application back", By.RELEVANT_BODY, "AREA-1", (), frozenset(Route))
      for stage in (_S.RECEIVED, _S.PUBLICISED, _S.PARTLY_DECIDED)),
    (_S.DESIGNATED, _S.DESIGNATED, "change the line on a later application", By.EACH_AUTHORITY, "AREA-16", (),
     frozenset(Route)),
    (_S.DESIGNATED, _S.ENDED, "join the area to another on a later application", By.EACH_AUTHORITY, "AREA-22", (),
     frozenset(Route)),
)  # fmt: skip


def area_stage(facts: AreaCaseFacts) -> AreaStage:
    """Return where a case stands, from what the record holds.

    Source: AREA-1, AREA-11, AREA-20.
    """
    if facts.status != "applied":
        return AreaStage(facts.status)
    if facts.decisions:
        return AreaStage.PARTLY_DECIDED
    return AreaStage.RECEIVED if facts.publicised_on is None else AreaStage.PUBLICISED


def area_moves(stage: AreaStage, route: Route) -> tuple[CaseMove, ...]:
    """Return every move that the law knows from a stage on a route; none where the case is closed.

    Source: AREA-1, AREA-2, AREA-7, AREA-9, AREA-10, AREA-11, AREA-16, AREA-18, AREA-20, AREA-22.
    """
    return tuple(
        CaseMove(from_stage=start, to_stage=end, action=action, by=by, rule=rule, needs=needs)
        for start, end, action, by, rule, needs, routes in _TABLE
        if start is stage and route in routes
    )


def area_possible(facts: AreaCaseFacts, *, today: date) -> tuple[Possible, ...]:
    """Return the moves from where a case stands, each with what it still needs.

    Source: AREA-1, AREA-10, AREA-11, AREA-12, AREA-20.
    """
    several = len(facts.authorities) > 1
    moves = area_moves(area_stage(facts), facts.route)
    lawful = [move for move in moves if several or move.to_stage != AreaStage.PARTLY_DECIDED]
    return possible_moves(lawful, area_needs(facts, today=today))
