"""What is asked of a succession, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models import Boundary, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionFacts:
    """A new authority in the place of one or several.

    Attributes:
        old_codes: codes of the authorities that are no more.
        code, name: of the new one.
        on: the first day on which it stands in their place.
    """

    old_codes: tuple[str, ...]
    code: str
    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessors:
    """The authorities that are no more, as they are stored.

    Attributes:
        names: name by code.
        organisations: those in which people hold roles; may be fewer than the codes.
        boundaries: their official boundaries that stand on the day before, of both kinds.
    """

    names: Mapping[str, str]
    organisations: tuple[Organisation, ...]
    boundaries: tuple[Boundary, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What a succession changed.

    Attributes:
        facts: what was asked.
        names: name of each authority that is no more, by its code.
        homes: what has the new authority now: references by noun, such as "areas", in order.
        kept: what keeps an old name or code although it has not ended, as sentences for an officer to look at.
    """

    facts: SuccessionFacts
    names: Mapping[str, str]
    homes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
