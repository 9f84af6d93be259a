"""Telling everyone who asked of a decision, in the words of its published paper."""

from collections.abc import Callable

from app.audit import Deed
from app.db import WriteSession
from app.services.designation_papers import area_decision_paper, forum_decision_paper
from app.services.messages import Telling, waiting_for, write_messages
from app.services.papers import Paper, paper_text
from app.services.plan_papers import decision_paper, making_paper


def tell_of_area_decision(session: WriteSession, deed: Deed, reference: str, authority_code: str) -> int:
    """Write to everyone who asked, that an authority has decided on an area; returns how many. Source: AREA-21."""
    about = f"decision {authority_code}"
    return _tell(session, deed, reference, about, lambda: area_decision_paper(session, reference, authority_code))


def tell_of_forum_decision(session: WriteSession, deed: Deed, reference: str, authority_code: str) -> int:
    """Write to everyone who asked, that an authority has decided on a forum; returns how many. Source: FORUM-14."""
    about = f"decision {authority_code}"
    return _tell(session, deed, reference, about, lambda: forum_decision_paper(session, reference, authority_code))


def tell_of_statement(session: WriteSession, deed: Deed, reference: str) -> int:
    """Write to everyone who asked, what was decided on the examiner's report; returns how many.

    Source: STEP-5, STEP-12.
    """
    return _tell(session, deed, reference, "decision-statement", lambda: decision_paper(session, reference))


def tell_of_making(session: WriteSession, deed: Deed, reference: str) -> int:
    """Write to everyone who asked, whether the plan or order was made; returns how many.

    Source: STEP-13, RESULT-12, Neighbourhood Planning (General) Regulations 2012 regs 19, 26.
    """
    return _tell(session, deed, reference, "making", lambda: making_paper(session, reference))


def _tell(session: WriteSession, deed: Deed, subject: str, about: str, paper_of: Callable[[], Paper]) -> int:
    # The paper is made only where somebody is waiting for it.
    if not waiting_for(session, subject, about):
        return 0
    paper = paper_of()
    heading = f"{paper.notice.title}: {paper.about}"[:300]
    telling = Telling(subject=subject, about=about, heading=heading, text=paper_text(paper))
    return write_messages(session, deed, telling)
