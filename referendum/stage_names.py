"""The names of a proposal's stages, of who moves it between them, and of the courses it can take."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a proposal stands."""

    PREPARATION = "preparation"
    PRE_SUBMISSION = "pre-submission"
    SUBMITTED = "submitted"
    PUBLICISED = "publicised"
    EXAMINATION = "examination"
    BODY_CHOICE = "body-to-choose"
    REPORT_RECEIVED = "report-received"
    DIFFERING_VIEW = "differing-view"
    INTERVENTION = "intervention-requested"
    REFERENDUM_DUE = "referendum-to-be-held"
    SUSPENDED = "suspended-by-court"
    REFERENDUM_HELD = "referendum-held"
    IN_DEVELOPMENT_PLAN = "in-development-plan-not-yet-made"
    APPROVED = "approved-not-yet-made"
    DIVIDED = "divided-result"
    MADE = "made"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    FALLEN = "fallen"
    NOT_APPROVED = "not-approved"
    NOT_MADE = "not-made"
    QUASHED = "quashed"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class Actor(StrEnum):
    """Who may take a step."""

    QUALIFYING_BODY = "qualifying body"
    AUTHORITY = "local planning authority"
    EXAMINER = "examiner"
    COUNTING_OFFICER = "counting officer"
    SECRETARY_OF_STATE = "Secretary of State"
    COURT = "court"
    LAW = "operation of law"


class Course(StrEnum):
    """A new proposal, or one of the three ways of changing a made plan.

    Source: MOD-3, MOD-5, MOD-6.
    """

    NEW = "new"
    MINOR_CHANGE = "minor-change"
    CHANGE_WITHOUT_REFERENDUM = "change-without-referendum"
    CHANGE_WITH_REFERENDUM = "change-with-referendum"
