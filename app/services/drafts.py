"""Boundaries being drawn: begun, saved version by version, brought back; two editors never overwrite each other."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shapely.geometry.base import BaseGeometry
from sqlalchemy import delete, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import BoundaryDraft, DraftEditor, DraftStart, DraftVersion
from app.models.base import Document
from app.queries.parts import Key, Part, number_of, part_of
from app.scope import refuse_other_organisation
from app.services.boundaries import geometry_hash
from app.services.draft_closing import refuse_submitted
from app.services.draft_starts import Start, origin_of
from app.services.references import Prefix, next_reference
from geo.boundary import boundary

AnySession = ReadSession | WriteSession
PRESENT = timedelta(seconds=45)
"""An editor who has not been heard of for longer has gone."""
_LONGEST_NAME, _LONGEST_WHAT = 200, 300


class StaleVersionError(ConflictError):
    """Somebody else has saved since.

    Attributes:
        latest: the version they saved; the caller's own line is not stored, and stays with the caller.
    """

    def __init__(self, latest: DraftVersion) -> None:
        super().__init__(
            f"{latest.saved_by} has saved version {latest.number} since you began: look at it, then keep yours as the "
            "newest version, or take theirs. Nothing of yours is lost."
        )
        self.latest = latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One save: the line (EPSG:27700 metres), the version it was made from, what changed in words, and its start.

    `start` is what the line began from where somebody began anew inside a draft; None goes on from the version before.
    """

    boundary_bng: BaseGeometry
    based_on: int | None = None
    what: str = ""
    start: Start | None = None


