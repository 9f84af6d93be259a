"""Polling stations of a referendum: set by the council that holds the poll."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.audit import Deed
from app.auth import ArrangeDeed
from app.db import ReadSession, WriteSession
from app.errors import ServiceError
from app.models import Referendum
from app.routing import Route
from app.scope import refuse_other_council
from app.services.counts_setup import councils_that_count
from app.services.polling_stations import StationFacts, paper_numbers, set_stations, stations_of
from app.services.referendums import referendum_by_reference
from app.state import Reading, Writing
from app.web.electorate_page import way_to
from app.web.fields import FieldError, errors_of
from app.web.form_page import Errors, form_page, see
from referendum.ballot_papers import ballot_paper
from referendum.count import Poll
from referendum.question import Instrument

router = APIRouter(route_class=Route, include_in_schema=False)
_EMPTY_ROWS = 3


class StationRow(BaseModel):
    """One station as it is typed."""

    name: str = ""
    address: str = ""
    electors: str = ""
    kind: str = "station"
    papers: str = ""
    business_papers: str = ""


class StationsForm(BaseModel):
    """The whole list as it is typed: one value of each field for each row."""

    name: list[str] = []
    address: list[str] = []
    electors: list[str] = []
    kind: list[str] = []
    papers: list[str] = []
    business_papers: list[str] = []
    council: str = ""
    form_token: str = ""

    def rows(self) -> list[StationRow]:
        """Return the rows in which something was typed."""
        columns = {field: getattr(self, field) for field in StationRow.model_fields}
        rows = [
            StationRow(**{field: values[at] for field, values in columns.items() if at < len(values)})
            for at in range(len(self.name))
        ]
        return [row for row in rows if (row.name + row.address + row.electors + row.papers).strip()]


def _own_council(session: ReadSession | WriteSession, deed: Deed, referendum: Referendum, asked: str) -> str:
    councils = councils_that_count(session, referendum)
    if deed.by.organisation:
        refuse_other_council(deed, set(councils), f"The referendum {referendum.reference}")
        return deed.by.organisation_name
    return asked if asked in councils else councils[0]


@router.get("/referendums/{reference}/stations")
def stations(
    request: Request,
    session: Reading,
    deed: ArrangeDeed,
    *,
    reference: str,
    council: str = "",
    saved: bool = False,
) -> Response:
    """Show the list of one's own council's stations, to be changed."""
    referendum = referendum_by_reference(session, reference)
    own = _own_council(session, deed, referendum, council)
    stored = [each for each in stations_of(session, referendum) if each.council == own]
    rows = [
        StationRow(
            name=each.name,
            address=each.address,
            electors=each.electors,
            kind="postal" if each.is_postal else "station",
            papers=str(each.papers),
            business_papers=str(each.business_papers) if each.business_papers else "",
        )
        for each in stored
    ]
    numbers = {
        poll: {span.place: f"{span.first:,} to {span.last:,}" for span in spans}
        for poll, spans in paper_numbers(stored).items()
    }
    return _form(request, deed, referendum, own, rows, numbers=numbers, is_saved=saved)


def _form(
    request: Request,
    deed: Deed,
    referendum: Referendum,
    council: str,
    rows: list[StationRow],
    *,
    numbers: dict[Poll, dict[str, str]] | None = None,
    is_saved: bool = False,
    errors: Errors = (),
) -> Response:
    facts = {
        "referendum": referendum,
        "is_saved": is_saved,
        "council": council,
        "rows": [*rows, *(StationRow() for _ in range(_EMPTY_ROWS))],
        "numbers": (numbers or {}).get(Poll.RESIDENTIAL, {}),
        "business_numbers": (numbers or {}).get(Poll.BUSINESS, {}),
        "paper": ballot_paper(
            Instrument(referendum.plan.instrument),
            area=referendum.plan.area.name,
            authority=referendum.authority,
            colour="one that no other poll of that day has",
        ),
    }
    way = way_to(deed, referendum)
    return form_page(request, "referendums/stations.html", facts, errors=errors, section="/referendums", crumbs=way)


@router.post("/referendums/{reference}/stations")
def set_list(
    request: Request, session: Writing, deed: ArrangeDeed, *, reference: str, typed: Annotated[StationsForm, Form()]
) -> Response:
    """Set the list; everything typed stays where it is refused."""
    referendum = referendum_by_reference(session, reference)
    council, rows = _own_council(session, deed, referendum, typed.council), typed.rows()
    try:
        facts = [_facts(at, row) for at, row in enumerate(rows, start=1)]
        with session.begin_nested():
            set_stations(session, deed, reference, council=council, stations=facts)
    except ServiceError as refusal:
        return _form(request, deed, referendum, council, rows, errors=errors_of(refusal, "name-1"))
    return see(f"/referendums/{reference}/stations?saved=true")


def _facts(at: int, row: StationRow) -> StationFacts:
    return StationFacts(
        name=row.name,
        address=row.address,
        electors=row.electors,
        is_postal=row.kind == "postal",
        papers=_papers(f"papers-{at}", row.papers),
        business_papers=_papers(f"business_papers-{at}", row.business_papers),
    )


def _papers(field: str, text: str) -> int:
    plain = text.strip().replace(",", "")
    if plain and not (plain.isascii() and plain.isdecimal()):
        raise FieldError(field, f"“{text.strip()[:20]}” is no number of ballot papers: write digits.")
    return int(plain or 0)
