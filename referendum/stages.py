"""The stages of a plan or order, the lawful moves between them, and what it counts for at each.

A plan is part of the development plan from its yes vote; an order grants nothing until it is made: two ladders (T-34).
"""

from dataclasses import dataclass
from enum import StrEnum

from referendum.errors import StageError
from referendum.question import INSTRUMENT_NAMES, Instrument


class Stage(StrEnum):
    """Where a proposal stands."""

    PREPARATION = "preparation"
    PRE_SUBMISSION = "pre-submission"
    SUBMITTED = "submitted"
    PUBLICISED = "publicised"
    EXAMINATION = "examination"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A lawful move: who takes a proposal from one stage to another, doing what, under which rule."""

    from_stage: Stage
    to_stage: Stage
    action: str
    by: Actor
    rule: str
    instruments: frozenset[Instrument]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a proposal counts for at a stage.

    Attributes:
        in_development_plan: its policies are part of the development plan.
        grants_permission: it gives planning permission.
        taken_into_account: a draft that must be weighed when applications are decided.
        closed: nothing more can happen to it.
    """

    in_development_plan: bool
    grants_permission: bool
    taken_into_account: bool
    closed: bool


_ALL = frozenset(Instrument)
_PLAN = frozenset({Instrument.NDP})
_ORDERS = _ALL - _PLAN
_QB, _LPA, _COURT, _SOS = Actor.QUALIFYING_BODY, Actor.AUTHORITY, Actor.COURT, Actor.SECRETARY_OF_STATE
_CO = Actor.COUNTING_OFFICER
_S = Stage

BEFORE_EXAMINATION = (_S.PREPARATION, _S.PRE_SUBMISSION, _S.SUBMITTED, _S.PUBLICISED)
BEFORE_DECISION = (*BEFORE_EXAMINATION, _S.EXAMINATION, _S.REPORT_RECEIVED, _S.DIFFERING_VIEW)

_Row = tuple[Stage, Stage, str, Actor, str, frozenset[Instrument]]
_TABLE: tuple[_Row, ...] = (
    (_S.PREPARATION, _S.PRE_SUBMISSION, "publicise the draft for comment", _QB, "STEP-1", _ALL),
    (_S.PRE_SUBMISSION, _S.SUBMITTED, "submit the proposal", _QB, "STEP-2", _ALL),
    (_S.SUBMITTED, _S.PUBLICISED, "publicise the proposal", _LPA, "STEP-5", _ALL),
    (_S.SUBMITTED, _S.REFUSED, "refuse a proposal that is incomplete or unlawful", _LPA, "STEP-3", _ALL),
    (_S.SUBMITTED, _S.DECLINED, "decline a repeat proposal", _LPA, "STEP-4", _ALL),
    (_S.PUBLICISED, _S.EXAMINATION, "send the proposal to the examiner", _LPA, "STEP-7", _ALL),
    (_S.EXAMINATION, _S.REPORT_RECEIVED, "report", Actor.EXAMINER, "EXAM-1", _ALL),
    (_S.REPORT_RECEIVED, _S.REFERENDUM_DUE, "decide that a referendum must be held", _LPA, "EXAM-5", _ALL),
    (_S.REPORT_RECEIVED, _S.REFUSED, "refuse the proposal", _LPA, "STEP-12", _ALL),
    (_S.REPORT_RECEIVED, _S.DIFFERING_VIEW, "invite comments on departing from the report", _LPA, "STEP-11", _ALL),
    (_S.DIFFERING_VIEW, _S.REFERENDUM_DUE, "decide that a referendum must be held", _LPA, "STEP-11", _ALL),
    (_S.DIFFERING_VIEW, _S.REFUSED, "refuse the proposal", _LPA, "STEP-11", _ALL),
    (_S.REPORT_RECEIVED, _S.INTERVENTION, "ask the Secretary of State to intervene", _QB, "STEP-15", _ALL),
    (_S.DIFFERING_VIEW, _S.INTERVENTION, "ask the Secretary of State to intervene", _QB, "STEP-15", _ALL),
    (_S.REFERENDUM_DUE, _S.INTERVENTION, "ask the Secretary of State to intervene", _QB, "STEP-15", _ALL),
    (_S.INTERVENTION, _S.REFERENDUM_DUE, "direct that a referendum must be held", _SOS, "STEP-15", _ALL),
    (_S.INTERVENTION, _S.REFUSED, "direct that the proposal is refused", _SOS, "STEP-15", _ALL),
    (_S.INTERVENTION, _S.REPORT_RECEIVED, "leave the decision to the authority", _SOS, "STEP-15", _ALL),
    (_S.REFERENDUM_DUE, _S.REFERENDUM_HELD, "hold the poll", _CO, "REF-1", _ALL),
    (_S.REFERENDUM_DUE, _S.SUSPENDED, "stop the poll", _COURT, "REF-23", _ALL),
    (_S.SUSPENDED, _S.REFERENDUM_DUE, "let the poll go ahead", _COURT, "REF-23", _ALL),
    (_S.SUSPENDED, _S.QUASHED, "quash the decision", _COURT, "RESULT-11", _ALL),
    (_S.REFERENDUM_DUE, _S.QUASHED, "quash the decision", _COURT, "RESULT-11", _ALL),
    (_S.REFERENDUM_HELD, _S.IN_DEVELOPMENT_PLAN, "declare a result in favour", _CO, "RESULT-5", _PLAN),
    (_S.REFERENDUM_HELD, _S.APPROVED, "declare a result in favour", _CO, "RESULT-6", _ORDERS),
    (_S.REFERENDUM_HELD, _S.DIVIDED, "declare that residents and businesses differ", _CO, "RESULT-8", _ALL),
    (_S.REFERENDUM_HELD, _S.NOT_APPROVED, "declare a result not in favour", _CO, "RESULT-9", _ALL),
    (_S.IN_DEVELOPMENT_PLAN, _S.MADE, "make the plan", _LPA, "RESULT-3", _PLAN),
    (_S.IN_DEVELOPMENT_PLAN, _S.NOT_MADE, "decide on a lawful ground not to make it", _LPA, "RESULT-4", _PLAN),
    (_S.IN_DEVELOPMENT_PLAN, _S.QUASHED, "quash the result", _COURT, "RESULT-11", _PLAN),
    (_S.APPROVED, _S.MADE, "make the order", _LPA, "RESULT-3", _ORDERS),
    (_S.APPROVED, _S.NOT_MADE, "decide on a lawful ground not to make it", _LPA, "RESULT-4", _ORDERS),
    (_S.APPROVED, _S.QUASHED, "quash the result", _COURT, "RESULT-11", _ORDERS),
    (_S.DIVIDED, _S.MADE, "choose, with reasons, to make it", _LPA, "RESULT-7", _ALL),
    (_S.DIVIDED, _S.NOT_MADE, "choose, with reasons, not to make it", _LPA, "RESULT-7", _ALL),
    (_S.MADE, _S.QUASHED, "quash it", _COURT, "RESULT-11", _ALL),
    (_S.MADE, _S.REVOKED, "revoke it, with the Secretary of State's consent", _LPA, "MOD-9", _ALL),
    (_S.MADE, _S.SUPERSEDED, "make a plan that replaces it", _LPA, "PLAN-4", _PLAN),
    *((stage, _S.WITHDRAWN, "withdraw the proposal", _QB, "STEP-8", _ALL) for stage in BEFORE_DECISION),
    *((stage, _S.FALLEN, "lose the forum's designation", Actor.LAW, "FORUM-17", _ALL) for stage in BEFORE_EXAMINATION),
)


