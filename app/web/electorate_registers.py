"""Registers and locations of a council: sent as files, followed while they are read, looked at afterwards."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response, StreamingResponse

from app.audit import Deed
from app.auth import ImportRegisterDeed, RegistersDeed
from app.electors_uploads import HeldFiles
from app.errors import ServiceError
from app.models import Register, RegisterImport
from app.queries.electorates import (
    based_on,
    entries_by_district,
    latest_register,
    location_files,
    polls_of_council,
    recent_imports,
)
from app.queries.registers import all_registers
from app.roles import May, may
from app.routing import Route
from app.secrets import address_secret
from app.services.registers_jobs import (
    FULL,
    LOCATIONS,
    UNDER_WAY,
    UPDATE,
    Desk,
    ImportAsked,
    import_by_number,
    is_cut_off,
    start_import,
)
from app.state import CurrentState, Reading, State
from app.table_files import csv_lines
from app.web.arranging import plans_waiting
from app.web.electorate_page import officer_page, own_register
from app.web.fields import FieldError, errors_of, typed_day
from app.web.form_page import Errors, see
from geo.errors import GeoError

router = APIRouter(route_class=Route, include_in_schema=False)

KINDS = (FULL, UPDATE, LOCATIONS)
_LISTED = 200
Files = Annotated[list[UploadFile] | None, File()]
Text = Annotated[str, Form(max_length=1000)]
_NO_STORE = {"Cache-Control": "no-store"}


@router.get("/electorate")
def electorate_home(request: Request, session: Reading, state: CurrentState, deed: RegistersDeed) -> Response:
    """Show a council's registers, its locations, what is being imported, and its referendums."""
    code = deed.by.organisation
    now = state.clock.now()
    facts = {
        "organisation": deed.by.organisation_name,
        "registers": all_registers(session, code),
        "based_on": based_on(session),
        "newest": latest_register(session, code),
        "imports": [(each, _standing(each, cut_off=is_cut_off(each, now))) for each in recent_imports(session, code)],
        "locations": location_files(session, code),
        "polls": polls_of_council(session, deed.by.organisation_name),
        "waiting": plans_waiting(session, deed) if may(deed.by.role, May.ARRANGE_REFERENDUM) else [],
        "today": state.clock.today(),
        "may_import": may(deed.by.role, May.IMPORT_REGISTER),
        "may_freeze": may(deed.by.role, May.FREEZE_ELECTORATE),
    }
    return officer_page(request, "home", facts)


@router.get("/electorate/imports/new")
def import_form(request: Request, session: Reading, deed: ImportRegisterDeed, kind: str = FULL) -> Response:
    """Show the form that takes a register, a monthly update or locations."""
    newest = latest_register(session, deed.by.organisation)
    return _form(request, newest, {"kind": kind if kind in KINDS else FULL, "as_at": "", "mapping": ""})


@router.post("/electorate/imports/new")
def import_sent(
    request: Request,
    state: CurrentState,
    session: Reading,
    deed: ImportRegisterDeed,
    *,
    kind: Text = FULL,
    as_at: Text = "",
    mapping: Text = "",
    files: Files = None,
) -> Response:
    """Begin an import and show how far it is."""
    typed = {"kind": kind if kind in KINDS else FULL, "as_at": as_at, "mapping": mapping}
    newest = latest_register(session, deed.by.organisation)
    try:
        asked = _asked(deed, typed, newest, [file for file in files or () if file.filename])
        number = start_import(_desk(state), deed.by, asked)
    except (ServiceError, GeoError) as refusal:
        return _form(request, newest, typed, errors=errors_of(refusal, "files"))  # type: ignore[arg-type]  # only its text is read
    return see(f"/electorate/imports/{number}")


def _asked(deed: Deed, typed: dict[str, str], newest: Register | None, files: Sequence[UploadFile]) -> ImportAsked:
    kind = typed["kind"]
    if not files:
        raise FieldError("files", "Choose at least one file.")
    as_at = None if kind == LOCATIONS else typed_day("as_at", typed["as_at"])
    if kind == UPDATE and newest is None:
        raise FieldError("kind", "There is no register yet that an update could alter: import the full register first.")
    mapping = _mapping(typed["mapping"]) if kind == FULL else {}
    return ImportAsked(
        kind=kind,
        authority_code=deed.by.organisation or (newest.authority_code if newest else ""),
        files=HeldFiles(files),
        as_at=as_at,
        based_on=newest.id if kind == UPDATE and newest else None,
        mapping=mapping,
    )


