from datetime import date

import pytest

from referendum.handover import handover_checklist, last_day_of_retention


@pytest.mark.rule("COUNT-19")
def test_every_parcel_is_endorsed_and_what_was_sealed_stays_sealed():
    parcels = handover_checklist(area="Alderbrook", poll_date=date(2026, 9, 10))
    assert {(parcel.description, parcel.area, parcel.poll_date) for parcel in parcels} == {
        ("Neighbourhood planning referendum", "Alderbrook", date(2026, 9, 10))
    }
    sealed = [parcel.contents for parcel in parcels if "not to be opened" in parcel.contents]
    assert [contents.split()[0] for contents in sealed] == ["Tendered", "Corresponding", "Certificates", "Marked"]
    assert "Counted ballot papers" in [parcel.contents for parcel in parcels]


@pytest.mark.rule("COUNT-20")
@pytest.mark.parametrize(
    ("poll", "last"),
    [
        (date(2026, 9, 10), date(2027, 9, 10)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 3, 1), date(2028, 3, 1)),
    ],
)
def test_documents_are_kept_for_a_year(poll, last):
    assert last_day_of_retention(poll) == last