def lawful_moves(instrument: Instrument, stage: Stage) -> tuple[Move, ...]:
    """Return every lawful move of a plan or order from a stage; none where it is closed.

    Source: STEP-1, STEP-2, STEP-3, STEP-4, STEP-5, STEP-7, STEP-8, STEP-11, STEP-12, STEP-15, EXAM-1, EXAM-5, FORUM-17,
    PLAN-4, REF-1, REF-23, RESULT-3, RESULT-4, RESULT-5, RESULT-6, RESULT-7, RESULT-8, RESULT-9, RESULT-11, MOD-9.
    STEP-3, STEP-8 for orders, FORUM-17 for orders and the stages after an intervention are unverified.
    """
    return tuple(
        Move(from_stage=start, to_stage=end, action=action, by=by, rule=rule, instruments=instruments)
        for start, end, action, by, rule, instruments in _TABLE
        if start is stage and instrument in instruments
    )


def check_move(instrument: Instrument, stage: Stage, to_stage: Stage) -> Move:
    """Return the lawful move from one stage to another.

    Raises: StageError, saying what is lawful from here, where there is none. A proposal cannot be withdrawn once the
    authority has decided on the report, although the poll is still to come (T-41).
    Source: STEP-8, RESULT-5, RESULT-6, Town and Country Planning Act 1990 Sch 4B para 2.
    """
    moves = lawful_moves(instrument, stage)
    for move in moves:
        if move.to_stage is to_stage:
            return move
    name = INSTRUMENT_NAMES[instrument]
    if to_stage is Stage.WITHDRAWN and moves:
        raise StageError(
            f"This {name} can no longer be withdrawn: that ends when the authority decides on the examiner's report "
            "(STEP-8)."
        )
    onward = ", ".join(sorted({words(move.to_stage) for move in moves}))
    may = f"from here it may become: {onward}" if onward else "nothing more can happen to it"
    raise StageError(f"A {name} at the stage “{words(stage)}” cannot become “{words(to_stage)}”; {may}.")


def words(stage: Stage) -> str:
    """Return a stage as people write it."""
    return stage.value.replace("-", " ")


_WEIGHED = frozenset({_S.REFERENDUM_DUE, _S.SUSPENDED, _S.REFERENDUM_HELD, _S.DIVIDED})


def standing(instrument: Instrument, stage: Stage) -> Standing:
    """Say what a plan or order counts for at a stage.

    Reading: a draft plan is weighed from the decision to hold a referendum; a divided result does not by itself make it
    part of the development plan; an approved order counts for nothing until it is made.
    Source: RESULT-5, RESULT-6, RESULT-8, RESULT-9, AFTER-3, T-34, Planning and Compulsory Purchase Act 2004
    s 38(3A)-(3B).
    """
    is_plan = instrument is Instrument.NDP
    return Standing(
        in_development_plan=is_plan and stage in {Stage.IN_DEVELOPMENT_PLAN, Stage.MADE},
        grants_permission=not is_plan and stage is Stage.MADE,
        taken_into_account=is_plan and stage in _WEIGHED,
        closed=not lawful_moves(instrument, stage),
    )
