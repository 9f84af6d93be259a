"""One row of the tables of needs and duties: what it is, how it is met, whose it is, and when it is asked."""

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


ALL = frozenset(Instrument)
PLAN = frozenset({Instrument.NDP})
ORDERS, CRTBO = ALL - PLAN, frozenset({Instrument.CRTBO})
EVERY = frozenset(Course)
CHANGES = frozenset({Course.CHANGE_WITHOUT_REFERENDUM, Course.CHANGE_WITH_REFERENDUM})
PLAIN, MINOR = frozenset({Course.CHANGE_WITHOUT_REFERENDUM}), frozenset({Course.MINOR_CHANGE})
POLLED = frozenset({Course.NEW, Course.CHANGE_WITH_REFERENDUM})


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
    instruments: frozenset[Instrument] = ALL
    courses: frozenset[Course] = EVERY
    from_stage: Stage | None = None

    def concerns(self, instrument: Instrument, course: Course) -> bool:
        """Say whether it is asked of this instrument on this course."""
        return instrument in self.instruments and course in self.courses


QB, LPA, EXAMINER = Actor.QUALIFYING_BODY, Actor.AUTHORITY, Actor.EXAMINER
DOC, YES, REC, WHY = Evidence.DOCUMENT, Evidence.CONFIRMATION, Evidence.RECORD, Evidence.REASONS
Row = tuple[str, str, Evidence, Actor, str]


def needs_at(
    stage: Stage,
    *rows: Row,
    instruments: frozenset[Instrument] = ALL,
    courses: frozenset[Course] = EVERY,
    from_stage: Stage | None = None,
) -> tuple[Need, ...]:
    """Return rows (code, text, evidence, whose, rule) as needs of the step to a stage."""
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
