"""What must be there before a plan or order takes a step, what is to be done after one, and what is still missing."""

from collections.abc import Collection
from dataclasses import dataclass

from referendum.duty_table import AFTER
from referendum.need_rows import Evidence, Need
from referendum.need_table import BEFORE
from referendum.question import Instrument
from referendum.stage_moves import Move
from referendum.stage_names import Actor, Course, Stage

__all__ = ["Actor", "Checklist", "Evidence", "Need", "checklist", "duties_after", "need_by_code", "needs_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What a move needs, and how much of it is there.

    Attributes:
        done: what is there, in the order of the table.
        missing: what is not.
    """

    move: Move
    done: tuple[Need, ...]
    missing: tuple[Need, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the move can be made."""
        return not self.missing

    @property
    def words(self) -> str:
        """How far it is, as people say it: "6 of 8 done; missing: the map of the area, the draft plan"."""
        total = len(self.done) + len(self.missing)
        if not total:
            return "nothing else is needed"
        if not self.missing:
            return f"{total} of {total} done"
        return f"{len(self.done)} of {total} done; missing: {', '.join(need.text for need in self.missing)}"


def needs_of(move: Move, instrument: Instrument, course: Course) -> tuple[Need, ...]:
    """Return what must be there before a move is made, in the order in which people gather it.

    Source: STEP-1, STEP-2, STEP-3, STEP-4, STEP-5, STEP-6, STEP-7, STEP-11, STEP-12, PLAN-2, PLAN-3, ORDER-2, ORDER-4,
    CRTBO-2, CRTBO-3, CRTBO-4, CRTBO-5, EXAM-1, EXAM-3, EXAM-5, MOD-1, MOD-2, MOD-3, MOD-4, MOD-5, MOD-6, MOD-9.
    """
    return tuple(
        need
        for need in BEFORE
        if need.stage is move.to_stage
        and need.from_stage in {None, move.from_stage}
        and need.concerns(instrument, course)
    )


def duties_after(stage: Stage, instrument: Instrument, course: Course) -> tuple[Need, ...]:
    """Return what is to be done once a stage is reached; none of it holds up the next step.

    Source: STEP-5, STEP-7, STEP-12, STEP-13, STEP-14, RESULT-12, CRTBO-5.
    """
    return tuple(need for need in AFTER if need.stage is stage and need.concerns(instrument, course))


def need_by_code(code: str, instrument: Instrument | None = None, course: Course | None = None) -> Need | None:
    """Return a need by its code, the one asked of an instrument on a course where they are given; None for no code."""
    coded = [need for need in (*BEFORE, *AFTER) if need.code == code]
    asked = [need for need in coded if instrument in {None, *need.instruments} and course in {None, *need.courses}]
    return next(iter(asked or coded), None)


def checklist(
    move: Move, instrument: Instrument, course: Course, held: Collection[str], spared: Collection[str] = ()
) -> Checklist:
    """Return what a move needs and how much of it is there.

    Args:
        move: the step.
        instrument: what takes it.
        course: the course it is on.
        held: codes of what is there: documents filed, points confirmed, facts on record, reasons given.
        spared: codes of what is not called for in this case: neither done nor missing.
    """
    needed = [need for need in needs_of(move, instrument, course) if need.code not in spared]
    return Checklist(
        move=move,
        done=tuple(need for need in needed if need.code in held),
        missing=tuple(need for need in needed if need.code not in held),
    )
