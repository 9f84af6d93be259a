"""What time brings about is told on the list of cases, and changes nothing by itself."""

from datetime import date

import pytest
from sqlalchemy import select

from app.db import reading, writing
from app.models import AreaApplication, AreaStatus, Forum, NeighbourhoodArea

pytestmark = pytest.mark.database


@pytest.fixture
def waiting(designated, shapes):
    """An application publicised in January, still undecided in July; a forum whose five years end in September."""
    with writing(designated) as session:
        application = AreaApplication(
            applicant_kind="parish",
            applicant_name="Birch Parish Council",
            applicant_parish_code="E04999102",
            statement="One place.",
            received_on=date(2026, 1, 2),
            publicised_on=date(2026, 1, 5),
            closes_on=date(2026, 2, 16),
            route="may-designate",
            verdict={"authorities": [{"code": "E07999101", "name": "Westshire"}], "parishes": [], "findings": []},
            geometry=shapes.square(1, 0),
        )
        late = NeighbourhoodArea(
            reference="NA-000901", name="Birch", status=AreaStatus.APPLIED.value, applications=[application]
        )
        area = session.scalars(select(NeighbourhoodArea).where(NeighbourhoodArea.reference == "NA-000900")).one()
        told = {"purpose": "", "constitution": "", "statement": "", "contact_name": "", "contact_way": ""}
        counted = {"members": 21, "living": 21, "working": 0, "elected": 0}
        forum = Forum(
            reference="NF-000901",
            area=area,
            name="Alder Forum",
            is_open_to_all=True,
            received_on=date(2021, 6, 1),
            status="designated",
            designated_on=date(2021, 10, 1),
            ended_because="",
            **told,
            **counted,
        )
        session.add_all([late, forum])
    return designated


@pytest.mark.rule("AREA-14", "FORUM-8")
def test_a_missed_day_and_a_near_end_are_raised_on_the_list_and_never_acted_on(waiting, people):
    page = " ".join(people["officer"].get("/cases").text.split())
    assert "The last day to decide was 7 April 2026" in page
    assert "must designate the whole area as it was applied for" in page
    assert "The designation ends on 30 September 2026, less than 3 months from now." in page
    assert "Birch" not in people["next-door"].get("/cases").text
    with reading(waiting) as session:
        birch = session.scalars(select(NeighbourhoodArea).where(NeighbourhoodArea.reference == "NA-000901")).one()
        assert (birch.status, birch.versions) == (AreaStatus.APPLIED.value, [])
        assert session.scalars(select(Forum)).one().ended_on is None
