"""Officers' work on areas in a few words, for the tests of services."""

from dataclasses import replace
from datetime import date

import pytest
import shapely
from sqlalchemy import select

from app.audit import Actor, Deed
from app.db import reading, writing
from app.models import AreaVersion, ConsentPurpose, NeighbourhoodArea
from app.services.area_consents import ConsentFacts, record_consent
from app.services.area_decisions import DecisionFacts, decide_application, publish_decision
from app.services.area_steps import publicise_application, withdraw_application
from app.services.areas import ApplicationFacts, Drawn, apply_for_area, area_by_reference
from app.services.modifications import ChangeFacts, ChangeKind, change_area
from app.services.record import state_faults
from geo.reading import Source
from referendum.designation import Applicant, ApplicantKind

SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn for a test", flipped=False)
YES = DecisionFacts(
    authority_code="E07999101",
    designate=True,
    decided_on=date(2026, 4, 1),
    published_on=date(2026, 4, 2),
    reasons="It is one place.",
    is_business_area=False,
    business_area_reasons="It is not wholly or predominantly business.",
)


class Office:
    """What is done to areas in one database; every change in a transaction of its own."""

    yes = YES

    def __init__(self, engine, deed):
        self.engine, self.deed = engine, deed

    def in_organisation(self, code, name="Some council"):
        """The same office, acting in an organisation."""
        actor = Actor(name="Officer", role="planning-officer", organisation=code, organisation_name=name)
        return Office(self.engine, Deed(by=actor, at=self.deed.at))

    def apply(self, name, geometry, parish="E04999101", **facts):
        kind = ApplicantKind.PARISH if parish else ApplicantKind.FORUM
        application = ApplicationFacts(
            name=name,
            applicant=Applicant(kind=kind, parish_code=parish),
            applicant_name=f"{name} body",
            statement="It is one place around its green.",
            received_on=date(2026, 1, 5),
            **facts,
        )
        with writing(self.engine) as session:
            drawn = Drawn(geometry_bng=shapely.MultiPolygon(shapely.get_parts(geometry).tolist()), source=SOURCE)
            return apply_for_area(session, self.deed, application, drawn).reference

    def publicise(self, reference):
        with writing(self.engine) as session:
            publicise_application(
                session, self.deed, reference, publicised_on=date(2026, 1, 12), closes_on=date(2026, 2, 23)
            )

    def decide(self, reference, **facts):
        with writing(self.engine) as session:
            return decide_application(session, self.deed, reference, replace(YES, **facts)).status

    def take_back(self, reference, on, reason="The council wants another line."):
        with writing(self.engine) as session:
            withdraw_application(session, self.deed, reference, withdrawn_on=on, reason=reason)

    def publish(self, reference, on, authority="E07999101"):
        with writing(self.engine) as session:
            publish_decision(session, self.deed, reference, authority_code=authority, published_on=on)

    def designate(self, name, geometry, parish="E04999101"):
        reference = self.apply(name, geometry, parish)
        with reading(self.engine) as session:
            route = area_by_reference(session, reference).applications[-1].route
        if route != "must-designate":
            self.publicise(reference)
        self.decide(reference)
        return reference

    def consent(self, reference, body, purpose=ConsentPurpose.MODIFY, given_on=date(2026, 5, 1), minute="26/14"):
        with writing(self.engine) as session:
            facts = ConsentFacts(purpose=purpose, body_code=body, given_on=given_on, minute=minute)
            record_consent(session, self.deed, area_by_reference(session, reference), facts)

    def change(self, kind, reference, piece=None, **facts):
        given = {
            "on": date(2026, 6, 1),
            "applied_by": "Alder Parish Council",
            "applied_parish_code": "E04999101",
            "applied_on": date(2026, 5, 1),
            "reasons": "The parish has changed.",
            "business_area_reasons": "Considered: it is not.",
        }
        change = ChangeFacts(kind=ChangeKind(kind), reference=reference, piece_bng=piece, **(given | facts))
        with writing(self.engine) as session:
            return [area.reference for area in change_area(session, self.deed, change)]

    def lines(self):
        """The current lines by reference."""
        with reading(self.engine) as session:
            rows = session.execute(
                select(NeighbourhoodArea.reference, AreaVersion)
                .join(AreaVersion)
                .where(AreaVersion.valid_until.is_(None))
            )
            return {reference: version.geometry for reference, version in rows}

    def history(self, reference):
        """From and until of every line of an area."""
        with reading(self.engine) as session:
            versions = area_by_reference(session, reference).versions
            return [(version.valid_from, version.valid_until) for version in versions]

    def status(self, reference):
        with reading(self.engine) as session:
            return area_by_reference(session, reference).status

    def faults(self):
        """Where the tables are not what the record says."""
        with reading(self.engine) as session:
            return [fault.what for fault in state_faults(session)]


@pytest.fixture
def office(district, deed):
    """The office of whoever serves the whole invented district of squares."""
    return Office(district, deed)
