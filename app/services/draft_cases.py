"""A draft with everything its pages and its submission look at: line, verdict, answers, what is missing."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.models import BoundaryDraft, DraftSubmission, DraftVersion
from app.services.areas import Drawn, examine
from app.services.draft_answers import answers_of
from app.services.draft_closing import submission_of
from app.services.draft_parts import (
    Answers,
    LineFacts,
    Part,
    PartState,
    applicant_of,
    missing_parts,
    parts_of_application,
)
from app.services.drafts import draft_by_reference, version_of
from app.verdict import AreaVerdict
from geo.findings import Severity
from geo.reading.model import Source
from geo.validity import is_valid_ogc
from referendum.designation_facts import Applicant, ApplicantKind, Route

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCase:
    """One draft as it stands.

    Attributes:
        draft, version: the draft and its newest version.
        answers: what was typed of the application.
        verdict: on the line, for whoever applies.
        parts: every part of the application, with what is missing.
        submission: the application it became; None while it is a draft.
    """

    draft: BoundaryDraft
    version: DraftVersion
    answers: Answers
    verdict: AreaVerdict
    parts: list[PartState]
    submission: DraftSubmission | None

    @property
    def missing(self) -> list[PartState]:
        """The parts it may not be submitted without."""
        return missing_parts(self.parts)


def draft_case(
    session: AnySession, deed: Deed, reference: str, on: date, *, default: Applicant | None = None
) -> DraftCase:
    """Return a draft of one's own organisation as it stands on a day.

    Args:
        session: the database.
        deed: who looks.
        reference: of the draft.
        on: the day whose law and boundaries apply.
        default: who most likely applies, until the draft says who does.

    Raises:
        NotFoundError: there is none of that reference.
        NotAllowedError: it is another organisation's.
    """
    return case_of(session, draft_by_reference(session, deed, reference), on, default=default)


def case_of(session: AnySession, draft: BoundaryDraft, on: date, *, default: Applicant | None = None) -> DraftCase:
    """Return a draft as it stands on a day, whoever looks; the errors are the caller's to check."""
    version, answers = version_of(session, draft), answers_of(session, draft)
    applicant = applicant_of(answers) or default
    submission = submission_of(session, draft)
    own = submission.area.reference if submission else None
    verdict = examine(session, line_of(version), applicant=applicant, on=on, reference=own)
    return DraftCase(
        draft=draft,
        version=version,
        answers=answers,
        verdict=verdict,
        parts=parts_of_application(answers, line_facts(version, verdict, applicant)),
        submission=submission,
    )


def line_of(version: DraftVersion) -> Drawn:
    """Return the line of a version as one that came in by being drawn here."""
    source = Source(
        format="Folkmoot",
        layer=f"{version.draft.reference} version {version.number}",
        crs="EPSG:27700",
        crs_evidence="It was drawn on the British grid.",
        flipped=False,
    )
    return Drawn(geometry_bng=version.geometry, source=source)


def line_facts(version: DraftVersion, verdict: AreaVerdict, applicant: Applicant | None) -> LineFacts:
    """Return what the line means for its application: what bars it, and whose parishes it takes in besides one's own.

    Source: AREA-3, AREA-4, AREA-5.
    """
    west, south, east, north = version.geometry.bounds
    barred = []
    if not is_valid_ogc(version.geometry):
        barred.append("The line crosses or touches itself.")
    if verdict.route is Route.BARRED:
        barred += [each.message for each in verdict.findings if each.severity is Severity.ERROR]
    own = applicant.parish_code if applicant and applicant.kind is ApplicantKind.PARISH else None
    others = [
        each.place.name for each in verdict.parishes if each.place.has_council and own and each.place.reference != own
    ]
    return LineFacts(
        bounds_bng=(west, south, east, north),
        barred=barred,
        other_councils=others,
        is_likely_forum=applicant is not None and applicant.kind is ApplicantKind.FORUM,
    )


def part_of(case: DraftCase, part: Part) -> PartState:
    """Return one part of a draft's application."""
    return next(each for each in case.parts if each.part is part)
