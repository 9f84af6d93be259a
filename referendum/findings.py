"""What the referendum rules found: a code, how serious it is, plain words, the rule, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a finding is: an error stops, a warning asks an officer, a notice informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found, in words for a parish clerk.

    Attributes:
        code: stable kebab-case name of the problem, for machines.
        severity: error, warning or notice.
        message: one plain sentence; what, where, what to do.
        rule: rule id of the rule book ("COUNT-16"), or None where no rule speaks.
        path: where in the document it was found, as a JSON Pointer; "" for the whole.
    """

    code: str
    severity: Severity
    message: str
    rule: str | None = None
    path: str = ""

    def document(self) -> dict[str, object]:
        """Return the finding as it stands in every published document (`findings`)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "rule": self.rule,
            "path": self.path,
        }
