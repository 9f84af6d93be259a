"""A plan's case: what each step needs, its documents, points, policies, and its examination."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response

from app.api.description import file_of
from app.auth import ANYONE, PrepareDeed
from app.document_store import document_store
from app.downloads import download
from app.policy_land import land_of_geojson
from app.routing import Route
from app.schemas import plan_cases as shapes
from app.services.documents import documents_of, public_document
from app.services.plan_checks import Said, check_content, check_organisation, confirm_point
from app.services.plan_details import set_details
from app.services.plan_documents import PlanFile, file_plan_document
from app.services.plan_facts import plan_case
from app.services.plans import acting_as, plan_by_reference
from app.services.policies import PolicyFacts, policies_of, remove_policy, write_policy
from app.state import CurrentState, Reading, Writing
from referendum.community_organisation import CommunityOrganisation
from referendum.plan_content import Excluded

router = APIRouter(route_class=Route, tags=["plan cases"])


@router.get("/plans/{reference}/case", summary="What each step of a plan needs, and what is missing")
def get_case(state: CurrentState, session: Reading, deed: PrepareDeed, reference: str) -> shapes.CaseOut:
    """Return a plan's case for those whose business it is."""
    plan = plan_by_reference(session, reference)
    acting_as(session, deed, plan)
    return shapes.case_out(plan_case(session, plan), state.clock.today())


@router.put("/plans/{reference}/details", summary="Set a plan's title and years")
def put_details(session: Writing, deed: PrepareDeed, reference: str, asked: shapes.DetailsIn) -> shapes.DetailsIn:
    """Set a plan's title and the years for which it has effect."""
    plan = set_details(session, deed, reference, **asked.model_dump())
    return shapes.DetailsIn(title=plan.title, period_start=plan.period_start, period_end=plan.period_end)


@router.get("/plans/{reference}/documents", summary="The public documents of a plan", dependencies=[ANYONE])
def list_documents(session: Reading, reference: str) -> list[shapes.DocumentOut]:
    """Return every version of every public document of a plan."""
    plan_by_reference(session, reference)
    return [shapes.document_of(each) for each in documents_of(session, reference) if each.is_public]


@router.post("/plans/{reference}/documents", status_code=HTTPStatus.CREATED, summary="File a document of a plan")
def post_document(
    state: CurrentState,
    session: Writing,
    deed: PrepareDeed,
    reference: str,
    file: UploadFile,
    *,
    kind: Annotated[str, Form(max_length=60)],
    title: Annotated[str, Form(max_length=200)] = "",
    note: Annotated[str, Form(max_length=4000)] = "",
) -> shapes.DocumentOut:
    """File a document with a plan's case, as the next version of its kind."""
    sent = PlanFile(kind=kind, file_name=file.filename or "", content=file.file.read(), title=title, note=note)
    store, largest = document_store(state.settings), state.settings.largest_document_mb
    return shapes.document_of(file_plan_document(session, deed, store, reference, sent, largest_mb=largest))


@router.get(
    "/documents/{sha256}",
    summary="A public document, by the hash of its content",
    response_class=Response,
    responses=file_of("*/*"),
    dependencies=[ANYONE],
)
def get_document(state: CurrentState, session: Reading, sha256: str) -> Response:
    """Return a public document as a file to keep, never to be shown as a page of this service."""
    return download(document_store(state.settings), public_document(session, sha256))


@router.put("/plans/{reference}/points/{code}", summary="Confirm or deny one point of a case")
def put_point(session: Writing, deed: PrepareDeed, reference: str, code: str, asked: shapes.PointIn) -> shapes.PointOut:
    """Keep what somebody says on one point of a plan's case."""
    return shapes.point_of(confirm_point(session, deed, reference, Said(code=code, **asked.model_dump())))


@router.post("/plans/{reference}/content-check", summary="Check a plan or order for what it may not contain")
def post_content(session: Writing, deed: PrepareDeed, reference: str, asked: shapes.ContentIn) -> list[str]:
    """Keep what a plan provides for of what it may not, and return what must come out of it."""
    reasons = check_content(
        session,
        deed,
        reference,
        contains=frozenset(Excluded(each) for each in asked.contains),
        repeats_permission=asked.repeats_permission,
        on_date=asked.on_date,
    )
    return [reason.message for reason in reasons]


@router.post("/plans/{reference}/organisation-check", summary="Check who may propose a right to build order")
def post_organisation(session: Writing, deed: PrepareDeed, reference: str, asked: shapes.OrganisationIn) -> list[str]:
    """Keep what a community organisation says of itself, and return why it may not propose an order."""
    body = CommunityOrganisation(**asked.model_dump())
    return [reason.message for reason in check_organisation(session, deed, reference, body)]


@router.get("/plans/{reference}/policies", summary="The policies of a plan", dependencies=[ANYONE])
def list_policies(session: Reading, reference: str) -> list[shapes.PolicyOut]:
    """Return the policies of a plan or order."""
    return [shapes.policy_of(each) for each in policies_of(session, plan_by_reference(session, reference))]


@router.put("/plans/{reference}/policies/{code}", summary="Write a policy")
def put_policy(
    session: Writing, deed: PrepareDeed, reference: str, code: str, asked: shapes.PolicyIn
) -> shapes.PolicyOut:
    """Write a policy, or write it anew."""
    land = land_of_geojson(asked.land) if asked.land is not None else None
    facts = PolicyFacts(code=code, title=asked.title, text=asked.text, land_bng=land)
    return shapes.policy_of(write_policy(session, deed, reference, facts))


@router.delete("/plans/{reference}/policies/{code}", status_code=HTTPStatus.NO_CONTENT, summary="Take a policy out")
def delete_policy(session: Writing, deed: PrepareDeed, reference: str, code: str) -> None:
    """Take a policy out; the record keeps what it said."""
    remove_policy(session, deed, reference, code)
