"""Who most likely applies with a draft: the visitor's own parish council or forum, or whoever an officer acts for."""

from app.auth import Visitor
from app.models import OrganisationKind
from referendum.designation_facts import Applicant, ApplicantKind

_FORUMS = frozenset({OrganisationKind.FORUM.value, OrganisationKind.COMMUNITY.value})


def own_applicant(visitor: Visitor | None) -> Applicant | None:
    """Return the visitor's own body as an applicant; None for an officer, who acts for others.

    Source: AREA-2.
    """
    if visitor is None:
        return None
    if visitor.organisation_kind == OrganisationKind.PARISH_COUNCIL.value:
        return Applicant(kind=ApplicantKind.PARISH, parish_code=visitor.actor.organisation)
    return Applicant(kind=ApplicantKind.FORUM) if visitor.organisation_kind in _FORUMS else None


def own_body(visitor: Visitor | None) -> dict[str, str]:
    """Return the fields on who applies that follow from the visitor's own body; none for an officer."""
    own = own_applicant(visitor)
    if visitor is None or own is None:
        return {}
    return {
        "kind": own.kind.value,
        "applicant_name": visitor.actor.organisation_name,
        "parish_code": own.parish_code or "",
    }
