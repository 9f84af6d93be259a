"""The states of pages that the example district never shows: nothing yet, very much, names that never end, refusals."""

import shutil
from datetime import UTC, date, datetime

import pytest
import shapely
from sqlalchemy import select

from app.clock import FixedClock
from app.db import writing
from app.models import (
    AreaApplication,
    AreaVersion,
    Boundary,
    BoundaryKind,
    ConsultationHeld,
    NeighbourhoodArea,
    NeighbourhoodGroup,
    Organisation,
    Plan,
    PlanStep,
    Referendum,
    Register,
)
from app.secrets import service_secret
from app.services.example_people import load_people
from app.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
COUNCIL, CODE = "Aldermere District Council", "E07999001"
MANY = 300
ONE_WORD = "Llanfairpwll" * 16 + "gogerych"
MANY_WORDS = "Stoke-under-Wychwood with " * 7 + "Nether Wallop End"
LISTS = {
    "": [
        "/",
        "/areas",
        "/plans",
        "/referendums",
        "/consultations",
        "/forums",
        "/groups",
        "/development-plan",
        "/apply",
    ],
    "volunteer-signatory": ["/cases", "/groups/mine"],
    "planning-officer": ["/cases", "/apply/plans/new"],
    "electoral-officer": ["/electorate"],
    "counting-officer": ["/count"],
}
NAMED = {
    "": [
        "/areas/NA-000001",
        "/areas/NA-000002",
        "/plans/NP-000001",
        "/referendums/NR-000001",
        "/groups/NG-000001",
        "/consultations/NA-000301/area-application",
        f"/development-plan/{CODE}",
        "/here?point=400500,300500",
    ],
    "planning-officer": ["/cases/plans/NP-000001"],
    "electoral-officer": ["/electorate/NR-000001", "/electorate/registers/1"],
    "counting-officer": ["/count/NR-000001", "/count/NR-000001/set-up"],
}
REFUSED = {
    "": ["/consultations/NO-000001/submission/respond", "/sign-in", "/levy"],
    "volunteer-signatory": [
        "/account/password",
        "/groups/new",
        "/apply/forum",
        "/apply/plans/new",
        "/apply/ND-{draft}/parts/map",
        "/apply/ND-{draft}/parts/statement",
        "/apply/ND-{draft}/parts/body",
    ],
    "planning-officer": [
        "/cases/plans/NP-000008/documents/map",
        "/cases/plans/NP-000008/policies/new",
        "/cases/plans/NP-000007/report",
        "/cases/plans/NP-000007/examiner/question",
        "/cases/plans/NP-000005/recommendations/new",
        "/cases/NO-000001/representations/submission/paper",
        "/development-plan/E07999001/new",
        "/development-plan/E07999001/import",
    ],
    "electoral-officer": [
        "/electorate/imports/new?kind=full",
        "/electorate/NR-000006/entry?number=AM1-348",
        "/electorate/NR-000004/business",
    ],
    "counting-officer": ["/count/NR-000006/observers", "/count/NR-000006/parts/1/sheets/station-2"],
    "administrator": ["/admin/accounts/new"],
}
EMPTIED = """(() => {
    const form = [...document.querySelectorAll('main form[method=post]')].at(-1)
    for (const each of form.querySelectorAll('input, textarea')) {
        if (['radio', 'checkbox'].includes(each.type)) each.checked = false
        else if (!['hidden', 'file'].includes(each.type)) each.value = ''
    }
})()"""


