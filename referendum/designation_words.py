"""How reasons are worded: names of parishes and areas, and a reason of each severity."""

from referendum.designation_facts import OverlapFact, ParishFact, Reason
from referendum.findings import Severity


def called(parish: ParishFact) -> str:
    """Return a parish by its name and code."""
    return f"{parish.name} ({parish.code})" if parish.name else parish.code


def titled(overlap: OverlapFact) -> str:
    """Return a current area by its name, or its reference where it has none."""
    return f"neighbourhood area {overlap.name or overlap.reference}"


def listed(names: list[str]) -> str:
    """Return names as a sentence has them: A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def error(code: str, rule: str, message: str) -> Reason:
    """Return a reason that is an error: it bars."""
    return Reason(code=code, severity=Severity.ERROR, message=message, rule=rule)


def warning(code: str, rule: str, message: str, *, about: str | None = None) -> Reason:
    """Return a reason that is a warning: someone must look."""
    return Reason(code=code, severity=Severity.WARNING, message=message, rule=rule, about=about)


def notice(code: str, rule: str, message: str, *, about: str | None = None) -> Reason:
    """Return a reason that is a notice: it informs."""
    return Reason(code=code, severity=Severity.NOTICE, message=message, rule=rule, about=about)
