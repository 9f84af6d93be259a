"""The summary of one consultation as a paper: for the consultation statement, the examiner, and everyone else."""

import re
from collections import Counter
from datetime import UTC, datetime, time

from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.models import ConsultationHeld, Organisation, Plan, PlanCheck, Representation
from app.queries.standings import authority_names
from app.services.papers import Paper
from referendum.comment_summary import CommentSummed, Summed, comment_summary
from referendum.consultations import KINDS, Consultation

AnySession = ReadSession | WriteSession
_WAYS = {"web": "on the web", "paper": "on paper"}


def summary_paper(session: AnySession, held: ConsultationHeld) -> Paper:
    """Return what people said in a consultation, as far as it is public, and what was done about it.

    Source: STEP-2, STEP-7, REF-12.
    """
    by = " and ".join(holders(session, held))
    summed = Summed(
        kind=Consultation(held.kind),
        title=held.title,
        opens_on=held.opens_on,
        closes_on=held.closes_on,
        held_by=by,
        publicity=held.where_to_inspect,
        consulted=_consulted(session, held),
        by_channel=tuple(Counter(_WAYS[row.channel] for row in held.representations).most_common()),
        comments=tuple(_summed(row) for row in held.representations),
    )
    return Paper(
        notice=comment_summary(summed),
        about=f"{held.title} ({held.subject}): {KINDS[Consultation(held.kind)].title.lower()}",
        by=by,
        reference=held.subject,
        at=datetime.combine(held.closes_on, time(), UTC),
    )


def holders(session: AnySession, held: ConsultationHeld) -> list[str]:
    """Return the names of those who hold a consultation."""
    chosen = select(Organisation).where(Organisation.code.in_(held.held_by))
    names = dict(authority_names(session)) | {each.code: each.name for each in session.scalars(chosen)}
    return [names.get(code, code) for code in held.held_by]


def _consulted(session: AnySession, held: ConsultationHeld) -> str:
    """Return whom the body consulted on its draft, as it was confirmed (STEP-1)."""
    if held.kind != Consultation.PRE_SUBMISSION.value:
        return ""
    chosen = select(PlanCheck.note).join(Plan).where(Plan.reference == held.subject)
    return session.scalars(chosen.where(PlanCheck.code == "consultation-bodies")).one_or_none() or ""


def _summed(row: Representation) -> CommentSummed:
    policy = re.sub(r"(?i)^policy\s+", "", row.policy)
    about = {"policy": f"policy {policy}", "place": "places in the area"}.get(row.about, "all of it")
    return CommentSummed(
        number=row.number,
        about=about,
        said_by=row.published_as or "A respondent",
        text=row.published_text,
        withheld_because=(row.withheld_because or "").rstrip("."),
        answer=row.answer,
    )
