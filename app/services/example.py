"""Load the invented district: every step of its story taken by the same use cases that officers use."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from sqlalchemy import func, select

from app.audit import Deed
from app.db import WriteSession
from app.document_store import DocumentStore
from app.estimates import read_counts
from app.local_plan_files import read_local_plans
from app.models import BoundaryKind, NeighbourhoodArea, Referendum
from app.services.boundaries import import_boundaries
from app.services.electorates import PROVISIONAL, freeze_electorate
from app.services.example_story import Story, deed_of
from app.services.local_plans import import_documents
from app.services.registers import import_register
from app.services.registers_locations import LocationUpload, import_locations
from app.services.registers_reading import RegisterFiles
from app.services.small_area_counts import CountsFacts, import_counts
from geo.reading import read_layer

ADULTS = "output_area_adults.csv"
FIXTURES = Path(__file__).parent.parent.parent / "fixtures"

INVENTED = "(invented)"
"""How the source of every boundary of the district ends: what is not so marked is somebody's real one."""
_LAYERS = {
    BoundaryKind.AUTHORITY: "authorities",
    BoundaryKind.RELEVANT_COUNCIL: "relevant_councils",
    BoundaryKind.PARISH: "parishes",
    BoundaryKind.WARD: "wards",
    BoundaryKind.POLLING_DISTRICT: "polling_districts",
    BoundaryKind.OUTPUT_AREA: "output_areas",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded, to be told at the end of set-up."""

    boundaries: dict[str, int]
    areas: int
    referendums: int
    entries: int
    open_first: str


def is_empty(session: WriteSession) -> bool:
    """Say whether the database holds no neighbourhood area yet."""
    return session.scalars(select(func.count()).select_from(NeighbourhoodArea)).one() == 0


def load_example(
    session: WriteSession, *, address_secret: bytes, folder: Path = FIXTURES, store: DocumentStore | None = None
) -> Loaded:
    """Load the whole district in one transaction: boundaries, register, and every step of its story.

    Args:
        session: the transaction.
        address_secret: key under which addresses are hashed.
        folder: where the district is described.
        store: where its documents lie; in memory where none is given.

    Raises:
        ConflictError, StageError: the story breaks a rule of the service, so nothing is loaded.
    """
    spec, story = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("spec.json", "story.json"))
    lead_council, told_on = spec["authorities"][0]["code"], story["as_at"]
    counts = _import_layers(session, deed_of("planning", spec["valid_from"]), folder, lead_council)
    telling = Story(session, folder, store or DocumentStore("memory://example"))
    telling.lay_out(story["areas"])
    telling.play()
    electoral = deed_of("electoral", told_on)
    files = RegisterFiles(
        authority_code=lead_council,
        as_at=date.fromisoformat(spec["as_at"]),
        registers=(folder / "csv" / "register_with_ids.csv",),
        locations=tuple(folder / "csv" / name for name in ("uprn.csv", "properties.csv", "postcodes.csv")),
        address_secret=address_secret,
    )
    register = import_register(session, electoral, files)
    _import_places(session, electoral, files, folder)
    _import_local_plans(session, deed_of("planning", told_on), folder / "local_plans")
    polls = session.scalars(select(Referendum).order_by(Referendum.id)).all()
    _freeze_provisionally(session, deed_of("electoral", told_on, at=time(10)), polls, register_id=register.id)
    return Loaded(
        boundaries=counts,
        areas=len(story["areas"]),
        referendums=len(polls),
        entries=register.entries,
        open_first=_next_poll(polls),
    )


def _import_layers(session: WriteSession, deed: Deed, folder: Path, council: str) -> dict[str, int]:
    """Import each official layer, and return how many boundaries each has by its kind."""
    counts = {}
    for kind, name in _LAYERS.items():
        layer = read_layer(folder / "geojson" / f"{name}.geojson", code_column="code", name_column="name")
        owner = council if kind is BoundaryKind.POLLING_DISTRICT else ""
        source = f"{name}.geojson {INVENTED}"
        imported = import_boundaries(session, deed, kind, layer, valid_from=None, source=source, authority_code=owner)
        counts[kind.value] = imported.added
    return counts


def _import_places(session: WriteSession, deed: Deed, files: RegisterFiles, folder: Path) -> None:
    """Import where people live, for the search and the electorate, and how many adults live in each output area."""
    points = tuple(folder / "csv" / name for name in ("uprn.csv", "postcodes.csv"))
    upload = LocationUpload(authority_code=files.authority_code, paths=points, address_secret=files.address_secret)
    import_locations(session, deed, upload)
    adults, sha256 = read_counts(folder / "csv" / ADULTS, "adults")
    counted = CountsFacts(
        authority_code=files.authority_code, name=ADULTS, sha256=sha256, as_at=deed.at.date(), adults=adults
    )
    import_counts(session, deed, counted)


def _freeze_provisionally(session: WriteSession, deed: Deed, polls: Sequence[Referendum], *, register_id: int) -> None:
    """Freeze a first count for each poll to come."""
    for poll in polls:
        if poll.declaration is None:
            freeze_electorate(session, deed, poll.reference, snapshot=PROVISIONAL, register_id=register_id)


def _import_local_plans(session: WriteSession, deed: Deed, folder: Path) -> None:
    """Import each authority's local plans from the file that bears its code."""
    for path in sorted(folder.glob("*.csv")):
        read = read_local_plans(path)
        import_documents(session, deed, path.stem, read.documents, source=f"{path.name} (invented)")


def _next_poll(polls: Sequence[Referendum]) -> str:
    coming = [poll for poll in polls if poll.declaration is None]
    return coming[0].reference if coming else polls[-1].reference