def draft_by_reference(session: AnySession, deed: Deed, reference: str) -> BoundaryDraft:
    """Return a draft of one's own organisation.

    Raises:
        NotFoundError: there is none of that reference.
        NotAllowedError: it is another organisation's.
    """
    found = session.scalars(select(BoundaryDraft).where(BoundaryDraft.reference == reference)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no boundary being drawn under {reference[:20]}: check the reference.")
    refuse_other_organisation(deed, {found.organisation}, f"The boundary {reference}")
    return found


def drafts_of(session: AnySession, deed: Deed, part: Part | None = None) -> list[BoundaryDraft]:
    """Return the drafts of one's own organisation or a part of them, newest first; whoever serves all sees all."""
    chosen = select(BoundaryDraft)
    if deed.by.organisation:
        chosen = chosen.where(BoundaryDraft.organisation == deed.by.organisation)
    newest_first = (Key(column=BoundaryDraft.id, falls=True, read=number_of),)
    return list(session.scalars(part_of(chosen, part, newest_first)))


def version_of(session: AnySession, draft: BoundaryDraft, number: int | None = None) -> DraftVersion:
    """Return a version of a draft; the newest where no number is given.

    Raises:
        NotFoundError: there is none of that number.
    """
    chosen = select(DraftVersion).where(DraftVersion.draft_id == draft.id)
    if number is not None:
        chosen = chosen.where(DraftVersion.number == number)
    found = session.scalars(chosen.order_by(DraftVersion.number.desc()).limit(1)).first()
    if found is None:
        raise NotFoundError(f"{draft.reference} has no version {number}: choose one that is listed.")
    return found


def start_draft(session: WriteSession, deed: Deed, *, name: str, start: Start, save: Save) -> BoundaryDraft:
    """Store a new draft with its first version.

    Raises:
        InvalidRequestError: it has no name.
        BoundaryError: there is no land in it.
    """
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise InvalidRequestError(f"Give the boundary a name of at most {_LONGEST_NAME} characters.")
    draft = BoundaryDraft(
        reference=next_reference(session, Prefix.DRAFT),
        organisation=deed.by.organisation,
        started_by=deed.by.name,
        started_at=deed.at,
        name=name.strip(),
        start=start.kind.value,
        start_facts=start.facts,
    )
    session.add(draft)
    session.flush()
    record(session, deed, EventKind.DRAFT_STARTED, draft.reference, after=draft_facts(draft))
    _add(session, deed, draft, replace(save, start=start), number=1, restores=None)
    return draft


def save_version(session: WriteSession, deed: Deed, reference: str, save: Save) -> DraftVersion:
    """Store a line as the next version of a draft.

    Raises:
        StaleVersionError: somebody else has saved since the version it was made from.
        ConflictError: it was submitted as an application.
        BoundaryError: there is no land in it.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    refuse_submitted(session, draft)
    latest = version_of(session, draft)
    if save.based_on != latest.number:
        raise StaleVersionError(latest)
    begun = replace(save, start=save.start or start_of(latest))
    return _add(session, deed, draft, begun, number=latest.number + 1, restores=None)


def restore_version(session: WriteSession, deed: Deed, reference: str, number: int, *, based_on: int) -> DraftVersion:
    """Bring an older version back as a new one.

    Raises:
        NotFoundError: there is none of that number.
        StaleVersionError: somebody else has saved since.
        ConflictError: it was submitted as an application.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    refuse_submitted(session, draft)
    latest, older = version_of(session, draft), version_of(session, draft, number)
    if based_on != latest.number:
        raise StaleVersionError(latest)
    save = Save(
        boundary_bng=older.geometry,
        based_on=based_on,
        what=f"Brought back version {number}",
        start=start_of(older),
    )
    return _add(session, deed, draft, save, number=latest.number + 1, restores=number)


def _add(
    session: WriteSession, deed: Deed, draft: BoundaryDraft, save: Save, *, number: int, restores: int | None
) -> DraftVersion:
    line = boundary(save.boundary_bng)
    first = Start(kind=DraftStart(draft.start), facts=draft.start_facts)
    start = save.start or first
    anew = None if start == first else start
    version = DraftVersion(
        draft_id=draft.id,
        number=number,
        based_on=save.based_on,
        restores=restores,
        origin=origin_of(session, start, line).value,
        start=anew.kind.value if anew else None,
        start_facts=anew.facts if anew else None,
        saved_by=deed.by.name,
        saved_at=deed.at,
        what=save.what[:_LONGEST_WHAT],
        geometry=line,
    )
    session.add(version)
    session.flush()
    record(session, deed, EventKind.DRAFT_SAVED, draft.reference, after=version_facts(version))
    return version


def start_of(version: DraftVersion) -> Start:
    """Return what a version's line began from: anew inside its draft, or as the draft did."""
    if version.start is not None:
        return Start(kind=DraftStart(version.start), facts=version.start_facts or {})
    return Start(kind=DraftStart(version.draft.start), facts=version.draft.start_facts)


def draft_facts(draft: BoundaryDraft) -> Document:
    """Return what the record keeps of a draft."""
    return {
        "organisation": draft.organisation,
        "name": draft.name,
        "start": draft.start,
        "start_facts": draft.start_facts,
    }


def version_facts(version: DraftVersion) -> Document:
    """Return what the record keeps of a version: its line by its hash, and its start where it began anew."""
    anew = {} if version.start is None else {"start": version.start, "start_facts": version.start_facts}
    return {
        "number": version.number,
        "based_on": version.based_on,
        "restores": version.restores,
        "origin": version.origin,
        "what": version.what,
        "geometry_sha256": geometry_hash(boundary(version.geometry)),
        **anew,
    }


def note_editor(session: WriteSession, deed: Deed, draft: BoundaryDraft, window_name: str) -> list[str]:
    """Note that a browser's window has a draft open, and return who else has (by account, each once).

    It is presence and no change: nothing of it goes into the record.
    """
    gone = DraftEditor.seen_at < deed.at - PRESENT
    session.execute(delete(DraftEditor).where(DraftEditor.draft_id == draft.id, gone))
    here = list(session.scalars(select(DraftEditor).where(DraftEditor.draft_id == draft.id).order_by(DraftEditor.id)))
    own = next((each for each in here if each.window_name == window_name), None)
    if own is None:
        session.add(_editor(deed, draft, window_name, deed.at))
    else:
        own.seen_at = deed.at
    session.flush()
    return list(dict.fromkeys(each.name for each in here if each is not own))


def _editor(deed: Deed, draft: BoundaryDraft, window_name: str, at: datetime) -> DraftEditor:
    return DraftEditor(draft_id=draft.id, window_name=window_name, name=deed.by.name, seen_at=at)
