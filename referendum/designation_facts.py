"""What must be known about an application for a neighbourhood area, and what the rules answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.errors import ReferendumError
from referendum.findings import Severity


class Route(StrEnum):
    """What the law leaves the authority: a duty, a discretion, or no power."""

    MUST = "must-designate"
    MAY = "may-designate"
    BARRED = "barred"


class ApplicantKind(StrEnum):
    """The two kinds of relevant body (AREA-2, Town and Country Planning Act 1990 s 61G(2))."""

    PARISH = "parish"
    FORUM = "forum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies: the council of a parish, by its code, or a body that is or could be a forum."""

    kind: ApplicantKind
    parish_code: str | None = None


class ApplicantError(ReferendumError):
    """An applicant that is neither a parish council nor a forum."""


def parse_applicant(text: str) -> Applicant:
    """Return the applicant written as "parish:CODE" or "forum".

    Raises: ApplicantError for anything else.
    Source: AREA-2.
    """
    kind, _, code = text.strip().partition(":")
    if kind.lower() == ApplicantKind.FORUM and not code:
        return Applicant(kind=ApplicantKind.FORUM)
    if kind.lower() == ApplicantKind.PARISH and code.strip():
        return Applicant(kind=ApplicantKind.PARISH, parish_code=code.strip())
    raise ApplicantError(
        f"The applicant {text!r} is not understood; write parish: and the parish's code, as in parish:E04001547, "
        "or write forum."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParishFact:
    """A parish that the area takes in more than a sliver of.

    Attributes:
        code, name: of the parish.
        has_council: whether it has a parish council on the day; None where nobody has said.
        is_exactly_the_area: the area and the parish are the same land within the tolerance.
    """

    code: str
    name: str
    has_council: bool | None = None
    is_exactly_the_area: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapFact:
    """A current neighbourhood area that shares more than a sliver with the area applied for.

    Attributes:
        reference, name: of the current area.
        is_inside_applicants_parish: no part of it wider than the tolerance lies outside the applicant's parish.
        parishes_changed: names of the council-governed parishes, not the applicant's own, that hold shared land.
    """

    reference: str
    name: str
    is_inside_applicants_parish: bool = False
    parishes_changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityFact:
    """A local planning authority in whose area some of the land falls."""

    code: str
    name: str
    is_national_park: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenApplicationFact:
    """An application for an area not yet decided: whether the same body made it, and whether the land overlaps."""

    reference: str
    is_same_body: bool = False
    is_overlapping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationFacts:
    """What is known of an application on a day; None where it was not given (an empty tuple means none there).

    Attributes:
        on: the day whose law and boundaries apply.
        applicant: who applies.
        parishes: the parishes that the area takes in.
        overlaps: the current areas that it shares land with.
        authorities: the planning authorities that it falls in.
        open_applications: applications not yet decided.
    """

    on: date
    applicant: Applicant | None = None
    parishes: tuple[ParishFact, ...] | None = None
    overlaps: tuple[OverlapFact, ...] | None = None
    authorities: tuple[AuthorityFact, ...] | None = None
    open_applications: tuple[OpenApplicationFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for a route, in plain words; `about` is the reference of the area or application concerned."""

    code: str
    severity: Severity
    message: str
    rule: str
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawfulRoute:
    """The answer: the route, the weeks to decide (None for no limit or not known), the rule set and the reasons."""

    route: Route
    clock_weeks: int | None
    rule_set: str
    reasons: tuple[Reason, ...]
