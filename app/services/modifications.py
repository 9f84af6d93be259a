"""Changing designated areas: take land out or in, split one, join several; old and new lines kept with their dates.

Areas change only on a later application (AREA-22), under the designation lock, so that no two current areas overlap.
"""

from collections.abc import Sequence
from datetime import date

from shapely import MultiPolygon

from app.audit import Deed
from app.clock import LONDON
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaVersion, ConsentPurpose, NeighbourhoodArea
from app.queries.consents import authorities_met, council_parishes, wide_overlaps
from app.scope import refuse_other_organisation
from app.services.area_changes import ChangeFacts, ChangeKind, apply_carving, as_carved, current_version
from app.services.area_consents import use_consents
from app.services.areas import area_by_reference
from app.services.references import Prefix, next_reference
from geo import carve
from geo.errors import BoundaryError
from geo.measure import is_wider_than
from geo.topology import TOLERANCE_M
from geo.validity import is_valid_ogc

__all__ = ["ChangeFacts", "ChangeKind", "change_area", "cut_back"]


def change_area(session: WriteSession, deed: Deed, facts: ChangeFacts) -> list[NeighbourhoodArea]:
    """Change one designated area, or join several, and return the areas that stand after it, the changed one first.

    Raises:
        StageError: an area that is not designated.
        InvalidRequestError: something is not given, or the land cannot be used.
        BoundaryError: the land is not in the area, or nothing would be left of it.
        ConflictError: a consent is missing, a later line is there already, or a new line overlaps another area.
        NotAllowedError: it is another authority's area.

    Source: AREA-5, AREA-15, AREA-16, AREA-19, AREA-20, AREA-22.
    """
    hold_lock(session, "designation")
    areas = [area_by_reference(session, reference) for reference in dict.fromkeys((facts.reference, *facts.others))]
    versions = [current_version(area, facts.on) for area in areas]
    _refuse_incomplete(deed, facts)
    new_reference = next_reference(session, Prefix.AREA) if facts.kind is ChangeKind.SPLIT else facts.reference
    carving = _carving(facts, areas, versions, new_reference)
    _refuse_slivers(carving)
    used = _consents(session, deed, facts, areas, carving)
    _refuse_overlaps(session, carving, facts.on)
    return apply_carving(session, deed, facts, areas, carving, used=used)


def _refuse_incomplete(deed: Deed, facts: ChangeFacts) -> None:
    today = deed.at.astimezone(LONDON).date()
    if facts.on > today:
        raise InvalidRequestError(f"An area cannot be changed as of {facts.on}, a day to come: today is {today}.")
    if facts.applied_on > facts.on:
        raise InvalidRequestError(
            f"The change of {facts.on} cannot be made on an application received on {facts.applied_on}, after it."
        )
    if not facts.applied_by.strip() or not facts.reasons.strip():
        raise InvalidRequestError("Say who applied for the change, and give the reasons for it (AREA-22).")
    if facts.kind is ChangeKind.SPLIT and not facts.name.strip():
        raise InvalidRequestError("Give the area that is split off a name of its own.")
    if facts.kind in {ChangeKind.SPLIT, ChangeKind.MERGE} and not facts.business_area_reasons.strip():
        raise InvalidRequestError("Say why it is, or is not, a business area: that is considered each time (AREA-19).")
    if facts.kind is ChangeKind.MERGE:
        return
    if facts.others:
        raise InvalidRequestError("Only a merger names other areas: leave them out, or join them.")
    if facts.piece_bng is None or not is_valid_ogc(facts.piece_bng):
        raise InvalidRequestError("The line of the land to change is not valid: draw it again without crossings.")


def _carving(
    facts: ChangeFacts, areas: Sequence[NeighbourhoodArea], versions: Sequence[AreaVersion], new_reference: str
) -> carve.Carving:
    pure = [as_carved(area, version) for area, version in zip(areas, versions, strict=True)]
    if facts.kind is ChangeKind.MERGE or facts.piece_bng is None:
        return carve.merge(pure, reference=facts.reference, name=areas[0].name, on=facts.on)
    if facts.kind is ChangeKind.SPLIT:
        return carve.carve_out(pure[0], facts.piece_bng, reference=new_reference, name=facts.name.strip(), on=facts.on)
    act = carve.enlarge if facts.kind is ChangeKind.ENLARGE else carve.subtract
    return act(pure[0], facts.piece_bng, on=facts.on)


