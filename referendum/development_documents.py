"""The documents of a development plan that authorities adopt, and what follows from when each became part of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from referendum.question import Instrument
from referendum.stage_names import Stage
from referendum.stages import standing


class DocumentKind(StrEnum):
    """What kind of document of the development plan an authority has adopted.

    Source: AFTER-1, Planning and Compulsory Purchase Act 2004 s 38(2)-(3).
    """

    LOCAL_PLAN = "local-plan"
    JOINT_PLAN = "joint-local-plan"
    AREA_ACTION_PLAN = "area-action-plan"
    MINERALS_AND_WASTE = "minerals-and-waste-plan"
    MINERALS = "minerals-plan"
    WASTE = "waste-plan"
    STRATEGY = "spatial-development-strategy"
    OTHER = "other-development-plan-document"


KIND_WORDS: Mapping[DocumentKind, str] = {
    DocumentKind.LOCAL_PLAN: "Local plan",
    DocumentKind.JOINT_PLAN: "Joint local plan",
    DocumentKind.AREA_ACTION_PLAN: "Area action plan",
    DocumentKind.MINERALS_AND_WASTE: "Minerals and waste plan",
    DocumentKind.MINERALS: "Minerals plan",
    DocumentKind.WASTE: "Waste plan",
    DocumentKind.STRATEGY: "Spatial development strategy",
    DocumentKind.OTHER: "Other development plan document",
}


class Ending(StrEnum):
    """How a document stopped being part of the development plan."""

    ENDED = "ended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    QUASHED = "quashed"


ENDING_WORDS: Mapping[Ending, str] = {
    Ending.ENDED: "Ended",
    Ending.SUPERSEDED: "Replaced by a newer plan",
    Ending.WITHDRAWN: "Withdrawn",
    Ending.REVOKED: "Revoked",
    Ending.QUASHED: "Quashed by a court",
}


class Part(Protocol):
    """One part of a development plan: its reference, and the first day on which it was part."""

    @property
    def reference(self) -> str:
        """Its public reference."""

    @property
    def part_from(self) -> date:
        """The first day on which it was part."""


AnyPart = TypeVar("AnyPart", bound=Part)


def last_first(parts: Iterable[AnyPart]) -> list[AnyPart]:
    """Return the parts with the last to become part first, since in a conflict its policies prevail.

    Two that became part on one day stand in the order of their references, and neither prevails by this rule.

    Source: AFTER-2, Planning and Compulsory Purchase Act 2004 s 38(5).
    """
    return sorted(sorted(parts, key=lambda part: part.reference), key=lambda part: part.part_from, reverse=True)


def weighed_since(instrument: Instrument, steps: Sequence[tuple[date, Stage]], on: date) -> date | None:
    """Return since when a draft plan has had to be weighed in deciding applications on a day; None where it need not.

    Args:
        instrument: only plans are weighed, never orders.
        steps: every step of it, in the order in which they were taken: its day and the stage it led to.
        on: the day asked about.

    Source: AFTER-3, RESULT-8, RESULT-9, Town and Country Planning Act 1990 s 70(2)(aza), (3B)-(3BB).
    """
    since: date | None = None
    for day, stage in steps:
        if day > on:
            break
        if not standing(instrument, stage).taken_into_account:
            since = None
        elif since is None:
            since = day
    return since
