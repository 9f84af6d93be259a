"""The information pack of a referendum: what it still lacks, the form that publishes it, and the pack for everybody."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.auth import ANYONE, ArrangeDeed
from app.db import ReadSession, WriteSession
from app.models import Referendum
from app.routing import Route
from app.schemas.information_packs import PackOut
from app.scope import refuse_other_council
from app.services.information_packs import (
    Publication,
    freeze_pack,
    frozen_pack,
    last_day_to_publish,
    pack_of,
    what_pack_lacks,
)
from app.services.publicity import period_of
from app.services.referendums import referendum_by_reference
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, TypedIn, show
from app.web.case_page import TODAY_HINT, attempt
from app.web.fields import FieldError, typed_day
from app.web.form_page import see
from app.web.page import HOME, Crumb, page

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


def _form(session: ReadSession | WriteSession, referendum: Referendum, today: date) -> CaseForm:
    lacking, last = what_pack_lacks(session, referendum), last_day_to_publish(referendum)
    due = f"It must be published by {last:%-d %B %Y} for a poll on {referendum.poll_date:%-d %B %Y}." if last else ""
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
            Field(
                kind="text",
                name="entries",
                label="How many entries has the register on that day?",
                hint="The expenses limit is worked out from it and never changes.",
            ),
        ],
        button="Publish and freeze",
        is_warning=True,
        intro=[
            due,
            "Statement and documents then stay as they are until the vote, and so do the texts about the area.",
        ],
        notes=[("Still missing", [text[:1].upper() + text[1:] for text in lacking])] if lacking else (),
        crumbs=[HOME, REFERENDUMS, (referendum.reference, f"/referendums/{referendum.reference}")],
    )


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
    return show(request, _form(session, referendum, state.clock.today()))


@router.post("/referendums/{reference}/publish-pack")
def published(
    request: Request, state: CurrentState, session: Writing, deed: ArrangeDeed, *, reference: str, typed: TypedIn
) -> Response:
    """Publish the pack and freeze it."""
    referendum = _own(session, deed, reference)
    form = _form(session, referendum, state.clock.today())

    def act() -> None:
        entries = typed.number("entries")
        if entries is None:
            raise FieldError("entries", "Enter the number of entries in the register.")
        facts = Publication(
            published_on=typed_day("published_on", typed.text("published_on", 40)),
            inspection=typed.text("inspection").splitlines(),
            entries=entries,
        )
        freeze_pack(session, deed, reference, facts)

    then = f"/referendums/{reference}/information-pack"
    return attempt(request, session, form, typed, act=act, then=then)