def _refuse_slivers(carving: carve.Carving) -> None:
    for opened in carving.opened:
        if not is_wider_than(opened.geometry_bng, TOLERANCE_M):
            raise InvalidRequestError(
                f"{opened.name} would be nowhere wider than {TOLERANCE_M:.0f} m: that is a difference between two "
                "drawings of a line, not an area."
            )


def _consents(
    session: WriteSession, deed: Deed, facts: ChangeFacts, areas: Sequence[NeighbourhoodArea], carving: carve.Carving
) -> list[dict[str, object]]:
    lines = [opened.geometry_bng for opened in carving.opened]
    theirs = dict(found for line in (*lines, carving.changed_bng) for found in authorities_met(session, line, facts.on))
    refuse_other_organisation(deed, theirs, f"Changing {facts.reference}")
    others = [(code, name) for code, name in sorted(theirs.items()) if code != deed.by.organisation]
    parishes = [
        (code, name)
        for code, name in council_parishes(session, [carving.changed_bng], facts.on)
        if code != facts.applied_parish_code
    ]
    main = areas[0]
    agreed = use_consents(session, main, ConsentPurpose.AGREE, others if deed.by.organisation else (), on=facts.on)
    return [*agreed, *use_consents(session, main, ConsentPurpose.MODIFY, parishes, on=facts.on)]


def _refuse_overlaps(session: WriteSession, carving: carve.Carving, on: date) -> None:
    own = {closed.reference for closed in carving.closed}
    for opened in carving.opened:
        met = wide_overlaps(session, opened.geometry_bng, on, leaving_out=own)
        if met:
            places = ", ".join(f"{each.name} ({each.reference}, up to {each.max_width_m:.1f} m wide)" for each in met)
            raise ConflictError(
                f"{opened.name} would overlap a current neighbourhood area: {places}. Change the land so that it does "
                "not (AREA-15)."
            )


def cut_back(
    session: WriteSession,
    deed: Deed,
    reference: str,
    taken_bng: MultiPolygon,
    facts: ChangeFacts,
    *,
    case: NeighbourhoodArea,
    deciding: frozenset[str],
) -> None:
    """Take the land of an area about to be designated out of a current one, or end that where nothing is left of it.

    Args:
        session: the transaction, holding the designation lock.
        deed: who decides, and when.
        reference: the current area.
        taken_bng: the line about to be designated.
        facts: the application, its applicant, the day and the reasons; the kind is found here.
        case: the area applied for, in whose case the consents are recorded.
        deciding: codes of the authorities that decide on it, whose agreement is in their decisions.

    Raises:
        ConflictError: a parish council's consent, or another authority's agreement, is missing.

    Source: AREA-10, AREA-15, AREA-16, AREA-22.
    """
    area = area_by_reference(session, reference)
    version = as_carved(area, current_version(area, facts.on))
    try:
        carving = carve.subtract(version, taken_bng, on=facts.on)
        is_left = is_wider_than(carving.opened[0].geometry_bng, TOLERANCE_M)
    except BoundaryError:
        is_left = False
    if not is_left:
        carving = carve.ended(version, on=facts.on)
    kind = ChangeKind.SUBTRACT if is_left else ChangeKind.REPLACE
    others = [each for each in authorities_met(session, version.geometry_bng, facts.on) if each[0] not in deciding]
    parishes = council_parishes(session, [carving.changed_bng], facts.on)
    used = [
        *use_consents(session, case, ConsentPurpose.AGREE, others, on=facts.on),
        *use_consents(
            session,
            case,
            ConsentPurpose.MODIFY,
            [each for each in parishes if each[0] != facts.applied_parish_code],
            on=facts.on,
        ),
    ]
    named = ChangeFacts(
        kind=kind,
        reference=reference,
        on=facts.on,
        applied_by=facts.applied_by,
        applied_parish_code=facts.applied_parish_code,
        applied_on=facts.applied_on,
        reasons=facts.reasons,
        piece_bng=taken_bng,
    )
    apply_carving(session, deed, named, [area], carving, used=used)
