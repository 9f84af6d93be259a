"""What makes up an authority's development plan on a day: its own documents, neighbourhood plans, and orders beside."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import defer, joinedload

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import Boundary, BoundaryKind, DevelopmentDocument, DevelopmentPlanEntry, Plan
from app.queries.authority_plans import plans_of_authority
from app.queries.parts import ByLetters, Key, Part, how_many, number_of, part_of, text_of
from referendum.development_documents import last_first, weighed_since
from referendum.question import Instrument
from referendum.stages import Stage, standing

ADOPTED, BY_VOTE, BY_MAKING = "adopted", "RESULT-5", "RESULT-6"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """One instrument in force, or that was, in one authority's area.

    Attributes:
        reference: DD-, NP-, NO- or CO-000123.
        kind: a `DocumentKind` or an `Instrument`, as written.
        title: what it is called.
        authority_code: in whose area it applies.
        part_from: the first day on which it was in force.
        part_until: the first day on which it was no longer; None while it is.
        made_on: the day on which the authority had made it by the day asked about; None for what authorities adopt.
        basis: `adopted`, or the rule by which it came into force: by the vote (RESULT-5) or by being made (RESULT-6).
        ended_by: how it ended, in a word of the register or in the words recorded; empty while it has not.
        by: who adopted it, where not the authority; or the neighbourhood area it is for.
        address: where it can be read; empty where unknown.
        is_whole_authority: it covers all the authority's area.
        land_bng: the land it covers, EPSG:27700; None for the whole authority's.
    """

    reference: str
    kind: str
    title: str
    authority_code: str
    part_from: date
    part_until: date | None
    made_on: date | None
    basis: str
    ended_by: str
    by: str
    address: str
    is_whole_authority: bool
    land_bng: BaseGeometry | None

    @property
    def is_order(self) -> bool:
        """Whether it gives planning permission rather than being part of the development plan (RESULT-6)."""
        return self.kind in {Instrument.NDO.value, Instrument.CRTBO.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedDraft:
    """A draft plan that must be taken into account in deciding applications, and since when."""

    plan: Plan
    stage: Stage
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An order that was voted on, by one poll or by every poll in favour, and gives no permission until it is made."""

    plan: Plan
    stage: Stage
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityPlan:
    """One authority's development plan on a day.

    Attributes:
        code, name: of the authority.
        on: the day.
        plans: what the development plan is made of, the last to become part first (AFTER-2).
        orders: the neighbourhood orders in force, the latest first.
        drafts: the draft plans that must be weighed (AFTER-3).
        waiting: the orders approved, wholly or by one of two polls, that give nothing until they are made (RESULT-6).
        ended: what was in force once, the last to end first.
    """

    code: str
    name: str
    on: date
    plans: list[PlanPart]
    orders: list[PlanPart]
    drafts: list[WeighedDraft]
    waiting: list[Waiting]
    ended: list[PlanPart]


def part_of_document(document: DevelopmentDocument) -> PlanPart:
    """Return an adopted document as a part of the development plan."""
    return PlanPart(
        reference=document.reference,
        kind=document.kind,
        title=document.name,
        authority_code=document.authority_code,
        part_from=document.part_from,
        part_until=document.part_until,
        made_on=None,
        basis=ADOPTED,
        ended_by=document.ended_by,
        by=document.adopted_by,
        address=document.address,
        is_whole_authority=document.geometry is None,
        land_bng=document.geometry,
    )


def part_of_entry(entry: DevelopmentPlanEntry, on: date) -> PlanPart:
    """Return a neighbourhood plan or order as it stood on a day: not made yet where it was made later (RESULT-10)."""
    plan = entry.plan
    return PlanPart(
        reference=plan.reference,
        kind=plan.instrument,
        title=plan.title,
        authority_code=entry.authority_code,
        part_from=entry.part_from,
        part_until=entry.part_until,
        made_on=entry.made_on if entry.made_on is not None and entry.made_on <= on else None,
        basis=entry.basis,
        ended_by=entry.ended_reason or "",
        by=plan.area.name,
        address="",
        is_whole_authority=False,
        land_bng=entry.geometry,
    )


def steps_of(plan: Plan) -> list[tuple[date, Stage]]:
    """Return the steps of a plan or order in the order in which they were taken."""
    return [(step.on_date, Stage(step.to_stage)) for step in plan.steps]


def drafts_to_weigh(plans: Iterable[Plan], on: date) -> list[WeighedDraft]:
    """Return the plans among these that were drafts to be weighed on a day, the latest first.

    Source: AFTER-3.
    """
    found = []
    for plan in plans:
        since = weighed_since(Instrument(plan.instrument), steps_of(plan), on)
        if since is not None:
            found.append(WeighedDraft(plan=plan, stage=_last(plan, on)[1], since=since))
    return sorted(found, key=lambda draft: (draft.since, draft.plan.reference), reverse=True)