@pytest.fixture(scope="module")
def bare(spatialite_template, tmp_path_factory, serve):
    """A service with its people and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    with serve(settings, FixedClock(AT)) as service:
        with writing(service.app.state.folkmoot.engine) as session:
            load_people(session, service_secret=service_secret(settings))
        yield service


def name_of(number):
    return {1: ONE_WORD, 2: MANY_WORDS, MANY + 1: ONE_WORD}.get(number, f"Neighbourhood {number}")


def area(number, land, status):
    application = AreaApplication(
        applicant_kind="parish",
        applicant_name=name_of(number),
        statement="One place.",
        received_on=date(2026, 10, 1),
        publicised_on=date(2026, 10, 5),
        closes_on=date(2026, 12, 1),
        route="must-designate",
        verdict={"authorities": [{"code": CODE, "name": COUNCIL}], "parishes": []},
        geometry=land,
    )
    began = AreaVersion(valid_from=date(2026, 11, 2), reason="designated", geometry=land)
    is_applied = status == "applied"
    return NeighbourhoodArea(
        reference=f"NA-{number:06}",
        name=name_of(number),
        status=status,
        designated_on=None if is_applied else date(2026, 11, 2),
        applications=[application],
        versions=[] if is_applied else [began],
    )


def poll(number, land, of):
    plan = Plan(
        reference=f"NP-{number:06}",
        instrument="ndp",
        title=name_of(number),
        area=of,
        qualifying_body=name_of(number),
        stage="referendum-to-be-held",
        steps=[
            PlanStep(from_stage="report-received", to_stage="referendum-to-be-held", on_date=date(2026, 11, 2), note="")
        ],
    )
    return Referendum(
        reference=f"NR-{number:06}",
        plan=plan,
        decision_on=date(2026, 11, 2),
        poll_date=date(2027, 2, 4),
        has_business_poll=False,
        is_cross_boundary=False,
        authority=COUNCIL,
        council=COUNCIL,
        question=f"Do you want {COUNCIL} to use the neighbourhood plan for {name_of(number)}?",
        election_group_id=f"ref.{number}.2027-02-04",
        timetable={"rows": []},
        geometry=land,
    )


def group(number, land, of):
    return NeighbourhoodGroup(
        reference=f"NG-{number:06}",
        organisation=of,
        name=name_of(number),
        purpose=name_of(number),
        contact_name=name_of(number),
        contact_way=name_of(number),
        contact_agreed_on=date(2026, 11, 2),
        ways_to_join=name_of(number),
        code_of_conduct_on=date(2026, 11, 2),
        published_on=date(2026, 11, 2),
        geometry=land,
    )


def consultation(number):
    return ConsultationHeld(
        subject=f"NA-{number:06}",
        kind="area-application",
        number=1,
        title=name_of(number),
        opens_on=date(2026, 10, 5),
        closes_on=date(2026, 12, 1),
        where_to_inspect="At the council's offices.",
        held_by=[CODE],
        recorded_at=AT,
    )


def rows(session):
    """Three hundred of everything that is listed, the first with the longest names that are taken."""
    land = [
        shapely.MultiPolygon([shapely.box(400_000 + x * 900, 300_000 + y * 900, 400_800 + x * 900, 300_800 + y * 900)])
        for x in range(20)
        for y in range(30)
    ]
    parish = session.scalars(select(Organisation).where(Organisation.code == "E04999008")).one()
    yield Boundary(
        kind=BoundaryKind.AUTHORITY.value,
        code=CODE,
        name=COUNCIL,
        valid_from=date(2023, 4, 1),
        source="drawn for a test",
        imported_at=AT,
        is_relevant_council=True,
        geometry=shapely.MultiPolygon([shapely.box(399_000, 299_000, 430_000, 330_000)]),
    )
    for number in range(1, MANY + 1):
        designated = area(number, land[number - 1], "designated")
        yield poll(number, land[number - 1], designated)
        yield group(number, land[number - 1], parish)
        yield area(MANY + number, land[MANY + number - 1], "applied")
        yield consultation(MANY + number)
        yield Register(
            authority_code=CODE,
            layout="xpress",
            as_at=date(2026, 11, 2),
            imported_at=AT,
            has_person_ids=False,
            entries=1000 + number,
            files={"files": [], "unreadable": [], "misfits": []},
        )


@pytest.fixture
def go_round(inspect):
    """Sends each person to their pages, one after another; returns all that is wrong."""

    def go_round(pages, state, service, visit):
        faults = []
        for name, addresses in pages.items():
            walk = inspect(name, service)
            for address in addresses:
                visit(walk, f"{state}{address.replace('/', '-').split('?')[0]}", address)
            faults += walk.faults
        return faults

    return go_round


def test_lists_are_whole_when_empty_when_very_long_and_when_names_never_end(bare, go_round):
    def visit(walk, name, address):
        walk.visit(name, address, widths=(1440, 375))

    assert go_round(LISTS, "empty", bare, visit) == []
    with writing(bare.app.state.folkmoot.engine) as session:
        session.add_all(list(rows(session)))
    assert go_round(LISTS, "many", bare, visit) == []
    assert go_round(NAMED, "long", bare, visit) == []


def test_every_kind_of_form_is_refused_with_a_summary_that_leads_to_its_fields(staffed, furnished, go_round, follow):
    def refuse(walk, name, address):
        walk.page.goto(walk.base + address.format_map(furnished), wait_until="domcontentloaded")
        walk.ask(EMPTIED)
        form = walk.page.locator("main form[method=post]").last
        follow(form.locator("button:not([type=button])").last)
        if walk.page.locator(".govuk-error-summary").count() != 1:
            walk.note("says nothing of what is wrong")
        if not walk.page.title().startswith("Error: "):
            walk.note("does not say in its title that something is wrong")
        walk.look(name, widths=(375,))

    assert go_round(REFUSED, "refused", staffed, refuse) == []
