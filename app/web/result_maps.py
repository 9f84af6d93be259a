"""The map of a declared result, framed on the public page of its referendum."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from shapely.geometry.base import BaseGeometry

from app.auth import ANYONE
from app.clock import long_day
from app.db import ReadSession
from app.errors import NotFoundError
from app.models import BoundaryKind, Referendum
from app.queries.nearby import boundaries_near
from app.queries.referendums import referendum_with_everything
from app.queries.results_near import NEAR_M, polling_councils, results_near
from app.reports.framed_map import WordsTable
from app.reports.result_map import CouncilPart, ResultShown, VoteShown, result_map, result_tables
from app.routing import Route
from app.state import Reading
from app.web.framed import framed_answer
from app.web.results import POLL_NAMES
from geo.portions import council_portions
from referendum.count import Poll
from referendum.count_file import read_count
from referendum.tally_fold import fold_poll

router = APIRouter(route_class=Route, include_in_schema=False, dependencies=[ANYONE])


@router.get("/referendums/{reference}/result-map")
def map_of_result(session: Reading, reference: str) -> Response:
    """Return the map of a declared result."""
    found = referendum_with_everything(session, reference)
    if found.declaration is None:
        raise NotFoundError(f"The result of {reference} is not declared yet: ask again after that.")
    parishes = boundaries_near(session, BoundaryKind.PARISH, found.geometry, found.poll_date, margin_m=NEAR_M)
    shapes = [row.geometry for row in parishes]
    return framed_answer(result_map(*_results(session, found), parishes_bng=shapes), is_public=True)


def tables_of_result(session: ReadSession, referendum: Referendum) -> list[WordsTable]:
    """Return what the map of a result shows in words; nothing before it is declared."""
    return [] if referendum.declaration is None else result_tables(*_results(session, referendum))


def _results(session: ReadSession, referendum: Referendum) -> tuple[ResultShown, list[ResultShown]]:
    parts = _parts(referendum, polling_councils(session, referendum)) if referendum.is_cross_boundary else {}
    return _shown(referendum, parts), [_shown(each, {}) for each in results_near(session, referendum)]


def _shown(referendum: Referendum, parts: Mapping[str, Sequence[CouncilPart]]) -> ResultShown:
    declared = referendum.declaration.result if referendum.declaration else {"polls": {}}
    return ResultShown(
        area=referendum.plan.area.name,
        polled=long_day(referendum.poll_date),
        shape_bng=referendum.geometry,
        votes={POLL_NAMES[key]: _vote(figures) for key, figures in declared["polls"].items()},
        parts=parts,
    )


def _vote(figures: Mapping[str, Any]) -> VoteShown:
    won = "Yes" if figures["majority_in_favour"] else "No"
    return VoteShown(
        answer="Equal votes" if figures["tie"] else won,
        yes_share=_share(figures["yes_share"]),
        turnout=_share(figures["turnout_papers"]),
    )


def _share(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _parts(referendum: Referendum, councils_bng: Mapping[str, BaseGeometry]) -> dict[str, list[CouncilPart]]:
    """Return the parts of the round that was declared, by vote, each where its council's land is. Source: REF-1."""
    number = referendum.declaration.round_number if referendum.declaration else 0
    counted = next((each for each in referendum.rounds if each.number == number), None)
    if counted is None:
        return {}
    land = council_portions(referendum.geometry, councils_bng)
    polls = read_count(counted.count).portions
    return {
        POLL_NAMES[poll.value]: [
            CouncilPart(
                council=each.council,
                electorate=each.electorate,
                papers=each.papers_counted,
                turnout=fold_poll([each]).turnout_papers,
                shape_bng=land.get(each.council),
            )
            for each in polls[poll]
        ]
        for poll in Poll
        if poll in polls
    }
