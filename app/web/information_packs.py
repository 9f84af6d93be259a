"""The information pack of a referendum: what it still lacks, the form that publishes it, and the pack for everybody."""

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.audit import Deed
from app.auth import ANYONE, ArrangeDeed
from app.clock import long_day
from app.db import ReadSession, WriteSession
from app.models import Referendum
from app.queries.electorates import latest_register
from app.roles import May, may
from app.routing import Route
from app.schemas.information_packs import PackOut
from app.scope import refuse_other_council
from app.services.electorates_live import live_electorate
from app.services.information_packs import (
    Publication,
    freeze_pack,
    frozen_pack,
    last_day_to_publish,
    pack_of,
    what_pack_lacks,
)
from app.services.pack_numbers import PackNumber, frozen_number
from app.services.publicity import period_of
from app.services.referendums import referendum_by_reference
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, TypedIn, show
from app.web.case_page import TODAY_HINT, attempt
from app.web.electorate_page import way_to
from app.web.fields import FieldError, typed_day
from app.web.form_page import see
from app.web.page import HOME, Crumb, page
from referendum.eligibility import Bar

router = APIRouter(route_class=Route, include_in_schema=False)

REFERENDUMS: Crumb = ("Referendums", "/referendums")
_PACK = "/referendums/{reference}/information-pack"


@router.get(f"{_PACK}.json", dependencies=[ANYONE])
def pack_as_data(session: Reading, reference: str) -> PackOut:
    """Return the pack as it was published."""
    pack = frozen_pack(session, reference)
    return PackOut(sha256=pack.sha256, manifest=pack.manifest)


@router.get(_PACK, dependencies=[ANYONE])
def pack_page(request: Request, session: Reading, reference: str) -> HTMLResponse:
    """Show the information statement and its documents as they were first published."""
    pack = frozen_pack(session, reference)
    facts = {"pack": pack, "manifest": pack.manifest, "referendum": pack.referendum, "period": period_of(pack)}
    crumbs = [HOME, REFERENDUMS, (reference, f"/referendums/{reference}")]
    data = [("JSON", f"/referendums/{reference}/information-pack.json")]
    return page(request, "cases/pack.html", facts, section="/referendums", crumbs=crumbs, data=data)


def _form(session: ReadSession | WriteSession, deed: Deed, referendum: Referendum, today: date) -> CaseForm:
    lacking, last = what_pack_lacks(session, referendum), last_day_to_publish(referendum)
    due = f"It must be published by {long_day(last)} for a poll on {long_day(referendum.poll_date)}." if last else ""
    number = frozen_number(session, referendum)
    missing = [("Still missing: a planning officer hands these in with the case of the plan", _capitals(lacking))]
    return CaseForm(
        title="Publish the information pack",
        caption=f"{referendum.reference} {referendum.plan.title}",
        action=f"/referendums/{referendum.reference}/publish-pack",
        fields=[
            Field(kind="day", name="published_on", label="Published on", hint=TODAY_HINT, value=today.isoformat()),
            Field(
                kind="long",
                name="inspection",
                label="Where and when can the documents be inspected?",
                hint="One line each: the website, the main offices, and at least one place in the area",
            ),
            _entries_field(session, deed, referendum, number),
        ],
        button="Publish and freeze",
        is_warning=True,
        intro=[
            line
            for line in (
                due,
                "Statement and documents then stay as they are until the vote, and so do the texts about the area.",
            )
            if line
        ],
        before=[*(missing if lacking else ()), *_how_it_came_about(number)],
        crumbs=way_to(deed, referendum),
    )


def _capitals(texts: Sequence[str]) -> list[str]:
    return [text[:1].upper() + text[1:] for text in texts]


def _how_it_came_about(number: PackNumber | None) -> list[tuple[str, list[str]]]:
    if number is None:
        return []
    register = f"register {number.register_id}, of {long_day(number.as_at)}"
    lines = [
        f"{number.in_area:,} entries in the referendum area: {register}, frozen as E0",
        f"less {number.overseas:,} of overseas electors, who may not vote in local elections",
    ]
    if number.businesses is not None:
        lines.append(f"and {number.businesses:,} businesses on the first list of ratepayers")
    if not number.is_whole:
        lines.append("without the entries of the other councils: ask them for theirs, and add them")
    lines.append(f"that is {number.entries:,}, and a limit of £{number.limit_gbp:,} for each campaign")
    return [("How the number of entries came about", lines)]


def _entries_field(
    session: ReadSession | WriteSession, deed: Deed, referendum: Referendum, number: PackNumber | None
) -> Field:
    """Return the question for the number: to be confirmed where it is frozen, else to be typed."""
    if number is not None and number.is_whole:
        said = f"{number.entries:,} entries: I have checked how this number came about"
        return Field(
            kind="checkboxes", name="entries", label="Confirm the number", options=[(str(number.entries), said)]
        )
    register = latest_register(session, deed.by.organisation)
    hint, value = "The expenses limit is worked out from it and never changes.", ""
    if number is not None:
        hint, value = "Yours are filled in: add those of the other councils.", str(number.entries)
    elif register is not None and not referendum.has_business_poll:
        counted = live_electorate(session, referendum, register).electorate
        value = str(counted.in_area - counted.not_entitled[Bar.OVERSEAS])
        hint = (
            f"Counted just now from register {register.id}, of {long_day(register.as_at)}. Freeze the electorate E0 "
            "first: the number is then kept with all that it was counted from."
        )
    label = "How many entries has the register on that day?"
    return Field(kind="text", name="entries", label=label, hint=hint, value=value)


def _own(session: ReadSession | WriteSession, deed: ArrangeDeed, reference: str) -> Referendum:
    referendum = referendum_by_reference(session, reference)
    refuse_other_council(deed, {referendum.council}, f"The information pack of {reference}")
    return referendum


@router.get("/referendums/{reference}/publish-pack")
def publish_form(
    request: Request, state: CurrentState, session: Reading, deed: ArrangeDeed, reference: str
) -> Response:
    """Show what the pack still lacks, and the form that publishes it."""
    referendum = _own(session, deed, reference)
    if pack_of(session, referendum) is not None:
        return see(f"/referendums/{reference}/information-pack")
    return show(request, _form(session, deed, referendum, state.clock.today()))


@router.post("/referendums/{reference}/publish-pack")
def published(
    request: Request, state: CurrentState, session: Writing, deed: ArrangeDeed, *, reference: str, typed: TypedIn
) -> Response:
    """Publish the pack and freeze it."""
    referendum = _own(session, deed, reference)
    form = _form(session, deed, referendum, state.clock.today())

    def act() -> None:
        entries = typed.number("entries")
        if entries is None:
            raise FieldError("entries", "Look at how the number of entries came about, and confirm it or enter it.")
        facts = Publication(
            published_on=typed_day("published_on", typed.text("published_on", 40)),
            inspection=typed.text("inspection").splitlines(),
            entries=entries,
        )
        freeze_pack(session, deed, reference, facts)

    page_of_pack = f"/referendums/{reference}/information-pack"
    then = f"/electorate/{reference}?done=pack" if may(deed.by.role, May.FREEZE_ELECTORATE) else page_of_pack
    return attempt(request, session, form, typed, act=act, then=then)
