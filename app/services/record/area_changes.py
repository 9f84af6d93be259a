"""Changes of designated areas and the consents they used: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import AreaChange, AreaConsent
from app.services.area_changes import change_facts
from app.services.area_consents import consent_name
from app.services.record.areas import add_line, end_line
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps, day_text


def _consented(state: State, event: Event) -> None:
    state[_consent_key(event["subject"], event["after"])] = {"used_on": None}


def _consent_key(reference: str, consent: Facts) -> Key:
    return ("consent", reference, *(str(consent[part]) for part in ("purpose", "body_code", "given_on", "minute")))


def _modified(state: State, event: Event) -> None:
    after = dict(event["after"])
    opened, used = after.pop("opened"), after.pop("consents")
    number = after.pop("number")
    state["change", event["subject"], str(number)] = after
    for consent in used:
        state[_consent_key(consent["area"], consent)]["used_on"] = after["on"]
    going_on = {area["reference"] for area in opened}
    for reference in event["before"]["lines"].keys() - going_on:
        state["area", reference]["status"] = "ended"
        end_line(state, reference, after["on"])
    for area in opened:
        line = area["geometry_sha256"]
        facts = {name: area[name] for name in ("name", "designated_on", "is_business_area")}
        state["area", area["reference"]] = facts | {"status": "designated", "line": line}
        add_line(state, area["reference"], after["on"], line)


STEPS: Steps = {EventKind.AREA_CONSENT_RECORDED: _consented, EventKind.AREA_MODIFIED: _modified}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every consent, and every change of areas."""
    for consent in session.scalars(select(AreaConsent)):
        key = _consent_key(consent.area.reference, consent_name(consent))
        yield key, {"used_on": day_text(consent.used_on)}
    for change in session.scalars(select(AreaChange)):
        facts = change_facts(change)
        number = str(facts.pop("number"))
        yield ("change", change.parts[0].area.reference, number), facts
