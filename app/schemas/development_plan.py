"""The register of the development plan, in and out; and why each part of it counts."""

from datetime import date

from pydantic import Field

from app.clock import long_day
from app.models import DevelopmentDocument
from app.queries.development_plan_register import (
    ADOPTED,
    BY_MAKING,
    AuthorityPlan,
    PlanPart,
    Waiting,
    WeighedDraft,
)
from app.queries.planning_matters import DATED, Matter
from app.schemas.common import Named, Shape
from referendum.development_documents import ENDING_WORDS, KIND_WORDS, DocumentKind, Ending
from referendum.question import Instrument

ORDER_WORDS = {
    Instrument.NDP.value: "Neighbourhood development plan",
    Instrument.NDO.value: "Neighbourhood development order",
    Instrument.CRTBO.value: "Community right to build order",
}


class PartOut(Shape):
    """One instrument in force in one authority's area, or that was, with its status and the reason in words."""

    reference: str
    kind: str
    kind_name: str
    title: str
    authority_code: str
    by: str = Field(description="who adopted it where not the authority, or the neighbourhood area it is for")
    part_from: date
    part_until: date | None = Field(description="the first day on which it was no longer in force")
    made_on: date | None
    basis: str = Field(description="adopted, RESULT-5 (by the vote) or RESULT-6 (by being made)")
    status: str
    reason: str
    covers_whole_authority: bool
    page: str
    address: str


class ProposalOut(Shape):
    """A draft plan to be weighed (AFTER-3), or an order voted on and not made (RESULT-6): since when, and why."""

    reference: str
    title: str
    area: Named
    stage: str
    since: date
    reason: str


class DevelopmentPlanOut(Shape):
    """One authority's development plan on a day; the last to become part first, since it prevails (AFTER-2)."""

    authority: Named
    on: date
    plans: list[PartOut]
    orders: list[PartOut]
    drafts: list[ProposalOut]
    waiting: list[ProposalOut]
    ended: list[PartOut]


class AuthorityOut(Shape):
    """A planning authority, and how many instruments are in force in it on a day."""

    code: str
    name: str
    in_force: int


class MatterOut(Shape):
    """One neighbourhood planning matter in the register: a proposal for a plan or order, or one made (AFTER-4)."""

    reference: str
    kind: str
    title: str
    area: Named
    qualifying_body: str
    stage: str
    stage_since: date | None
    draft_published_on: date | None
    submitted_on: date | None
    publicised_on: date | None
    sent_to_examiner_on: date | None
    report_received_on: date | None
    decided_on: date | None
    voted_on: date | None
    made_on: date | None
    in_force_from: date | None
    in_force_until: date | None


class DocumentIn(Shape):
    """A local plan or another document of the development plan, as it is entered (AFTER-1)."""

    external_reference: str = Field(min_length=1, max_length=120, description="the authority's own reference")
    kind: DocumentKind
    name: str = Field(min_length=1, max_length=300)
    part_from: date = Field(description="day of adoption")
    part_until: date | None = Field(default=None, description="first day on which it was no longer part")
    ended_by: Ending | None = None
    adopted_by: str = Field(default="", max_length=200, description="where that is not the authority itself")
    address: str = Field(default="", max_length=500)
    boundary: dict[str, object] | None = Field(default=None, description="GeoJSON; empty for the whole authority")


class DocumentOut(Shape):
    """A document of the development plan as it is stored."""

    reference: str
    authority_code: str
    external_reference: str
    kind: str
    name: str
    adopted_by: str
    part_from: date
    part_until: date | None
    ended_by: str
    address: str


def document_of(document: DevelopmentDocument) -> DocumentOut:
    """Return a document as it is stored."""
    return DocumentOut.model_validate(document, from_attributes=True)


def part_of(part: PlanPart, on: date) -> PartOut:
    """Return an instrument with its status and reason on a day."""
    return PartOut(
        reference=part.reference,
        kind=part.kind,
        kind_name=kind_name(part.kind),
        title=part.title,
        authority_code=part.authority_code,
        by=part.by,
        part_from=part.part_from,
        part_until=part.part_until,
        made_on=part.made_on,
        basis=part.basis,
        status=status_of(part, on),
        reason=reason_of(part),
        covers_whole_authority=part.is_whole_authority,
        page=page_of(part),
        address=part.address,
    )


