"""Tables, one noun a file; no rules."""

from app.models.area import AreaApplication, AreaDecision, AreaStatus, AreaVersion, NeighbourhoodArea
from app.models.audit import AuditEvent
from app.models.base import Base, ReferenceCounter
from app.models.boundary import Boundary, BoundaryKind
from app.models.electorate import ElectorateCount, Register, RegisterEntry
from app.models.plan import DevelopmentPlanEntry, Plan, PlanStep
from app.models.referendum import BallotPaperAccount, CountRound, Declaration, Referendum

__all__ = [
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
    "NeighbourhoodArea",
    "Plan",
    "PlanStep",
    "ReferenceCounter",
    "Referendum",
    "Register",
    "RegisterEntry",
]
