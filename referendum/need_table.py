"""The table of what each step of a plan or order needs before it: documents, points to confirm, facts on record."""

from referendum.need_rows import (
    CHANGES,
    CRTBO,
    DOC,
    LPA,
    MINOR,
    ORDERS,
    PLAIN,
    PLAN,
    QB,
    REC,
    WHY,
    YES,
    Need,
    Row,
    needs_at,
)
from referendum.stage_names import Stage

_PRE_SUBMISSION = (
    *needs_at(
        Stage.PRE_SUBMISSION,
        ("pre-submission-draft", "the draft that people are to comment on", DOC, QB, "STEP-1"),
        ("publicity", "how, where and when people can see the draft and answer", YES, QB, "STEP-1"),
        ("consultation-bodies", "the list of bodies that are consulted", YES, QB, "STEP-1"),
        ("copy-to-authority", "a copy of the draft sent to the council", YES, QB, "STEP-1"),
    ),
    *needs_at(
        Stage.PRE_SUBMISSION,
        ("view-on-nature", "the body's view, with reasons, whether the plan's nature changes", YES, QB, "MOD-2"),
        courses=CHANGES,
    ),
)
_SUBMITTED = (
    *needs_at(Stage.SUBMITTED, ("comments-closed", "the end of the comments on the draft", REC, QB, "STEP-1")),
    *needs_at(
        Stage.SUBMITTED,
        ("map", "the map of the area at scale, or a statement of it", DOC, QB, "STEP-2"),
        ("submission-draft", "the draft as submitted", DOC, QB, "STEP-2"),
        ("consultation-statement", "the consultation statement", DOC, QB, "STEP-2"),
        ("basic-conditions-statement", "the basic conditions statement", DOC, QB, "STEP-2"),
    ),
    *needs_at(
        Stage.SUBMITTED,
        ("environmental-report", "the environmental report, or why none is needed", DOC, QB, "STEP-2"),
        ("period", "the years for which the plan has effect", REC, QB, "PLAN-2"),
        ("content", "a check that nothing in it is excluded development", YES, QB, "PLAN-3"),
        instruments=PLAN,
    ),
    *needs_at(
        Stage.SUBMITTED,
        ("order-documents", "the further documents an order needs", DOC, QB, "STEP-2"),
        ("content", "a check for excluded development and for land with permission already", YES, QB, "ORDER-4"),
        instruments=ORDERS,
    ),
    *needs_at(
        Stage.SUBMITTED,
        ("community-organisation", "the facts that show who may propose it", YES, QB, "CRTBO-2"),
        ("enfranchisement", "whether leaseholders lose the right to buy homes built under it", YES, QB, "CRTBO-5"),
        instruments=CRTBO,
    ),
    *needs_at(
        Stage.SUBMITTED,
        ("summary-and-reasons", "the summary of the changes and the reasons for them", DOC, QB, "MOD-1"),
        courses=CHANGES,
    ),
)
_LEGAL_CHECK: tuple[Row, ...] = (
    ("body-authorised", "the check that the body may propose it", YES, LPA, "STEP-3"),
    ("papers-complete", "the check that every paper is there", YES, LPA, "STEP-3"),
    ("pre-submission-done", "the check that the draft was publicised as it must be", YES, LPA, "STEP-3"),
    ("content-lawful", "the check that it contains only what it may", YES, LPA, "STEP-3"),
    ("not-a-repeat", "the check that it is no repeat of a failed proposal", YES, LPA, "STEP-3"),
)
_PUBLICISED = (
    *needs_at(Stage.PUBLICISED, *_LEGAL_CHECK),
    *needs_at(
        Stage.PUBLICISED,
        ("authority-view-on-nature", "the council's view whether the plan's nature changes", YES, LPA, "MOD-3"),
        courses=CHANGES,
    ),
)
_EXAMINATION = (
    *needs_at(
        Stage.EXAMINATION,
        ("comments-closed", "the end of the comments on the proposal", REC, LPA, "STEP-5"),
        ("examiner-appointed", "an examiner appointed with the body's consent", REC, LPA, "STEP-6"),
        ("representations", "the comments received, for the examiner", DOC, LPA, "STEP-7"),
        ("habitats", "what is known of protected habitats, for the examiner", YES, LPA, "STEP-7"),
        from_stage=Stage.PUBLICISED,
    ),
    *needs_at(
        Stage.BODY_CHOICE,
        ("nature-found", "the examiner's finding that the plan's nature changes, with reasons", REC, LPA, "MOD-4"),
        courses=PLAIN,
    ),
)
_REPORT = (
    *needs_at(
        Stage.REPORT_RECEIVED,
        ("examiner-report", "the examiner's report", DOC, LPA, "EXAM-1"),
        ("report-says-all", "what the report recommends as a whole", REC, LPA, "EXAM-1"),
        from_stage=Stage.EXAMINATION,
    ),
    *needs_at(
        Stage.DIFFERING_VIEW,
        ("reasons", "the reasons for departing from the report", WHY, LPA, "STEP-11"),
    ),
)
_DECISION: tuple[Row, ...] = (
    ("recommendations-decided", "a decision and its reason on each recommendation", REC, LPA, "STEP-12"),
    ("basic-conditions", "every basic condition found to be met", REC, LPA, "EXAM-5"),
    ("area-decided", "the decision on the referendum area", REC, LPA, "EXAM-4"),
)
_REFERENDUM = (
    *needs_at(Stage.REFERENDUM_DUE, *_DECISION, from_stage=Stage.REPORT_RECEIVED),
    *needs_at(
        Stage.REFERENDUM_DUE,
        ("no-departure-on-facts", "comments invited before departing from the report", REC, LPA, "STEP-11"),
        from_stage=Stage.REPORT_RECEIVED,
    ),
    *needs_at(
        Stage.REFERENDUM_DUE,
        ("comments-closed", "the end of the comments on departing from the report", REC, LPA, "STEP-11"),
        *_DECISION,
        from_stage=Stage.DIFFERING_VIEW,
    ),
    *needs_at(
        Stage.APPROVED,
        ("recommendations-decided", "a decision and its reason on each recommendation", REC, LPA, "STEP-12"),
        ("report-followed", "every recommendation of a report in favour accepted", REC, LPA, "MOD-5"),
        ("basic-conditions", "every basic condition found to be met", REC, LPA, "MOD-5"),
        courses=PLAIN,
    ),
    *needs_at(
        Stage.APPROVED,
        ("submission-draft", "the plan as changed", DOC, LPA, "MOD-6"),
        ("body-consents", "the qualifying body's consent to the change", YES, QB, "MOD-6"),
        ("policies-not-affected", "the check that no policy is materially affected", YES, LPA, "MOD-6"),
        courses=MINOR,
        from_stage=Stage.PREPARATION,
    ),
)
_ENDINGS = (
    *needs_at(Stage.REFUSED, ("reasons", "the reasons for refusing it", WHY, LPA, "STEP-3")),
    *needs_at(
        Stage.REFUSED,
        ("recommendations-decided", "a decision and its reason on each recommendation", REC, LPA, "STEP-12"),
        from_stage=Stage.REPORT_RECEIVED,
    ),
    *needs_at(
        Stage.DECLINED,
        (
            "earlier-failure",
            "an earlier proposal that failed in the two years before it was received",
            REC,
            LPA,
            "STEP-4",
        ),
        ("reasons", "the reasons for taking it for a repeat", WHY, LPA, "STEP-4"),
    ),
    *needs_at(Stage.INTERVENTION, ("reasons", "what the Secretary of State is asked, and why", WHY, QB, "STEP-15")),
    *needs_at(
        Stage.REVOKED,
        ("consent-to-revoke", "the Secretary of State's consent", DOC, LPA, "MOD-9"),
        ("reasons", "the reasons for revoking it", WHY, LPA, "MOD-9"),
    ),
    *needs_at(Stage.QUASHED, ("reasons", "the court's order, its number and its day", WHY, LPA, "RESULT-11")),
    *needs_at(Stage.SUSPENDED, ("reasons", "the court's order, its number and its day", WHY, LPA, "REF-23")),
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
