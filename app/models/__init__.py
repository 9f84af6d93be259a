"""Tables, one noun a file; no rules."""

from app.models.area import AreaApplication, AreaDecision, AreaStatus, AreaVersion, NeighbourhoodArea
from app.models.area_case import AreaChange, AreaChangePart, AreaConsent, ConsentPurpose, DecidedLine
from app.models.audit import AuditEvent
from app.models.base import Base, ReferenceCounter
from app.models.boundary import Boundary, BoundaryKind
from app.models.business import BusinessCount, BusinessRegistration, RatepayerLiability, RatepayerList
from app.models.consultation import ConsultationHeld, Message, Representation
from app.models.counting import (
    BoxCause,
    BoxStep,
    CountEntry,
    CountObserver,
    CountPortion,
    CountRelease,
    CountSignOff,
    PortionRound,
    RecountRequest,
    VerificationStatementRow,
)
from app.models.document import CaseDocument
from app.models.draft import BoundaryDraft, DraftEditor, DraftOrigin, DraftStart, DraftVersion
from app.models.draft_application import DraftAnswer, DraftSubmission
from app.models.draft_share import CommentStanding, DraftComment, DraftShare
from app.models.electorate import ElectorateCount, Register, RegisterEntry
from app.models.electorate_work import (
    ElectorPlacement,
    LocationAddress,
    LocationFile,
    LocationPoint,
    RegisterAlteration,
    RegisterImport,
)
from app.models.forum import Forum, ForumDecision, ForumStatus
from app.models.group import NeighbourhoodGroup
from app.models.local_plan import DevelopmentDocument
from app.models.organisation import ForumMember, MemberCapacity, Organisation, OrganisationKind
from app.models.plan import DevelopmentPlanEntry, Plan, PlanStep
from app.models.plan_case import (
    Examination,
    ExaminerQuestion,
    InformationPack,
    PlanCheck,
    PlanPolicy,
    Recommendation,
)
from app.models.polling_station import PollingStation
from app.models.published_result import PublishedDeclaration
from app.models.referendum import BallotPaperAccount, CountRound, Declaration, Referendum
from app.models.small_area_count import CountFile, SmallAreaCount
from app.models.stored_answer import StoredAnswer
from app.models.user import AccessToken, RoleHeld, SignInAttempt, User, UserSession

__all__ = [
    "AccessToken",
    "AreaApplication",
    "AreaChange",
    "AreaChangePart",
    "AreaConsent",
    "AreaDecision",
    "AreaStatus",
    "AreaVersion",
    "AuditEvent",
    "BallotPaperAccount",
    "Base",
    "Boundary",
    "BoundaryDraft",
    "BoundaryKind",
    "BoxCause",
    "BoxStep",
    "BusinessCount",
    "BusinessRegistration",
    "CaseDocument",
    "CommentStanding",
    "ConsentPurpose",
    "ConsultationHeld",
    "CountEntry",
    "CountFile",
    "CountObserver",
    "CountPortion",
    "CountRelease",
    "CountRound",
    "CountSignOff",
    "DecidedLine",
    "Declaration",
    "DevelopmentDocument",
    "DevelopmentPlanEntry",
    "DraftAnswer",
    "DraftComment",
    "DraftEditor",
    "DraftOrigin",
    "DraftShare",
    "DraftStart",
    "DraftSubmission",
    "DraftVersion",
    "ElectorPlacement",
    "ElectorateCount",
    "Examination",
    "ExaminerQuestion",
    "Forum",
    "ForumDecision",
    "ForumMember",
    "ForumStatus",
    "InformationPack",
    "LocationAddress",
    "LocationFile",
    "LocationPoint",
    "MemberCapacity",
    "Message",
    "NeighbourhoodArea",
    "NeighbourhoodGroup",
    "Organisation",
    "OrganisationKind",
    "Plan",
    "PlanCheck",
    "PlanPolicy",
    "PlanStep",
    "PollingStation",
    "PortionRound",
    "PublishedDeclaration",
    "RatepayerLiability",
    "RatepayerList",
    "Recommendation",
    "RecountRequest",
    "ReferenceCounter",
    "Referendum",
    "Register",
    "RegisterAlteration",
    "RegisterEntry",
    "RegisterImport",
    "Representation",
    "RoleHeld",
    "SignInAttempt",
    "SmallAreaCount",
    "StoredAnswer",
    "User",
    "UserSession",
    "VerificationStatementRow",
]
