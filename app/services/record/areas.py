"""Neighbourhood areas, their applications, decisions and lines: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import AreaApplication, DecidedLine, NeighbourhoodArea
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps, day_text, line_of

_PARTS = ("statement", "body_statement", "map_scale", "map_sha256")


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
        **{name: after[name] for name in _PARTS if name in after},
        "withdrawn_on": None,
        "withdrawn_because": "",
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
    add_line(state, event["subject"], after.get("designated_on"), after["geometry_sha256"])


def add_line(state: State, reference: str, since: str | None, sha256: str) -> None:
    """End an area's newest line, if it has one, on the day on which the next begins, and begin that."""
    number = len([key for key in state if key[:2] == ("line", reference)])
    if number:
        end_line(state, reference, since)
    state["line", reference, str(number + 1)] = {"from": since, "until": None, "sha256": sha256}


def end_line(state: State, reference: str, until: str | None) -> None:
    """End an area's newest line."""
    number = len([key for key in state if key[:2] == ("line", reference)])
    state["line", reference, str(number)]["until"] = until


def _publicised(state: State, event: Event) -> None:
    state["application", event["subject"]].update(event["after"])


def _decided(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["decision", event["subject"], after.pop("authority_code")] = after


def _published(state: State, event: Event) -> None:
    after = event["after"]
    state["decision", event["subject"], after["authority_code"]]["published_on"] = after["published_on"]


def _parts(state: State, event: Event) -> None:
    state["application", event["subject"]].update(event["after"])


def _withdrawn(state: State, event: Event) -> None:
    after, subject = event["after"], event["subject"]
    state["area", subject]["status"] = after["status"]
    state["application", subject] |= {
        "withdrawn_on": after["withdrawn_on"],
        "withdrawn_because": after["reason"],
    }


def _designated(state: State, event: Event) -> None:
    after = dict(event["after"])
    line = after.pop("geometry_sha256")
    state["area", event["subject"]].update(after | {"line": line})
    add_line(state, event["subject"], after["designated_on"], line)


def _refused(state: State, event: Event) -> None:
    state["area", event["subject"]].update(event["after"])


STEPS: Steps = {
    EventKind.AREA_APPLIED_FOR: _applied,
    EventKind.AREAS_IMPORTED: _imported,
    EventKind.AREA_PUBLICISED: _publicised,
    EventKind.AREA_DECIDED: _decided,
    EventKind.AREA_DECISION_PUBLISHED: _published,
    EventKind.AREA_PARTS_RECORDED: _parts,
    EventKind.AREA_WITHDRAWN: _withdrawn,
    EventKind.AREA_DESIGNATED: _designated,
    EventKind.AREA_REFUSED: _refused,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every area, its applications and their decisions."""
    lines = {row.decision_id: line_of(row.geometry) for row in session.scalars(select(DecidedLine))}
    for area in session.scalars(select(NeighbourhoodArea)):
        yield _area(area)
        yield from _lines(area)
        for application in area.applications:
            yield _application(area, application)
            yield from _decisions(area, application, lines)


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
            **{name: getattr(application, name) for name in _PARTS},
            "withdrawn_on": day_text(application.withdrawn_on),
            "withdrawn_because": application.withdrawn_because,
        },
    )


def _lines(area: NeighbourhoodArea) -> Iterator[tuple[Key, Facts]]:
    for number, version in enumerate(area.versions, start=1):
        facts = {
            "from": day_text(version.valid_from),
            "until": day_text(version.valid_until),
            "sha256": line_of(version.geometry),
        }
        yield ("line", area.reference, str(number)), facts


def _decisions(
    area: NeighbourhoodArea, application: AreaApplication, lines: dict[int, str]
) -> Iterator[tuple[Key, Facts]]:
    for decision in application.decisions:
        yield (
            ("decision", area.reference, decision.authority_code),
            {
                "outcome": decision.outcome,
                "decided_on": day_text(decision.decided_on),
                "published_on": day_text(decision.published_on),
                "ground": decision.ground,
                "line": lines.get(decision.id),
                "is_business_area": decision.is_business_area,
                "reasons": decision.reasons,
                "business_area_reasons": decision.business_area_reasons,
            },
        )