def kind_name(kind: str) -> str:
    """Return what an instrument is, in words."""
    return ORDER_WORDS[kind] if kind in ORDER_WORDS else KIND_WORDS[DocumentKind(kind)]


def page_of(part: PlanPart) -> str:
    """Return the address of an instrument's own page here; for adopted documents, its line in the register."""
    if part.basis == ADOPTED:
        return f"/development-plan/{part.authority_code}#{part.reference}"
    return f"/{'orders' if part.is_order else 'plans'}/{part.reference}"


def status_of(part: PlanPart, on: date) -> str:
    """Return where an instrument stands on a day, in a few words.

    Source: RESULT-5, RESULT-6, RESULT-10, AFTER-2.
    """
    if part.part_until is not None and part.part_until <= on:
        return ENDING_WORDS[Ending(part.ended_by)] if part.ended_by in set(Ending) else "No longer in force"
    if part.basis == ADOPTED:
        return "Adopted"
    return "In force, not yet made" if part.made_on is None else "Made"


def reason_of(part: PlanPart) -> str:
    """Say in one or two sentences why and since when an instrument counts.

    Source: RESULT-5, RESULT-6, AFTER-1.
    """
    since = long_day(part.part_from)
    if part.basis == ADOPTED:
        who = f" by {part.by}" if part.by else ""
        where = "covers the whole authority" if part.is_whole_authority else "covers part of the authority"
        return f"Part of the development plan since it was adopted{who} on {since}. It {where}."
    if part.basis == BY_MAKING:
        gives = "; it gives planning permission for what it describes" if part.is_order else ""
        return f"In force since it was made on {since}{gives}."
    voted = f"In force since {since}, when more than half of those voting said yes"
    return f"{voted}; not made yet." if part.made_on is None else f"{voted}; made on {long_day(part.made_on)}."


def draft_of(draft: WeighedDraft) -> ProposalOut:
    """Return a draft plan with the reason why it is weighed.

    Source: AFTER-3, Town and Country Planning Act 1990 s 70(2)(aza).
    """
    since = long_day(draft.since)
    return _proposal(
        draft,
        f"On {since} it was decided to hold a referendum on this draft. Since then it must be weighed when planning "
        "applications are decided.",
    )


def waiting_of(waiting: Waiting) -> ProposalOut:
    """Return an order that is not in force although it was voted on.

    Source: RESULT-6, RESULT-7.
    """
    return _proposal(waiting, f"Voted on {long_day(waiting.since)}; it gives no planning permission until it is made.")


def _proposal(found: WeighedDraft | Waiting, reason: str) -> ProposalOut:
    plan = found.plan
    return ProposalOut(
        reference=plan.reference,
        title=plan.title,
        area=Named(reference=plan.area.reference, name=plan.area.name),
        stage=found.stage.value,
        since=found.since,
        reason=reason,
    )


def development_plan_of(found: AuthorityPlan) -> DevelopmentPlanOut:
    """Return one authority's development plan."""
    return DevelopmentPlanOut(
        authority=Named(reference=found.code, name=found.name),
        on=found.on,
        plans=[part_of(part, found.on) for part in found.plans],
        orders=[part_of(part, found.on) for part in found.orders],
        drafts=[draft_of(draft) for draft in found.drafts],
        waiting=[waiting_of(each) for each in found.waiting],
        ended=[part_of(part, found.on) for part in found.ended],
    )


def matter_of(matter: Matter) -> MatterOut:
    """Return one neighbourhood planning matter.

    Source: AFTER-4, Town and Country Planning Act 1990 s 69(1)(ca), (2A).
    """
    plan = matter.plan
    return MatterOut(
        reference=plan.reference,
        kind=plan.instrument,
        title=plan.title,
        area=Named(reference=plan.area.reference, name=plan.area.name),
        qualifying_body=plan.qualifying_body,
        stage=matter.stage.value,
        stage_since=matter.since,
        **{column: matter.days.get(column) for column in DATED.values()},
        in_force_from=matter.part_from,
        in_force_until=matter.part_until,
    )
