"""Import official boundaries and the neighbourhood areas that already exist."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import shapely
from shapely import MultiPolygon
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import ConflictError
from app.models import AreaStatus, AreaVersion, Boundary, BoundaryKind, NeighbourhoodArea
from app.queries.nearby import areas_near
from app.services.references import Prefix, next_reference
from geo.boundary import boundary
from geo.errors import BoundaryError, ColumnError
from geo.reading.model import Feature, Layer
from geo.topology import overlaps

_YES, _NO = {"true", "yes", "y", "1", "t"}, {"false", "no", "n", "0", "f"}
_VALIDITY_COLUMNS = ("valid_from", "start-date", "start_date")
# The first letters of a code say what kind of authority it is: these run polls, national parks do not.
_COUNCILS, _NATIONAL_PARK = ("E06", "E07", "E08", "E09", "E10"), "E26"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: rows stored anew, rows that replaced an older line, rows already there."""

    added: int
    replaced: int
    unchanged: int


def _flag(feature: Feature, column: str) -> bool | None:
    text = (feature.attributes.get(column) or "").strip().lower()
    return True if text in _YES else False if text in _NO else None


def _is_relevant_council(feature: Feature, code: str) -> bool | None:
    said = _flag(feature, "is_relevant_council")
    if said is not None:
        return said
    return True if code.startswith(_COUNCILS) else False if code.startswith(_NATIONAL_PARK) else None


def _validity(feature: Feature, layer: Layer) -> date:
    for column in _VALIDITY_COLUMNS:
        text = (feature.attributes.get(column) or "").strip()
        if text:
            try:
                return date.fromisoformat(text[:10].replace("/", "-"))
            except ValueError as problem:
                raise ColumnError(
                    f"Row {feature.row} of {layer.layer} has {text!r} in {column}, which is not a date "
                    "like 2024-05-02: correct it, or give one date for all with --valid-from."
                ) from problem
    raise ColumnError(
        f"Row {feature.row} of {layer.layer} does not say since when it is in force: give the date with --valid-from."
    )


def _identity(feature: Feature, layer: Layer) -> tuple[str, str]:
    if not feature.reference:
        raise ColumnError(
            f"Row {feature.row} of {layer.layer} has no code: give the column that holds it with --code-column."
        )
    return feature.reference, feature.name or feature.reference


def _land(feature: Feature, layer: Layer) -> MultiPolygon:
    try:
        return boundary(feature.geometry_bng)
    except BoundaryError as problem:
        raise BoundaryError(f"Row {feature.row} of {layer.layer}: {problem}") from problem


def geometry_hash(geometry_bng: MultiPolygon) -> str:
    """Return the SHA-256 (hex) of the line as stored (well-known binary)."""
    return sha256(shapely.to_wkb(geometry_bng)).hexdigest()


def import_boundaries(
    session: WriteSession,
    deed: Deed,
    kind: BoundaryKind,
    layer: Layer,
    *,
    valid_from: date | None,
    source: str,
    authority_code: str = "",
) -> Imported:
    """Store every boundary of a layer as in force from a day; a line that has changed since closes the older one.

    Args:
        session: the transaction.
        deed: who imports them, and when.
        kind: what they bound.
        layer: the boundaries, on the British grid.
        valid_from: the day from which they are in force; None where each row says so itself.
        source: the file they came from.
        authority_code: the council within which their codes are unique (polling districts).

    Raises:
        ColumnError: a row without a code.
        BoundaryError: a row that is no polygon.
        ConflictError: an older date than one already stored for the same code.
    """
    standing = {
        row.code: row
        for row in session.scalars(
            select(Boundary)
            .where(
                Boundary.kind == kind.value,
                Boundary.authority_code == authority_code,
                Boundary.valid_until.is_(None),
            )
            .order_by(Boundary.id)
        )
    }
    added = replaced = unchanged = 0
    for feature in layer.features:
        code, name = _identity(feature, layer)
        since = valid_from or _validity(feature, layer)
        land, older = _land(feature, layer), standing.get(code)
        if older is not None and shapely.equals_exact(older.geometry, land) and older.name == name:
            unchanged += 1
            continue
        if older is not None:
            if older.valid_from >= since:
                raise ConflictError(
                    f"{code} ({name}) is already stored as in force from {older.valid_from}, with another line: "
                    "import the newer boundaries with a later --valid-from."
                )
            older.valid_until = since
            replaced += 1
        else:
            added += 1
        standing[code] = Boundary(
            kind=kind.value,
            authority_code=authority_code,
            code=code,
            name=name,
            valid_from=since,
            has_council=_flag(feature, "has_council") if kind is BoundaryKind.PARISH else None,
            is_relevant_council=_is_relevant_council(feature, code) if kind is BoundaryKind.AUTHORITY else None,
            source=source,
            imported_at=deed.at,
            geometry=land,
        )
        session.add(standing[code])
    session.flush()
    outcome = Imported(added=added, replaced=replaced, unchanged=unchanged)
    after = {
        "source": source,
        "valid_from": valid_from and valid_from.isoformat(),
        "added": added,
        "replaced": replaced,
    }
    if added or replaced:
        record(session, deed, EventKind.BOUNDARIES_IMPORTED, kind.value, after=after)
    return outcome


def import_areas(session: WriteSession, deed: Deed, layer: Layer, *, valid_from: date, source: str) -> Imported:
    """Store neighbourhood areas that another register already holds as designated.

    Raises:
        ColumnError: a row without a reference.
        BoundaryError: a row that is no polygon.
        ConflictError: a row that overlaps a current area by more than a sliver (AREA-15).

    Source: AREA-15; T-1.
    """
    hold_lock(session, "designation")
    known = set(session.scalars(select(NeighbourhoodArea.external_reference)))
    added = unchanged = 0
    for feature in layer.features:
        code, name = _identity(feature, layer)
        if code in known:
            unchanged += 1
            continue
        land = _land(feature, layer)
        refuse_overlap(session, land, valid_from, f"{name} (row {feature.row})")
        area = NeighbourhoodArea(
            reference=next_reference(session, Prefix.AREA),
            name=name,
            status=AreaStatus.DESIGNATED.value,
            designated_on=valid_from,
            external_reference=code,
            versions=[AreaVersion(valid_from=valid_from, reason=f"imported from {source}", geometry=land)],
        )
        session.add(area)
        session.flush()
        known.add(code)
        added += 1
        facts = {
            "name": name,
            "external_reference": code,
            "designated_on": valid_from.isoformat(),
            "source": source,
            "geometry_sha256": geometry_hash(land),
        }
        record(session, deed, EventKind.AREAS_IMPORTED, area.reference, after=facts)
    return Imported(added=added, replaced=0, unchanged=unchanged)


def refuse_overlap(
    session: WriteSession,
    land_bng: MultiPolygon,
    on: date,
    name: str,
    *,
    leaving_out: str | None = None,
) -> None:
    """Refuse land that overlaps a current neighbourhood area by more than a sliver.

    The caller holds the designation lock, so that what is found here is still true when the transaction ends.

    Raises:
        ConflictError: naming the areas and how wide each overlap is.

    Source: AREA-15 (Town and Country Planning Act 1990 s 61G(7), unverified); T-1.
    """
    current = areas_near(session, land_bng, on, leaving_out=leaving_out)
    found = [overlap for overlap in overlaps(land_bng, current) if not overlap.sliver]
    if found:
        places = ", ".join(f"{each.name} ({each.reference}, up to {each.max_width_m:.1f} m wide)" for each in found)
        raise ConflictError(
            f"{name} overlaps a current neighbourhood area: {places}. Change the line so that it does not."
        )