def _last(plan: Plan, on: date) -> tuple[date, Stage]:
    return [step for step in steps_of(plan) if step[0] <= on][-1]


def _waiting(plans: Iterable[Plan], on: date) -> list[Waiting]:
    found = []
    for plan in plans:
        if any(day <= on for day, _ in steps_of(plan)):
            since, stage = _last(plan, on)
            is_weighed = standing(Instrument(plan.instrument), stage).taken_into_account
            if stage in {Stage.APPROVED, Stage.DIVIDED} and not is_weighed:
                found.append(Waiting(plan=plan, stage=stage, since=since))
    return found


def in_register(
    statement: Select[Any], model: type[DevelopmentDocument | DevelopmentPlanEntry], on: date
) -> Select[Any]:
    """Keep the rows that were part of the development plan on a day."""
    return statement.where(model.part_from <= on, or_(model.part_until.is_(None), model.part_until > on))


_BY_NAME = (
    Key(column=ByLetters(Boundary.name), read=text_of),
    Key(column=Boundary.code, read=text_of),
    Key(column=Boundary.id, read=number_of),
)


def authorities_on(
    session: ReadSession, on: date, part: Part | None = None, *, with_land: bool = False
) -> list[Boundary]:
    """Return the planning authorities that stood on a day, all or a part of them, in order of name."""
    chosen = part_of(_authorities_on(on), part, _BY_NAME)
    return list(session.scalars(chosen if with_land else chosen.options(defer(Boundary.geometry))))


def count_authorities_on(session: ReadSession, on: date) -> int:
    """Return how many planning authorities stood on a day."""
    return how_many(session, _authorities_on(on).with_only_columns(Boundary.id))


def _authorities_on(on: date) -> Select[Any]:
    return select(Boundary).where(
        Boundary.kind == BoundaryKind.AUTHORITY.value,
        Boundary.valid_from <= on,
        or_(Boundary.valid_until.is_(None), Boundary.valid_until > on),
    )


def authority_named(session: ReadSession | WriteSession, code: str, on: date) -> Boundary:
    """Return a planning authority as it stood on a day, or else as last known before or first known after it.

    Raises:
        NotFoundError: there is none of that code.
    """
    statement = select(Boundary).where(Boundary.kind == BoundaryKind.AUTHORITY.value, Boundary.code == code)
    rows = session.scalars(statement.order_by(Boundary.valid_from)).all()
    if not rows:
        raise NotFoundError(f"There is no planning authority {code[:20]!r} here: choose one from /development-plan.")
    return next((row for row in reversed(rows) if row.valid_from <= on), rows[0])


def counts_of_parts(session: ReadSession, on: date) -> Mapping[str, int]:
    """Return, by authority, how many instruments were in force on a day."""
    counts: Counter[str] = Counter()
    for model in (DevelopmentDocument, DevelopmentPlanEntry):
        in_force = in_register(select(model.authority_code), model, on).subquery()
        code = in_force.c.authority_code
        counts.update({row[0]: row[1] for row in session.execute(select(code, func.count()).group_by(code))})
    return counts


def development_plan(session: ReadSession, code: str, on: date) -> AuthorityPlan:
    """Return one authority's development plan as it stood on a day.

    Raises:
        NotFoundError: there is no planning authority of that code.

    Source: AFTER-1, AFTER-2, AFTER-3, RESULT-5, RESULT-6, RESULT-8, RESULT-10.
    """
    authority = authority_named(session, code, on)
    begun = [part for part in _parts(session, code, on) if part.part_from <= on]
    standing_then = [part for part in begun if part.part_until is None or part.part_until > on]
    plans = plans_of_authority(session, code)
    return AuthorityPlan(
        code=authority.code,
        name=authority.name,
        on=on,
        plans=last_first(part for part in standing_then if not part.is_order),
        orders=last_first(part for part in standing_then if part.is_order),
        drafts=drafts_to_weigh(plans, on),
        waiting=_waiting(plans, on),
        ended=sorted(
            (part for part in begun if part.part_until is not None and part.part_until <= on),
            key=lambda part: (part.part_until or on, part.reference),
            reverse=True,
        ),
    )


def _parts(session: ReadSession, code: str, on: date) -> list[PlanPart]:
    documents = select(DevelopmentDocument).where(DevelopmentDocument.authority_code == code)
    entries = (
        select(DevelopmentPlanEntry)
        .where(DevelopmentPlanEntry.authority_code == code)
        .options(joinedload(DevelopmentPlanEntry.plan).joinedload(Plan.area))
    )
    return [
        *(part_of_document(row) for row in session.scalars(documents.order_by(DevelopmentDocument.id))),
        *(part_of_entry(row, on) for row in session.scalars(entries.order_by(DevelopmentPlanEntry.id))),
    ]
