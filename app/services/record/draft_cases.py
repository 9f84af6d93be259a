"""What drafts become: answers, applications, links and comments, as told and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import DraftAnswer, DraftComment, DraftShare, DraftSubmission
from app.services.draft_answers import answer_facts
from app.services.draft_comments import comment_facts
from app.services.draft_shares import share_facts
from app.services.draft_submissions import submission_facts
from app.services.record.shape import AnySession, Event, Facts, Key, State, Step, Steps


def _by(kind: str, *names: str) -> Step:
    """Return the step that keeps what an event says last of the thing that these facts of it name."""

    def step(state: State, event: Event) -> None:
        after = dict(event["after"])
        state[kind, event["subject"], *(str(after[name]) for name in names)] = after

    return step


STEPS: Steps = {
    EventKind.DRAFT_ANSWERED: _by("answer", "part"),
    EventKind.DRAFT_SUBMITTED: _by("submission"),
    EventKind.DRAFT_SHARED: _by("link", "share"),
    EventKind.DRAFT_SHARE_ENDED: _by("link", "share"),
    EventKind.DRAFT_COMMENTED: _by("comment", "comment"),
    EventKind.DRAFT_COMMENT_SETTLED: _by("comment", "comment"),
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every answer, application, link and comment of a draft."""
    for answer in session.scalars(select(DraftAnswer)):
        yield ("answer", answer.draft.reference, answer.part), answer_facts(answer)
    for made in session.scalars(select(DraftSubmission)):
        yield ("submission", made.draft.reference), submission_facts(made)
    for share in session.scalars(select(DraftShare)):
        yield ("link", share.draft.reference, str(share.number)), share_facts(share)
    for row in session.scalars(select(DraftComment)):
        yield ("comment", row.draft.reference, str(row.number)), comment_facts(row)