def _mapping(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if not all(role.strip() and column.strip() for role, _, column in pairs):
        raise FieldError("mapping", "Write it as prefix=COLUMN,number=COLUMN and so on, or leave it empty.")
    return {role.strip(): column.strip() for role, _, column in pairs}


def _desk(state: State) -> Desk:
    return Desk(engine=state.engine, clock=state.clock, address_secret=address_secret(state.settings))


def _form(request: Request, newest: Register | None, typed: dict[str, str], *, errors: Errors = ()) -> Response:
    return officer_page(request, "import", {"typed": typed, "newest": newest}, errors=errors)


@router.get("/electorate/imports/{number}.json")
def import_as_data(session: Reading, state: CurrentState, deed: RegistersDeed, number: int) -> JSONResponse:
    """Say how far an import is."""
    row = import_by_number(session, number, deed.by.organisation)
    facts = _standing(row, cut_off=is_cut_off(row, state.clock.now()))
    return JSONResponse({"state": row.state, "rows_read": row.rows_read, **facts}, headers=_NO_STORE)


@router.get("/electorate/imports/{number}")
def import_progress(
    request: Request, session: Reading, state: CurrentState, deed: RegistersDeed, number: int
) -> Response:
    """Show how far an import is, and what came of it."""
    row = import_by_number(session, number, deed.by.organisation)
    unreadable: list[dict[str, Any]] = []
    if row.register_id is not None:
        unreadable = own_register(session, deed, row.register_id).files["unreadable"]
    standing = _standing(row, cut_off=is_cut_off(row, state.clock.now()))
    facts = {"job": row, "standing": standing, "unreadable": unreadable[:_LISTED], "unreadable_count": len(unreadable)}
    return officer_page(request, "progress", facts)


def _standing(row: RegisterImport, *, cut_off: bool) -> dict[str, Any]:
    """Return an import's state in words."""
    words = {
        "waiting": ("Waiting", "govuk-tag--grey", "Waiting until another import is finished."),
        "reading": ("Reading", "govuk-tag--blue", f"{row.rows_read:,} entries read so far."),
        "storing": ("Storing", "govuk-tag--blue", "Everything is read and is now being stored."),
        "done": ("Done", "govuk-tag--green", "Everything is stored."),
        "refused": ("Not stored", "govuk-tag--red", row.message),
    }
    text, colour, sentence = words[row.state]
    if cut_off:
        text, colour = "Cut off", "govuk-tag--red"
        sentence = "The service stopped before this was finished, and nothing was stored: send the files again."
    return {"tag": text, "colour": colour, "sentence": sentence, "is_over": cut_off or row.state not in UNDER_WAY}


@router.get("/electorate/registers/{register_id}")
def register_page(request: Request, session: Reading, deed: RegistersDeed, register_id: int) -> Response:
    """Show one register version: its files, its polling districts, what could not be read."""
    found = own_register(session, deed, register_id)
    districts = entries_by_district(session, found)
    unreadable, misfits = found.files["unreadable"], found.files.get("misfits", [])
    facts = {
        "register": found,
        "before": based_on(session).get(found.id),
        "districts": districts,
        "located": sum(located for _, _, located in districts),
        "unreadable": unreadable[:_LISTED],
        "unreadable_count": len(unreadable),
        "misfits": misfits[:_LISTED],
        "misfit_count": len(misfits),
    }
    return officer_page(request, "register", facts)


@router.get("/electorate/registers/{register_id}/unreadable.csv")
def unreadable_rows(session: Reading, deed: RegistersDeed, register_id: int) -> Response:
    """Return every row of a register's files that could not be used: file, line and reason, never its text."""
    found = own_register(session, deed, register_id)
    rows = [
        (each["file"], each["line"] or "", each["reason"])
        for each in (*found.files["unreadable"], *found.files.get("misfits", ()))
    ]
    named = {"Content-Disposition": f'attachment; filename="register-{register_id}-unreadable.csv"', **_NO_STORE}
    lines = csv_lines(("file", "line", "reason"), rows)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=named)
