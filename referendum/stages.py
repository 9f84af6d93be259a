"""The stages of a plan or order, the lawful moves between them, and what it counts for at each.

A plan is part of the development plan from its yes vote; an order grants nothing until it is made: two ladders (T-34).
"""

from dataclasses import dataclass

from referendum.errors import StageError
from referendum.question import INSTRUMENT_NAMES, Instrument
from referendum.stage_moves import BEFORE_DECISION, BEFORE_EXAMINATION, MOVES, Move
from referendum.stage_names import Actor, Course, Stage

__all__ = [
    "BEFORE_DECISION",
    "BEFORE_EXAMINATION",
    "Actor",
    "Course",
    "Move",
    "Stage",
    "Standing",
    "check_move",
    "lawful_moves",
    "standing",
    "words",
]

_S = Stage


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


def lawful_moves(instrument: Instrument, stage: Stage, course: Course = Course.NEW) -> tuple[Move, ...]:
    """Return every lawful move of a plan or order from a stage, on its course; none where it is closed.

    Source: STEP-1, STEP-2, STEP-3, STEP-4, STEP-5, STEP-7, STEP-8, STEP-11, STEP-12, STEP-15, EXAM-1, EXAM-5, FORUM-17,
    MOD-4, MOD-5, MOD-6, PLAN-4, REF-1, REF-23, RESULT-3, RESULT-4, RESULT-5, RESULT-6, RESULT-7, RESULT-8,
    RESULT-9, RESULT-11, MOD-9.
    STEP-3, STEP-8 for orders, FORUM-17 for orders and the stages after an intervention are unverified.
    """
    return tuple(
        move for move in MOVES if move.from_stage is stage and instrument in move.instruments and course in move.courses
    )


def check_move(instrument: Instrument, stage: Stage, to_stage: Stage, course: Course = Course.NEW) -> Move:
    """Return the lawful move from one stage to another.

    Raises: StageError, saying what is lawful from here, where there is none. A proposal cannot be withdrawn once the
    authority has decided on the report, although the poll is still to come (T-41).
    Source: STEP-8, RESULT-5, RESULT-6, Town and Country Planning Act 1990 Sch 4B para 2.
    """
    moves = lawful_moves(instrument, stage, course)
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
        closed=not any(lawful_moves(instrument, stage, course) for course in Course),
    )
