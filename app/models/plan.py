"""Neighbourhood plans and orders, each step of their making, and their place in the development plan."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.area import NeighbourhoodArea
from app.models.base import Base, BaseGeometry, BngGeometry, Reference


class Plan(Base):
    """A neighbourhood development plan, order or community right to build order (PLAN-1, ORDER-1)."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Reference, unique=True)
    instrument: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    area_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood_area.id"), index=True)
    qualifying_body: Mapped[str] = mapped_column(String(200))
    period_start: Mapped[int | None]
    period_end: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(40))
    course: Mapped[str] = mapped_column(String(30), default="new")
    """A new proposal, or by which of the three routes it changes a made plan (MOD-3, MOD-5, MOD-6)."""
    modifies_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    """The made plan that this one changes."""

    area: Mapped[NeighbourhoodArea] = relationship()
    modifies: Mapped["Plan | None"] = relationship(remote_side="Plan.id")
    steps: Mapped[list["PlanStep"]] = relationship(back_populates="plan", order_by="PlanStep.id")
    entries: Mapped[list["DevelopmentPlanEntry"]] = relationship(
        back_populates="plan", order_by="DevelopmentPlanEntry.id"
    )


class PlanStep(Base):
    """One step taken: from which stage to which, when, under which rule."""

    __tablename__ = "plan_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    from_stage: Mapped[str | None] = mapped_column(String(40))
    to_stage: Mapped[str] = mapped_column(String(40))
    on_date: Mapped[date]
    closes_on: Mapped[date | None]
    rule: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)

    plan: Mapped[Plan] = relationship(back_populates="steps")


class DevelopmentPlanEntry(Base):
    """An instrument in force over one authority's part of its area, keeping its own line as it was made (AREA-22).

    `part_until` is the first day on which it was no longer part; empty while it is.
    `basis` says by which rule it became part: by the vote (RESULT-5) or by being made (RESULT-6).
    """

    __tablename__ = "development_plan_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    authority_code: Mapped[str] = mapped_column(String(80), index=True)
    basis: Mapped[str] = mapped_column(String(20))
    part_from: Mapped[date]
    part_until: Mapped[date | None]
    made_on: Mapped[date | None]
    ended_reason: Mapped[str | None] = mapped_column(Text)
    geometry: Mapped[BaseGeometry] = mapped_column(BngGeometry())

    plan: Mapped[Plan] = relationship(back_populates="entries")
