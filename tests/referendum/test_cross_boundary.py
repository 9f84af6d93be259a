"""What councils that share a referendum publish, and who counts for each."""

from datetime import date

import pytest

from referendum.cross_boundary import (
    CountingOfficerAppointment,
    Publication,
    appointment_findings,
    counting_officer_on,
    publication_findings,
)

ON, LATER = date(2026, 9, 1), date(2026, 9, 2)
WEB = frozenset({"website"})


def published(council, day=ON, manner=WEB, what="notice of poll"):
    return Publication(council=council, what=what, published_on=day, manner=manner)


@pytest.mark.rule("REF-5")
@pytest.mark.parametrize(
    ("east", "words"),
    [
        pytest.param(published("East"), [], id="alike"),
        pytest.param(published("East", LATER), ["on 2026-09-02, not on 2026-09-01 as West does"], id="another day"),
        pytest.param(published("East", manner=frozenset({"board"})), ["in another manner as West does"], id="manner"),
        pytest.param(published("East", LATER, what="statement"), [], id="another paper"),
    ],
)
def test_publications_are_alike_on_one_day(east, words):
    found = publication_findings([east, published("West")], lead="West")
    assert [any(text in finding.message for text in words) for finding in found] == [True] * len(words)
    assert {finding.rule for finding in found} <= {"REF-5"}


def appointed(officer="A. Officer", since=ON, until=None, returning="A. Officer"):
    return CountingOfficerAppointment(
        council="West", officer=officer, returning_officer=returning, from_day=since, until_day=until
    )


@pytest.mark.rule("REF-3")
def test_the_counting_officer_is_the_returning_officer_of_the_day():
    appointments = [appointed(until=LATER), appointed("B. Officer", LATER, returning="B. Officer")]
    assert appointment_findings(appointments) == []
    assert counting_officer_on(appointments, "West", ON) == "A. Officer"
    assert counting_officer_on(appointments, "West", LATER) == "B. Officer"
    assert counting_officer_on(appointments, "East", ON) is None
    assert counting_officer_on(appointments, "West", date(2026, 8, 31)) is None


@pytest.mark.rule("REF-3")
def test_somebody_else_or_two_at_once_are_found():
    (wrong,) = appointment_findings([appointed(returning="C. Officer")])
    assert "appoint C. Officer" in wrong.message
    (twice,) = appointment_findings([appointed(), appointed("B. Officer", LATER, returning="B. Officer")])
    assert "two counting officers on 2026-09-02" in twice.message
