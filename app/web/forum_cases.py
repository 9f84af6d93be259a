"""One forum's case, for planning officers: what it has, what is due, and the forms that move it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.audit import Deed
from app.auth import DecideForumDeed
from app.db import ReadSession, WriteSession
from app.errors import NotAllowedError, NotFoundError, ServiceError
from app.queries.forum_cases import (
    forum_authorities,
    forum_case_facts,
    forum_with_everything,
    proposals_without_forum,
)
from app.routing import Route
from app.scope import refuse_other_organisation
from app.services.forum_decisions import (
    EndingFacts,
    ForumDecisionFacts,
    Outcome,
    decide_forum,
    end_forum,
    publish_forum_decision,
)
from app.services.forums import EXCLUSIVITY, publicise_forum
from app.state import CurrentState, Reading, State, Writing
from app.web.fields import FieldError, errors_of, optional_day, typed_day
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME
from referendum.case_moves import progress_words
from referendum.errors import ReferendumError
from referendum.forum_case import forum_needs
from referendum.forum_clocks import forum_clocks, forum_raised
from referendum.forum_stages import Ending, ForumStage, forum_possible, forum_stage

router = APIRouter(route_class=Route, include_in_schema=False)

_ONE = "/cases/NF-{number}"
_OUTCOMES: dict[str, Outcome] = {"designate": "designate", "refuse": "refuse", "decline": "decline"}


class ForumCaseForm(BaseModel):
    """Everything that can be typed on the page of a forum's case; `step` says which of its forms was sent."""

    step: str = ""
    publicised_on: str = ""
    closes_on: str = ""
    authority_code: str = ""
    outcome: str = ""
    decided_on: str = ""
    published_on: str = ""
    reasons: str = ""
    told_on: str = ""
    ending: str = ""
    ended_on: str = ""
    notice_on: str = ""
    end_reasons: str = ""
    form_token: str = ""


@router.get(_ONE)
def case(request: Request, state: CurrentState, session: Reading, deed: DecideForumDeed, number: str) -> Response:
    """Show one forum's case."""
    day = state.clock.today().isoformat()
    typed = ForumCaseForm(decided_on=day, told_on=day, ended_on=day)
    return _page(request, state, session, deed, f"NF-{number}", typed=typed)


def _page(
    request: Request,
    state: State,
    session: ReadSession | WriteSession,
    deed: Deed,
    reference: str,
    *,
    typed: ForumCaseForm,
    errors: Errors = (),
) -> Response:
    forum, today, own = forum_with_everything(session, reference), state.clock.today(), deed.by.organisation
    names = forum_authorities(session, forum)
    refuse_other_organisation(deed, set(names), f"The case {reference}")
    known = forum_case_facts(session, forum, today)
    needs = forum_needs(known, today=today)
    stage = forum_stage(known, today=today)
    facts = {
        "forum": forum,
        "typed": typed,
        "today": today,
        "stage": stage,
        "authorities": [(code, name) for code, name in sorted(names.items()) if not own or code == own],
        "authority_names": names,
        "needs": needs,
        "progress": progress_words(needs),
        "clocks": forum_clocks(known),
        "moves": forum_possible(known, today=today),
        "raised": forum_raised(known, today=today),
        "competing": known.competing,
        "proposals": proposals_without_forum(session, forum) if stage in {ForumStage.ENDED, ForumStage.EXPIRED} else [],
        "exclusivity": EXCLUSIVITY,
    }
    crumbs = [HOME, ("Cases", "/cases")]
    return form_page(request, "forums/case.html", facts, errors=errors, section="/cases", crumbs=crumbs)


@router.post(_ONE)
def moved(  # noqa: PLR0917 - what the framework gives
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DecideForumDeed,
    number: str,
    typed: Annotated[ForumCaseForm, Form()],
) -> Response:
    """Take the step whose form was sent: publicise, decide, publish the decision, or withdraw the designation."""
    reference = f"NF-{number}"
    step = _STEPS.get(typed.step)
    forum_with_everything(session, reference)
    if step is None:
        raise NotFoundError(f"There is no step {typed.step[:20]!r} in this case: use the forms of its page.")
    take, field = step
    try:
        with session.begin_nested():
            take(session, deed, reference, typed)
    except (NotAllowedError, NotFoundError):
        raise
    except ServiceError as refusal:
        errors = errors_of(refusal, field)
    except ReferendumError as refusal:
        errors = [(field, str(refusal))]
    else:
        return see(f"/cases/{reference}")
    session.expire_all()
    return _page(request, state, session, deed, reference, typed=typed, errors=errors)


def _publicise(session: WriteSession, deed: Deed, reference: str, typed: ForumCaseForm) -> None:
    publicised_on = typed_day("publicised_on", typed.publicised_on)
    closes_on = typed_day("closes_on", typed.closes_on)
    publicise_forum(session, deed, reference, publicised_on=publicised_on, closes_on=closes_on)


def _decide(session: WriteSession, deed: Deed, reference: str, typed: ForumCaseForm) -> None:
    if typed.outcome not in _OUTCOMES:
        raise FieldError("outcome", "Choose what is decided.")
    facts = ForumDecisionFacts(
        authority_code=typed.authority_code.strip(),
        outcome=_OUTCOMES[typed.outcome],
        decided_on=typed_day("decided_on", typed.decided_on),
        published_on=optional_day("published_on", typed.published_on),
        reasons=typed.reasons,
    )
    decide_forum(session, deed, reference, facts)


def _publish(session: WriteSession, deed: Deed, reference: str, typed: ForumCaseForm) -> None:
    told_on, code = typed_day("told_on", typed.told_on), typed.authority_code.strip()
    publish_forum_decision(session, deed, reference, authority_code=code, published_on=told_on)


def _end(session: WriteSession, deed: Deed, reference: str, typed: ForumCaseForm) -> None:
    if typed.ending not in {Ending.NO_LONGER_QUALIFIES, Ending.AT_ITS_OWN_NOTICE}:
        raise FieldError("ending", "Choose why the designation is withdrawn.")
    facts = EndingFacts(
        ending=Ending(typed.ending),
        ended_on=typed_day("ended_on", typed.ended_on),
        notice_on=optional_day("notice_on", typed.notice_on),
        reasons=typed.end_reasons,
    )
    end_forum(session, deed, reference, facts)


_STEPS = {
    "publicise": (_publicise, "closes_on"),
    "decide": (_decide, "outcome"),
    "publish": (_publish, "told_on"),
    "end": (_end, "end_reasons"),
}
