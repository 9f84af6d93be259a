"""Neighbourhood areas, their applications and decisions: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import AreaApplication, NeighbourhoodArea
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps, day_text, line_of


def _applied(state: State, event: Event) -> None:
    after, subject = event["after"], event["subject"]
    state["area", subject] = {
        "name": after["name"],
        "status": "applied",
        "designated_on": None,
        "is_business_area": False,
        "line": None,
    }
    state["application", subject] = {
        "applicant_kind": after["applicant_kind"],
        "applicant_parish_code": after["applicant_parish_code"],
        "received_on": after["received_on"],
        "route": after["route"],
        "publicised_on": None,
        "closes_on": None,
        "line": after["geometry_sha256"],
    }


def _imported(state: State, event: Event) -> None:
    after = event["after"]
    state["area", event["subject"]] = {
        "name": after["name"],
        "status": "designated",
        "designated_on": after.get("designated_on"),
        "is_business_area": False,
        "line": after["geometry_sha256"],
    }


def _publicised(state: State, event: Event) -> None:
    state["application", event["subject"]].update(event["after"])


def _decided(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["decision", event["subject"], after.pop("authority_code")] = after


def _designated(state: State, event: Event) -> None:
    after = dict(event["after"])
    line = after.pop("geometry_sha256")
    state["area", event["subject"]].update(after | {"line": line})


def _refused(state: State, event: Event) -> None:
    state["area", event["subject"]].update(event["after"])


STEPS: Steps = {
    EventKind.AREA_APPLIED_FOR: _applied,
    EventKind.AREAS_IMPORTED: _imported,
    EventKind.AREA_PUBLICISED: _publicised,
    EventKind.AREA_DECIDED: _decided,
    EventKind.AREA_DESIGNATED: _designated,
    EventKind.AREA_REFUSED: _refused,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every area, its applications and their decisions."""
    for area in session.scalars(select(NeighbourhoodArea)):
        yield _area(area)
        for application in area.applications:
            yield _application(area, application)
            yield from _decisions(area, application)


def _area(area: NeighbourhoodArea) -> tuple[Key, Facts]:
    return (
        ("area", area.reference),
        {
            "name": area.name,
            "status": area.status,
            "designated_on": day_text(area.designated_on),
            "is_business_area": area.is_business_area,
            "line": line_of(area.versions[-1].geometry) if area.versions else None,
        },
    )


def _application(area: NeighbourhoodArea, application: AreaApplication) -> tuple[Key, Facts]:
    return (
        ("application", area.reference),
        {
            "applicant_kind": application.applicant_kind,
            "applicant_parish_code": application.applicant_parish_code,
            "received_on": day_text(application.received_on),
            "route": application.route,
            "publicised_on": day_text(application.publicised_on),
            "closes_on": day_text(application.closes_on),
            "line": line_of(application.geometry),
        },
    )


def _decisions(area: NeighbourhoodArea, application: AreaApplication) -> Iterator[tuple[Key, Facts]]:
    for decision in application.decisions:
        yield (
            ("decision", area.reference, decision.authority_code),
            {
                "outcome": decision.outcome,
                "decided_on": day_text(decision.decided_on),
                "is_business_area": decision.is_business_area,
                "reasons": decision.reasons,
                "business_area_reasons": decision.business_area_reasons,
            },
        )
