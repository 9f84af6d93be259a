"""Keying the sheets of a count blind, and correcting one that two people have keyed."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from app.auth import CountDeed, KeyDeed
from app.errors import ServiceError
from app.queries.counts import SETTLED, PortionStands, papers_verified
from app.roles import May, may
from app.routing import Route
from app.services.counts import Part
from app.services.counts_keying import EntryFacts, correct_figures, key_figures
from app.state import Reading, Writing
from app.templating import number as with_commas
from app.web.count_page import CountRequest, count_request, own_portion, read_figures
from app.web.count_stations import papers_on_list
from app.web.count_words import figure_words, sheet_words
from app.web.form_page import Errors, see
from referendum.errors import ReferendumError
from referendum.rejection import GUIDANCE
from referendum.sheets import KeyedSheet, SheetKind

router = APIRouter(route_class=Route, include_in_schema=False)
_PATH = "/count/{reference}/parts/{number}/sheets/{sheet}"


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of the form that was sent, as text."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    form: FormData = await request.form()
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


Fields = Annotated[dict[str, str], Depends(_fields)]


@router.get(_PATH)
def sheet(request: Request, session: Reading, deed: KeyDeed, *, reference: str, number: int, sheet: str) -> Response:
    """Show a sheet to key: to each person blank, whatever others have keyed."""
    asked = count_request(request, session, deed, reference)
    stands = own_portion(asked, number)
    held = stands.sheet(sheet)
    return _sheet_page(asked, stands, held, {}, listed=papers_on_list(session, asked.referendum, stands, held.sheet))


@router.post(_PATH)
def keyed(
    request: Request,
    session: Writing,
    deed: KeyDeed,
    typed: Fields,
    *,
    reference: str,
    number: int,
    sheet: str,
) -> Response:
    """Key a sheet."""
    asked = count_request(request, session, deed, reference)
    stands = own_portion(asked, number)
    held = stands.sheet(sheet)
    listed = papers_on_list(session, asked.referendum, stands, held.sheet)
    wanted = held.left_for(deed.by.name)
    words = partial(figure_words, held.sheet)
    figures, errors = read_figures(typed, wanted or [name for name in held.sheet.figures if name in typed], words)
    doubts = [] if errors or typed.get("as_written") else arithmetic_doubts(stands, held, figures, listed=listed)
    if errors or doubts:
        doubted = errors or doubts
        return _sheet_page(asked, stands, held, typed, listed=listed, errors=doubted, asks_again=bool(doubts))
    try:
        with session.begin_nested():
            facts = EntryFacts(sheet=sheet, figures=figures)
            key_figures(session, deed, Part(reference=reference, number=number), facts)
    except (ServiceError, ReferendumError) as refusal:
        return _sheet_page(asked, stands, held, typed, listed=listed, errors=[("sheet", str(refusal))])
    return see(f"{asked.base}?keyed={number}-{sheet}")


def arithmetic_doubts(
    stands: PortionStands, held: KeyedSheet, figures: Mapping[str, int], *, listed: int | None = None
) -> list[tuple[str, str]]:
    """Return what does not add up in what one person keyed, by field; the paper may really say so.

    Args:
        stands: the portion.
        held: the sheet.
        figures: what was keyed.
        listed: papers supplied to the station by the office's own list; None where it says nothing.

    Source: COUNT-3, COUNT-16.
    """
    if set(figures) != set(held.sheet.figures):
        return []
    if held.sheet.kind is SheetKind.STATION:
        return _account_doubts(figures, listed)
    if held.sheet.kind is SheetKind.ROUND and sum(figures.values()) != papers_verified(stands):
        counted, verified = with_commas(sum(figures.values())), with_commas(papers_verified(stands))
        doubt = f"Yes, No and rejected come to {counted}, but {verified} ballot papers were verified"
        return [("yes", f"{doubt}: look at the paper again.")]
    return []


def _account_doubts(figures: Mapping[str, int], listed: int | None) -> list[tuple[str, str]]:
    accounted_for = figures["issued"] + figures["spoilt"] + figures["unused"]
    doubts = list[tuple[str, str]]()
    if listed is not None and figures["supplied"] != listed:
        was = f"The list of stations says {with_commas(listed)} papers were supplied"
        doubts.append(("supplied", f"{was}, not {with_commas(figures['supplied'])}: look at the paper again."))
    if accounted_for != figures["supplied"]:
        sums = f"Issued, spoilt and not used come to {with_commas(accounted_for)}"
        said = f"{sums}, but {with_commas(figures['supplied'])} papers were supplied: look at the paper again."
        doubts.append(("supplied", said))
    if figures["found"] != figures["issued"]:
        found = f"{with_commas(figures['found'])} papers were found in the box"
        said = f"{found}, but {with_commas(figures['issued'])} were issued: look at the paper again."
        doubts.append(("found", said))
    return doubts


def _sheet_page(
    asked: CountRequest,
    stands: PortionStands,
    held: KeyedSheet,
    typed: Mapping[str, str],
    *,
    listed: int | None,
    errors: Errors = (),
    asks_again: bool = False,
) -> Response:
    facts = {
        **_facts(stands, held),
        "wanted": [(name, figure_words(held.sheet, name)) for name in held.left_for(asked.deed.by.name)],
        "typed": typed,
        "asks_again": asks_again,
        "listed": listed,
        "keyed_by_me": held.keyed_by(asked.deed.by.name),
        "may_correct": may(asked.deed.by.role, May.RECORD_COUNT) and _is_correctable(stands, held),
        "verified": papers_verified(stands) if held.sheet.kind is SheetKind.ROUND else None,
        "guidance": GUIDANCE if held.sheet.kind is SheetKind.ROUND else (),
    }
    return asked.page("sheet.html", facts, errors=errors)


def _is_correctable(stands: PortionStands, held: KeyedSheet) -> bool:
    is_closed = stands.is_round_confirmed if held.sheet.kind is SheetKind.ROUND else stands.is_verified
    return not is_closed and (held.state in SETTLED or bool(held.differing))


def _facts(stands: PortionStands, held: KeyedSheet) -> dict[str, Any]:
    values = held.values
    return {
        "portion": stands,
        "held": held,
        "kind": held.sheet.kind.value,
        "title": sheet_words(stands.row, held.sheet),
        "settled": None if values is None else [(figure_words(held.sheet, name), values[name]) for name in values],
        "differing": [figure_words(held.sheet, name) for name in held.differing],
    }


@router.get(_PATH + "/correction")
def correction(
    request: Request, session: Reading, deed: CountDeed, *, reference: str, number: int, sheet: str
) -> Response:
    """Show the form to correct a sheet; what people keyed differently is not shown, so that the paper decides."""
    asked = count_request(request, session, deed, reference)
    stands = own_portion(asked, number)
    return _correction_page(asked, stands, stands.sheet(sheet), {})


@router.post(_PATH + "/correction")
def corrected(
    request: Request,
    session: Writing,
    deed: CountDeed,
    typed: Fields,
    *,
    reference: str,
    number: int,
    sheet: str,
) -> Response:
    """Correct a sheet."""
    asked = count_request(request, session, deed, reference)
    stands = own_portion(asked, number)
    held = stands.sheet(sheet)
    words = partial(figure_words, held.sheet)
    figures, errors = read_figures(typed, held.differing or held.sheet.figures, words)
    reason = typed.get("reason", "")
    if not reason.strip():
        errors = [*errors, ("reason", "Say why this figure is the right one: the reason stays on record.")]
    if errors:
        return _correction_page(asked, stands, held, typed, errors=errors)
    try:
        with session.begin_nested():
            facts = EntryFacts(sheet=sheet, figures=figures)
            correct_figures(session, deed, Part(reference=reference, number=number), facts, reason=reason)
    except (ServiceError, ReferendumError) as refusal:
        return _correction_page(asked, stands, held, typed, errors=[("reason", str(refusal))])
    return see(asked.base)


def _correction_page(
    asked: CountRequest, stands: PortionStands, held: KeyedSheet, typed: Mapping[str, str], errors: Errors = ()
) -> Response:
    wanted = held.differing or held.sheet.figures
    facts = {
        **_facts(stands, held),
        "wanted": [(name, figure_words(held.sheet, name)) for name in wanted],
        "typed": typed or {name: str(value) for name, value in (held.values or {}).items()},
    }
    return asked.page("correction.html", facts, errors=errors)
