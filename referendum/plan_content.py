"""What a plan or order may not contain: excluded development, and permission where there is permission already."""

from collections.abc import Collection
from enum import StrEnum

from referendum.designation_facts import Reason
from referendum.findings import Severity
from referendum.question import INSTRUMENT_NAMES, Instrument


class Excluded(StrEnum):
    """A kind of development that no neighbourhood plan or order may provide for.

    Source: ORDER-4, PLAN-3, Town and Country Planning Act 1990 s 61K. Unverified.
    """

    MINERALS = "minerals"
    WASTE = "waste"
    ENVIRONMENTAL_ANNEX_1 = "environmental-impact-annex-1"
    NATIONAL_INFRASTRUCTURE = "national-infrastructure"
    PRESCRIBED = "prescribed"


EXCLUDED_WORDS = {
    Excluded.MINERALS: "getting or working minerals",
    Excluded.WASTE: "waste development",
    Excluded.ENVIRONMENTAL_ANNEX_1: "development that always needs an environmental impact assessment (Annex 1)",
    Excluded.NATIONAL_INFRASTRUCTURE: "a nationally significant infrastructure project",
    Excluded.PRESCRIBED: "other development, or development in an area, that regulations exclude",
}


def content_reasons(
    instrument: Instrument, *, contains: Collection[Excluded], repeats_permission: bool = False
) -> tuple[Reason, ...]:
    """Return why a plan or order goes beyond what it may contain; nothing where it does not.

    Args: contains: kinds of excluded development it provides for; repeats_permission: an order grants permission for
    development that has permission already (plans grant none, so it is not asked of them).
    Source: PLAN-3, ORDER-2, ORDER-4, Planning and Compulsory Purchase Act 2004 s 38B(1)(b), (6); Town and Country
    Planning Act 1990 ss 61J(1)-(4), 61K. Unverified in part.
    """
    name = INSTRUMENT_NAMES[instrument]
    is_plan = instrument is Instrument.NDP
    found = [
        Reason(
            code="excluded-development",
            severity=Severity.ERROR,
            message=f"A {name} may not provide for {EXCLUDED_WORDS[each]}: take it out.",
            rule="PLAN-3" if is_plan else "ORDER-4",
        )
        for each in Excluded
        if each in contains
    ]
    if repeats_permission and not is_plan:
        message = f"A {name} cannot permit what has planning permission already: leave that out."
        found.append(Reason(code="has-permission", severity=Severity.ERROR, message=message, rule="ORDER-2"))
    return tuple(found)
