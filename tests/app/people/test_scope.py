"""Nobody acts for another organisation, whatever their role; each refusal leaves nothing behind."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.audit import Actor, Deed, documents
from app.db import reading, writing
from app.errors import NotAllowedError
from app.roles import HOLDERS, NEEDS_SECOND_FACTOR, May, Role, may
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.areas import ApplicationFacts, Drawn, apply_for_area
from app.services.plans import PlanFacts, attach_plan
from geo.reading import Source
from referendum.designation import Applicant, ApplicantKind
from referendum.question import Instrument

AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn for a test", flipped=False)
APPLICATION = ApplicationFacts(
    name="Alder",
    applicant=Applicant(kind=ApplicantKind.PARISH, parish_code="E04999101"),
    applicant_name="Alder Parish Council",
    statement="It is one place.",
    received_on=date(2026, 1, 5),
)
DECISION = DecisionFacts(
    authority_code="E07999101",
    designate=True,
    decided_on=date(2026, 1, 6),
    published_on=None,
    reasons="It is one place.",
    is_business_area=False,
    business_area_reasons="Homes.",
)


def someone(role, code, name=""):
    return Deed(by=Actor(name="someone", role=role, organisation=code, organisation_name=name), at=AT)


ALDER = someone("volunteer-signatory", "E04999101", "Alder Parish Council")
BIRCH = someone("volunteer-signatory", "E04999102", "Birch Parish Council")
WEST = someone("planning-officer", "E07999101", "Westshire")
EAST = someone("planning-officer", "E07999102", "Eastshire")


def apply(engine, deed, shapes):
    with writing(engine) as session:
        drawn = Drawn(geometry_bng=shapes.square(0, 0), source=SOURCE)
        return apply_for_area(session, deed, APPLICATION, drawn).reference


def decide(engine, deed, reference, facts=DECISION):
    with writing(engine) as session:
        return decide_application(session, deed, reference, facts).status


def attach(engine, deed, reference):
    with writing(engine) as session:
        facts = PlanFacts(
            area_reference=reference, instrument=Instrument.NDP, title="Alder plan", qualifying_body="Alder"
        )
        return attach_plan(session, deed, facts).reference


def kinds(engine):
    with reading(engine) as session:
        return [(event["kind"], event.get("organisation")) for event in documents(session)]


@pytest.mark.database
@pytest.mark.parametrize("deed", [pytest.param(BIRCH, id="another parish"), pytest.param(EAST, id="another authority")])
def test_only_the_applicant_or_its_authority_applies(district, shapes, deed):
    with pytest.raises(NotAllowedError, match="not your organisation's business"):
        apply(district, deed, shapes)
    assert kinds(district) == []


@pytest.mark.database
def test_an_officer_of_one_authority_never_decides_for_another(district, shapes):
    reference = apply(district, ALDER, shapes)
    before = kinds(district)
    for deed, facts in [(EAST, DECISION), (EAST, replace(DECISION, authority_code="E07999102"))]:
        with pytest.raises(Exception, match="E07999101"):
            decide(district, deed, reference, facts)
    assert kinds(district) == before == [("area:applied-for", "E04999101")]
    assert decide(district, WEST, reference) == "designated"
    assert kinds(district)[-1] == ("area:designated", "E07999101")


@pytest.mark.database
def test_only_the_applicant_or_its_authority_begins_a_plan(district, shapes):
    reference = apply(district, ALDER, shapes)
    decide(district, WEST, reference)
    for deed in (BIRCH, EAST):
        with pytest.raises(NotAllowedError):
            attach(district, deed, reference)
    assert attach(district, ALDER, reference) == "NP-000001"


def test_the_table_of_roles_keeps_powers_apart():
    """Whoever decides on an area does not count its vote; whoever checks changes nothing; nobody holds everything."""
    powers = {role: {what for what in May if role in HOLDERS[what]} for role in Role}
    assert not powers[Role.PLANNING_OFFICER] & powers[Role.COUNTING_OFFICER] - {May.SIGN_IN}
    assert powers[Role.OBSERVER] == {May.SIGN_IN}
    assert powers[Role.AUDITOR] == {May.SIGN_IN, May.READ_RECORD, May.SEE_REGISTERS}
    assert not any(powers[role] == set(May) for role in Role)
    assert all(HOLDERS[what] for what in May)
    assert HOLDERS[May.DECLARE_RESULT] <= NEEDS_SECOND_FACTOR


@pytest.mark.parametrize("role", ["", "operator", "account", "PLANNING-OFFICER"])
def test_a_role_that_is_not_in_the_table_may_do_nothing(role):
    assert not any(may(role, what) for what in May)
