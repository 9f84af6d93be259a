"""The table of what each step needs: documents, points to confirm, facts on record, reasons."""

from dataclasses import dataclass
from enum import StrEnum

from referendum.question import Instrument
from referendum.stage_names import Actor, Course, Stage


class Evidence(StrEnum):
    """How a need is met."""

    DOCUMENT = "document"
    CONFIRMATION = "confirmation"
    RECORD = "record"
    """By what the case itself holds: dates, an appointment, decisions."""
    REASONS = "reasons"
    """By the reasons given with the step."""


_ALL = frozenset(Instrument)
_PLAN = frozenset({Instrument.NDP})
_ORDERS, _CRTBO = _ALL - _PLAN, frozenset({Instrument.CRTBO})
_EVERY = frozenset(Course)
_CHANGES = frozenset({Course.CHANGE_WITHOUT_REFERENDUM, Course.CHANGE_WITH_REFERENDUM})
_PLAIN, _MINOR = frozenset({Course.CHANGE_WITHOUT_REFERENDUM}), frozenset({Course.MINOR_CHANGE})
_POLLED = frozenset({Course.NEW, Course.CHANGE_WITH_REFERENDUM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that must be there before a step, or be done after it.

    Attributes:
        stage: the stage the step leads to, or after which it is to be done.
        from_stage: only for the step from this stage; None for every step to `stage`.
        code: by which documents are filed and points confirmed.
        text: what it is, to stand after "missing:".
        evidence: how it is met.
        by: whose task it is.
        rule: rule id.
    """

    stage: Stage
    code: str
    text: str
    evidence: Evidence
    by: Actor
    rule: str
    instruments: frozenset[Instrument] = _ALL
    courses: frozenset[Course] = _EVERY
    from_stage: Stage | None = None

    def concerns(self, instrument: Instrument, course: Course) -> bool:
        """Say whether it is asked of this instrument on this course."""
        return instrument in self.instruments and course in self.courses


_QB, _LPA, _EXAMINER = Actor.QUALIFYING_BODY, Actor.AUTHORITY, Actor.EXAMINER
_DOC, _YES, _REC, _WHY = Evidence.DOCUMENT, Evidence.CONFIRMATION, Evidence.RECORD, Evidence.REASONS
_Row = tuple[str, str, Evidence, Actor, str]


def _needs(
    stage: Stage,
    *rows: _Row,
    instruments: frozenset[Instrument] = _ALL,
    courses: frozenset[Course] = _EVERY,
    from_stage: Stage | None = None,
) -> tuple[Need, ...]:
    return tuple(
        Need(
            stage=stage,
            code=code,
            text=text,
            evidence=evidence,
            by=by,
            rule=rule,
            instruments=instruments,
            courses=courses,
            from_stage=from_stage,
        )
        for code, text, evidence, by, rule in rows
    )


_PRE_SUBMISSION = (
    *_needs(
        Stage.PRE_SUBMISSION,
        ("pre-submission-draft", "the draft that people are to comment on", _DOC, _QB, "STEP-1"),
        ("publicity", "how, where and when people can see the draft and answer", _YES, _QB, "STEP-1"),
        ("consultation-bodies", "the list of bodies that are consulted", _YES, _QB, "STEP-1"),
        ("copy-to-authority", "a copy of the draft sent to the council", _YES, _QB, "STEP-1"),
    ),
    *_needs(
        Stage.PRE_SUBMISSION,
        ("view-on-nature", "the body's view, with reasons, whether the plan's nature changes", _YES, _QB, "MOD-2"),
        courses=_CHANGES,
    ),
)
_SUBMITTED = (
    *_needs(Stage.SUBMITTED, ("comments-closed", "the end of the comments on the draft", _REC, _QB, "STEP-1")),
    *_needs(
        Stage.SUBMITTED,
        ("map", "the map of the area at scale, or a statement of it", _DOC, _QB, "STEP-2"),
        ("submission-draft", "the draft as submitted", _DOC, _QB, "STEP-2"),
        ("consultation-statement", "the consultation statement", _DOC, _QB, "STEP-2"),
        ("basic-conditions-statement", "the basic conditions statement", _DOC, _QB, "STEP-2"),
    ),
    *_needs(
        Stage.SUBMITTED,
        ("environmental-report", "the environmental report, or why none is needed", _DOC, _QB, "STEP-2"),
        ("period", "the years for which the plan has effect", _REC, _QB, "PLAN-2"),
        ("content", "a check that nothing in it is excluded development", _YES, _QB, "PLAN-3"),
        instruments=_PLAN,
    ),
    *_needs(
        Stage.SUBMITTED,
        ("order-documents", "the further documents an order needs", _DOC, _QB, "STEP-2"),
        ("content", "a check for excluded development and for land with permission already", _YES, _QB, "ORDER-4"),
        instruments=_ORDERS,
    ),
    *_needs(
        Stage.SUBMITTED,
        ("community-organisation", "the facts that show who may propose it", _YES, _QB, "CRTBO-2"),
        ("enfranchisement", "whether leaseholders lose the right to buy homes built under it", _YES, _QB, "CRTBO-5"),
        instruments=_CRTBO,
    ),
    *_needs(
        Stage.SUBMITTED,
        ("summary-and-reasons", "the summary of the changes and the reasons for them", _DOC, _QB, "MOD-1"),
        courses=_CHANGES,
    ),
)
_LEGAL_CHECK: tuple[_Row, ...] = (
    ("body-authorised", "the check that the body may propose it", _YES, _LPA, "STEP-3"),
    ("papers-complete", "the check that every paper is there", _YES, _LPA, "STEP-3"),
    ("pre-submission-done", "the check that the draft was publicised as it must be", _YES, _LPA, "STEP-3"),
    ("content-lawful", "the check that it contains only what it may", _YES, _LPA, "STEP-3"),
    ("not-a-repeat", "the check that it is no repeat of a failed proposal", _YES, _LPA, "STEP-3"),
)
_PUBLICISED = (
    *_needs(Stage.PUBLICISED, *_LEGAL_CHECK),
    *_needs(
        Stage.PUBLICISED,
        ("authority-view-on-nature", "the council's view whether the plan's nature changes", _YES, _LPA, "MOD-3"),
        courses=_CHANGES,
    ),
)
_EXAMINATION = (
    *_needs(
        Stage.EXAMINATION,
        ("comments-closed", "the end of the comments on the proposal", _REC, _LPA, "STEP-5"),
        ("examiner-appointed", "an examiner appointed with the body's consent", _REC, _LPA, "STEP-6"),
        ("representations", "the comments received, for the examiner", _DOC, _LPA, "STEP-7"),
        ("habitats", "what is known of protected habitats, for the examiner", _YES, _LPA, "STEP-7"),
        from_stage=Stage.PUBLICISED,
    ),
    *_needs(
        Stage.BODY_CHOICE,
        ("nature-found", "the examiner's finding that the plan's nature changes, with reasons", _REC, _LPA, "MOD-4"),
        courses=_PLAIN,
    ),
)
_REPORT = (
    *_needs(
        Stage.REPORT_RECEIVED,
        ("examiner-report", "the examiner's report", _DOC, _LPA, "EXAM-1"),
        ("report-says-all", "what the report recommends as a whole", _REC, _LPA, "EXAM-1"),
        from_stage=Stage.EXAMINATION,
    ),
    *_needs(
        Stage.DIFFERING_VIEW,
        ("reasons", "the reasons for departing from the report", _WHY, _LPA, "STEP-11"),
    ),
)
_DECISION: tuple[_Row, ...] = (
    ("recommendations-decided", "a decision and its reason on each recommendation", _REC, _LPA, "STEP-12"),
    ("basic-conditions", "every basic condition found to be met", _REC, _LPA, "EXAM-5"),
    ("area-decided", "the decision on the referendum area", _REC, _LPA, "EXAM-4"),
)
_REFERENDUM = (
    *_needs(Stage.REFERENDUM_DUE, *_DECISION, from_stage=Stage.REPORT_RECEIVED),
    *_needs(
        Stage.REFERENDUM_DUE,
        ("no-departure-on-facts", "comments invited before departing from the report", _REC, _LPA, "STEP-11"),
        from_stage=Stage.REPORT_RECEIVED,
    ),
    *_needs(
        Stage.REFERENDUM_DUE,
        ("comments-closed", "the end of the comments on departing from the report", _REC, _LPA, "STEP-11"),
        *_DECISION,
        from_stage=Stage.DIFFERING_VIEW,
    ),
    *_needs(
        Stage.APPROVED,
        ("recommendations-decided", "a decision and its reason on each recommendation", _REC, _LPA, "STEP-12"),
        ("report-followed", "every recommendation of a report in favour accepted", _REC, _LPA, "MOD-5"),
        ("basic-conditions", "every basic condition found to be met", _REC, _LPA, "MOD-5"),
        courses=_PLAIN,
    ),
    *_needs(
        Stage.APPROVED,
        ("submission-draft", "the plan as changed", _DOC, _LPA, "MOD-6"),
        ("body-consents", "the qualifying body's consent to the change", _YES, _QB, "MOD-6"),
        ("policies-not-affected", "the check that no policy is materially affected", _YES, _LPA, "MOD-6"),
        courses=_MINOR,
        from_stage=Stage.PREPARATION,
    ),
)
_ENDINGS = (
    *_needs(Stage.REFUSED, ("reasons", "the reasons for refusing it", _WHY, _LPA, "STEP-3")),
    *_needs(
        Stage.REFUSED,
        ("recommendations-decided", "a decision and its reason on each recommendation", _REC, _LPA, "STEP-12"),
        from_stage=Stage.REPORT_RECEIVED,
    ),
    *_needs(
        Stage.DECLINED,
        (
            "earlier-failure",
            "an earlier proposal that failed in the two years before it was received",
            _REC,
            _LPA,
            "STEP-4",
        ),
        ("reasons", "the reasons for taking it for a repeat", _WHY, _LPA, "STEP-4"),
    ),
    *_needs(Stage.INTERVENTION, ("reasons", "what the Secretary of State is asked, and why", _WHY, _QB, "STEP-15")),
    *_needs(
        Stage.REVOKED,
        ("consent-to-revoke", "the Secretary of State's consent", _DOC, _LPA, "MOD-9"),
        ("reasons", "the reasons for revoking it", _WHY, _LPA, "MOD-9"),
    ),
    *_needs(Stage.QUASHED, ("reasons", "the court's order, its number and its day", _WHY, _LPA, "RESULT-11")),
    *_needs(Stage.SUSPENDED, ("reasons", "the court's order, its number and its day", _WHY, _LPA, "REF-23")),
)

BEFORE: tuple[Need, ...] = (
    *_PRE_SUBMISSION,
    *_SUBMITTED,
    *_PUBLICISED,
    *_EXAMINATION,
    *_REPORT,
    *_REFERENDUM,
    *_ENDINGS,
)
"""What must be there before each step. Source: as `needs.needs_of` says."""

_STATEMENT: tuple[_Row, ...] = (
    ("decision-statement", "the decision statement, published with its reasons", _DOC, _LPA, "STEP-12"),
    ("body-told-of-decision", "send the decision to the body and to everyone who asked", _YES, _LPA, "STEP-12"),
)
_AFTER_MAKING: tuple[_Row, ...] = (
    ("making-published", "publish the decision whether to make it, and why", _YES, _LPA, "STEP-13"),
    ("askers-told", "tell the body and everyone who asked", _YES, _LPA, "RESULT-12"),
)
AFTER: tuple[Need, ...] = (
    *_needs(
        Stage.PUBLICISED,
        ("bodies-notified", "tell the bodies named in the consultation statement", _YES, _LPA, "STEP-5"),
    ),
    *_needs(
        Stage.PUBLICISED,
        ("enfranchisement-shown", "show in the publicity whether leaseholders lose a right", _YES, _LPA, "CRTBO-5"),
        instruments=_CRTBO,
    ),
    *_needs(Stage.EXAMINATION, ("sent-to-examiner", "send the examiner every paper", _YES, _LPA, "STEP-7")),
    *(need for stage in (Stage.REFERENDUM_DUE, Stage.REFUSED, Stage.DECLINED) for need in _needs(stage, *_STATEMENT)),
    *_needs(Stage.APPROVED, *_STATEMENT, courses=_PLAIN | _MINOR),
    *_needs(Stage.MADE, *_AFTER_MAKING),
    *_needs(Stage.MADE, ("made-version", "the plan or order as made, published for all to see", _DOC, _LPA, "STEP-14")),
    *_needs(Stage.NOT_MADE, *_AFTER_MAKING),
)
"""What is to be done after each step. Source: as `needs.duties_after` says."""
