"""What a check found: a code, how serious it is, where, and plain words."""

from dataclasses import dataclass
from decimal import Decimal
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
        rule: rule id of the rule book ("AREA-15"), or None where no rule speaks.
        at_bng: (easting, northing) of the place, EPSG:27700 metres, to 0.01 m; None for the whole.
        with_reference: reference of the other area concerned.
        area_m2: square metres concerned.
        max_width_m: greatest width in metres (diameter of the maximum inscribed circle).
        share: share concerned, 0 to 1, as a decimal to four places.
    """

    code: str
    severity: Severity
    message: str
    rule: str | None = None
    at_bng: tuple[float, float] | None = None
    with_reference: str | None = None
    area_m2: float | None = None
    max_width_m: float | None = None
    share: Decimal | None = None

    def document(self) -> dict[str, object]:
        """Return the finding as it stands in every published document (design: `findings`)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "rule": self.rule,
            "at": None if self.at_bng is None else [round(self.at_bng[0], 2), round(self.at_bng[1], 2)],
            "with": self.with_reference,
            "area_m2": None if self.area_m2 is None else round(self.area_m2, 2),
            "max_width_m": None if self.max_width_m is None else round(self.max_width_m, 3),
            "share": None if self.share is None else str(self.share),
        }
