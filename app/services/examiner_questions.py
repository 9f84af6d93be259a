"""The examiner's questions to the authority and to the body, and their answers."""

from datetime import date

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import InvalidRequestError, NotAllowedError, NotFoundError
from app.models import Examination, ExaminerQuestion
from app.services.examinations import authority_only, current_examination, not_after_today
from app.services.plans import acting_as, plan_by_reference
from referendum.stages import Actor


def ask_question(
    session: WriteSession, deed: Deed, reference: str, *, asked_on: date, asked_of: str, question: str
) -> ExaminerQuestion:
    """Keep a question of the examiner to the authority or to the body.

    Raises:
        InvalidRequestError: no question, nobody asked, or no examiner appointed.
    """
    hold_lock(session, "audit")
    plan = authority_only(session, deed, reference, "To enter an examiner's question")
    found = current_examination(session, plan)
    if found.appointed_on is None:
        raise InvalidRequestError("The examiner is not appointed yet.")
    not_after_today(deed, asked_on, "The question")
    if not question.strip() or asked_of not in {Actor.AUTHORITY.value, Actor.QUALIFYING_BODY.value}:
        raise InvalidRequestError("Enter the question, and choose whom the examiner asked.")
    row = ExaminerQuestion(
        number=len(found.questions) + 1, asked_on=asked_on, asked_of=asked_of, question=question.strip()
    )
    found.questions.append(row)
    session.flush()
    record(session, deed, EventKind.EXAMINER_ASKED, reference, after=facts_of_question(found, row))
    return row


def facts_of_question(found: Examination, row: ExaminerQuestion) -> dict[str, object]:
    """Return what the record keeps of a question."""
    return {
        "examination": found.id,
        "number": row.number,
        "asked_on": row.asked_on.isoformat(),
        "asked_of": row.asked_of,
        "question": row.question,
        "answer": row.answer,
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
    }


def answer_question(
    session: WriteSession, deed: Deed, reference: str, number: int, *, answer: str, answered_on: date
) -> ExaminerQuestion:
    """Keep the answer to a question of the examiner, given by whom it was put to; the authority may enter either.

    Raises:
        NotFoundError: no such question.
        NotAllowedError: it was put to the authority.
        InvalidRequestError: no answer, or dated before the question or after today.
    """
    plan = plan_by_reference(session, reference)
    actor = acting_as(session, deed, plan)
    found = current_examination(session, plan)
    row = next((each for each in found.questions if each.number == number), None)
    if row is None:
        raise NotFoundError(f"The examiner of {reference} asked no question {number}.")
    if actor is Actor.QUALIFYING_BODY and row.asked_of != actor.value:
        raise NotAllowedError(f"Question {number} was put to the authority.")
    not_after_today(deed, answered_on, "The answer")
    if not answer.strip() or answered_on < row.asked_on:
        raise InvalidRequestError(f"Enter the answer, dated {row.asked_on} or later.")
    before = facts_of_question(found, row)
    row.answer, row.answered_on = answer.strip(), answered_on
    session.flush()
    record(session, deed, EventKind.EXAMINER_ASKED, reference, before=before, after=facts_of_question(found, row))
    return row
