"""Tables, one noun a file; no rules."""

from app.models.area import AreaApplication, AreaDecision, AreaStatus, AreaVersion, NeighbourhoodArea
from app.models.audit import AuditEvent
from app.models.base import Base, ReferenceCounter
from app.models.boundary import Boundary, BoundaryKind
from app.models.electorate import ElectorateCount, Register, RegisterEntry
from app.models.group import NeighbourhoodGroup
from app.models.organisation import ForumMember, MemberCapacity, Organisation, OrganisationKind
from app.models.plan import DevelopmentPlanEntry, Plan, PlanStep
from app.models.published_result import PublishedDeclaration
from app.models.referendum import BallotPaperAccount, CountRound, Declaration, Referendum
from app.models.user import AccessToken, RoleHeld, SignInAttempt, User, UserSession

__all__ = [
    "AccessToken",
    "AreaApplication",
    "AreaDecision",
    "AreaStatus",
    "AreaVersion",
    "AuditEvent",
    "BallotPaperAccount",
    "Base",
    "Boundary",
    "BoundaryKind",
    "CountRound",
    "Declaration",
    "DevelopmentPlanEntry",
    "ElectorateCount",
    "ForumMember",
    "MemberCapacity",
    "NeighbourhoodArea",
    "NeighbourhoodGroup",
    "Organisation",
    "OrganisationKind",
    "Plan",
    "PlanStep",
    "PublishedDeclaration",
    "ReferenceCounter",
    "Referendum",
    "Register",
    "RegisterEntry",
    "RoleHeld",
    "SignInAttempt",
    "User",
    "UserSession",
]
