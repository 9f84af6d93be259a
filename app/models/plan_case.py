"""What a plan's case keeps besides its steps: what was confirmed, its policies, its examination, the frozen pack."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, BaseGeometry, BngGeometry, Document, UtcDateTime
from app.models.plan import Plan
from app.models.referendum import Referendum


class PlanCheck(Base):
    """One point that somebody confirmed or denied about a plan or order, with the day and the reason."""

    __tablename__ = "plan_check"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    answer: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    on_date: Mapped[date]
    details: Mapped[Document]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(120))

    plan: Mapped[Plan] = relationship()


class PlanPolicy(Base):
    """One policy of a plan or order: its words, and the land it is about where it is about some land only."""

    __tablename__ = "plan_policy"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    geometry: Mapped[BaseGeometry | None] = mapped_column(BngGeometry("GEOMETRY"))

    plan: Mapped[Plan] = relationship()


class Examination(Base):
    """An examiner's appointment and report, and what the authority decided on the referendum area (STEP-6, EXAM-3)."""

    __tablename__ = "examination"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    examiner: Mapped[str] = mapped_column(String(200))
    qualifications: Mapped[str] = mapped_column(Text)
    is_independent: Mapped[bool]
    has_no_interest: Mapped[bool]
    proposed_on: Mapped[date]
    consent_on: Mapped[date | None]
    consent_by: Mapped[str] = mapped_column(String(200), default="")
    appointed_on: Mapped[date | None]
    appointed_by: Mapped[str] = mapped_column(String(30), default="")
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(Text, default="")
    nature: Mapped[str] = mapped_column(String(20), default="")
    """For a modification: whether it changes the nature of the plan, as the examiner found (MOD-4)."""
    nature_reasons: Mapped[str] = mapped_column(Text, default="")
    report_on: Mapped[date | None]
    recommendation: Mapped[str] = mapped_column(String(40), default="")
    extends_area: Mapped[bool | None]
    """Whether the examiner recommends a referendum area beyond the neighbourhood area (EXAM-3)."""
    area_advice: Mapped[str] = mapped_column(Text, default="")
    decide_by: Mapped[date | None]
    """A later day for the decision, agreed in writing (STEP-10)."""
    decide_by_evidence: Mapped[str] = mapped_column(Text, default="")
    area_choice: Mapped[str] = mapped_column(String(30), default="")
    """What the authority decided: the neighbourhood area, or an extended one (EXAM-4)."""
    area_reasons: Mapped[str] = mapped_column(Text, default="")
    statement_on: Mapped[date | None]
    """The day on which the decision statement was published (STEP-12)."""
    geometry: Mapped[BaseGeometry | None] = mapped_column(BngGeometry())
    """The extended referendum area; empty where it is the neighbourhood area."""

    plan: Mapped[Plan] = relationship()
    questions: Mapped[list["ExaminerQuestion"]] = relationship(order_by="ExaminerQuestion.number")
    recommendations: Mapped[list["Recommendation"]] = relationship(order_by="Recommendation.number")


class ExaminerQuestion(Base):
    """A question of the examiner, and the answer it was given."""

    __tablename__ = "examiner_question"
    __table_args__ = (UniqueConstraint("examination_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    examination_id: Mapped[int] = mapped_column(ForeignKey("examination.id"))
    number: Mapped[int]
    asked_on: Mapped[date]
    asked_of: Mapped[str] = mapped_column(String(30))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]


class Recommendation(Base):
    """One change that the examiner recommends, or that the authority makes of its own, and what was decided on it."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("examination_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    examination_id: Mapped[int] = mapped_column(ForeignKey("examination.id"))
    number: Mapped[int]
    about: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    ground: Mapped[str] = mapped_column(String(40))
    """Why a change may be made at all: one of the few kinds the law allows (EXAM-2, EXAM-6)."""
    is_own: Mapped[bool]
    """Made by the authority itself, not recommended by the examiner."""
    decision: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]


class InformationPack(Base):
    """The information statement and the specified documents as they were first published (REF-10, REF-12)."""

    __tablename__ = "information_pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    referendum_id: Mapped[int] = mapped_column(ForeignKey("referendum.id"), unique=True)
    published_on: Mapped[date]
    sha256: Mapped[str] = mapped_column(String(64))
    manifest: Mapped[Document]

    referendum: Mapped[Referendum] = relationship()
