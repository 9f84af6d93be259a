"""Applying with a draft, in and out: the parts and what is missing, the submission, links and comments."""

from datetime import datetime

from pydantic import Field

from app.models import CommentStanding, DraftComment, DraftShare, DraftSubmission
from app.schemas.common import Shape
from app.services.draft_cases import DraftCase
from app.services.draft_comments import Remark
from app.services.draft_parts import FIELDS, Part

_FIELDS = "; ".join(f"{part}: {', '.join(fields)}" for part, fields in FIELDS.items())


class AnswersIn(Shape):
    """What is typed of one part; a field that is left out is empty."""

    fields: dict[str, str] = Field(
        description=f"the text of each field ({_FIELDS}); `declared` and `later` are “yes” where they are ticked",
        examples=[{}],
    )


class PartOut(Shape):
    """One part of an application: whether it is needed here, what was typed of it, and what is missing."""

    part: Part
    title: str
    is_needed: bool
    is_done: bool
    missing: str = Field(description="the sentence that says what is missing; empty where it is done")
    fields: dict[str, str]


class SubmissionOut(Shape):
    """The application that a draft became."""

    area: str = Field(description="reference of the area applied for")
    version: int
    submitted_by: str
    submitted_at: datetime


class ApplicationOut(Shape):
    """An application being prepared: every part, in the order in which they are asked for (AREA-6)."""

    reference: str
    version: int = Field(description="the newest version of the line; send it to submit")
    is_complete: bool
    parts: list[PartOut]
    submission: SubmissionOut | None


class SubmitIn(Shape):
    """The version of the line that whoever submits it has checked."""

    version: int


class ShareIn(Shape):
    """Who a link is for."""

    label: str = Field(max_length=1_000)


class ShareOut(Shape):
    """A link to a draft; its address is told once, when it is made."""

    number: int
    label: str
    made_by: str
    made_at: datetime
    ended_at: datetime | None


class NewShareOut(ShareOut):
    """A link that was just made: its address, which is kept nowhere."""

    address: str


class PlaceIn(Shape):
    """A place on the British grid, EPSG:27700 metres."""

    easting: float = Field(ge=0, le=700_000, allow_inf_nan=False)
    northing: float = Field(ge=0, le=1_300_000, allow_inf_nan=False)


class CommentIn(Shape):
    """A comment on one version of a draft, about a place or the whole line."""

    text: str = Field(max_length=10_000)
    version: int
    place: PlaceIn | None = None

    def remark(self) -> Remark:
        """Return it as the service takes it."""
        place = self.place
        return Remark(
            text=self.text, version=self.version, place_bng=(place.easting, place.northing) if place else None
        )


class StandingIn(Shape):
    """Where a comment stands from now on; nothing waits to be read again."""

    standing: CommentStanding


class CommentOut(Shape):
    """A comment, for those whose draft it is."""

    number: int
    version: int
    place: PlaceIn | None
    text: str
    written_as: str
    written_at: datetime
    by_link: int | None = Field(description="number of the link it came by; null for one of your own organisation")
    standing: CommentStanding
    settled_by: str | None


def application_out(case: DraftCase) -> ApplicationOut:
    """Return an application as it stands."""
    parts = [
        PartOut(
            part=each.part,
            title=each.title,
            is_needed=each.is_needed,
            is_done=each.is_done,
            missing=each.problem,
            fields=dict.fromkeys(FIELDS[each.part], "") | dict(case.answers.get(each.part, {})),
        )
        for each in case.parts
    ]
    return ApplicationOut(
        reference=case.draft.reference,
        version=case.version.number,
        is_complete=not case.missing,
        parts=parts,
        submission=submission_out(case.submission) if case.submission else None,
    )


def submission_out(submission: DraftSubmission) -> SubmissionOut:
    """Return the application that a draft became."""
    return SubmissionOut(
        area=submission.area.reference,
        version=submission.version_number,
        submitted_by=submission.submitted_by,
        submitted_at=submission.submitted_at,
    )


def share_out(share: DraftShare) -> ShareOut:
    """Return a link without its address."""
    return ShareOut.model_validate(share)


def comment_out(row: DraftComment) -> CommentOut:
    """Return a comment."""
    placed = row.easting is not None and row.northing is not None
    return CommentOut(
        number=row.number,
        version=row.version_number,
        place=PlaceIn.model_construct(easting=row.easting, northing=row.northing) if placed else None,
        text=row.text,
        written_as=row.written_as,
        written_at=row.written_at,
        by_link=row.share.number if row.share else None,
        standing=CommentStanding(row.standing),
        settled_by=row.settled_by,
    )
