"""A request sent twice makes one change: programs name it by `Idempotency-Key`, pages by the token of their form."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from starlette.datastructures import UploadFile

from app.audit import Actor
from app.auth.forms import FIELD, FORM_TYPES
from app.db import WriteSession, reading
from app.errors import ConflictError, InvalidRequestError, KeyUsedError
from app.models import StoredAnswer
from app.state import State

HEADER = "idempotency-key"
LONGEST_KEY = 200
LARGEST_KEPT_BYTES = 1_000_000
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A request that may be sent again: the key that names it, and the hash of what it says."""

    key: str
    body_hash: str


class AnsweredBeforeError(Exception):
    """The very same request was answered already; it is no fault, and is answered the same again.

    Attributes:
        answer: the first answer.
    """

    def __init__(self, answer: StoredAnswer) -> None:
        super().__init__("This request was answered already.")
        self.answer = answer


async def offered_once(request: Request) -> Once | None:
    """Return how a POST names itself; None where it does not, and so may be done again.

    Raises:
        InvalidRequestError: a key that is empty or too long.
    """
    if request.method != "POST":
        return None
    given = request.headers.get(HEADER)
    if given is not None and not 0 < len(given) <= LONGEST_KEY:
        raise InvalidRequestError(f"An Idempotency-Key has 1 to {LONGEST_KEY} characters: send a new UUID as the key.")
    body_hash = await _hash_of_body(request) if given is not None or _is_page(request) else ""
    if given is not None:
        return Once(key=given, body_hash=body_hash)
    if not _is_page(request):
        return None
    token = (await request.form()).get(FIELD)
    if not isinstance(token, str) or "." not in token:
        return None
    # Somebody who goes back, corrects the form and sends it again means something new.
    return Once(key=f"form {token} {body_hash}", body_hash=body_hash)


OfferedOnce = Annotated[Once | None, Depends(offered_once)]


def _is_page(request: Request) -> bool:
    is_form = request.headers.get("content-type", "").startswith(FORM_TYPES)
    return is_form and not request.url.path.startswith("/api/")


async def _hash_of_body(request: Request) -> str:
    found = hashlib.sha256()
    if not request.headers.get("content-type", "").startswith(FORM_TYPES):
        found.update(await request.body())
        return found.hexdigest()
    # By what the form says: what stands between its parts differs each time it is sent.
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            found.update(f"{name}\0{value.filename}\0".encode())
            while piece := await value.read(_PIECE_BYTES):
                found.update(piece)
            await value.seek(0)
        else:
            found.update(f"{name}\0{value}\0".encode())
    return found.hexdigest()


def answer_or_claim(request: Request, state: State, by: Actor, once: Once | None) -> None:
    """Answer a request that was answered before; otherwise note by which key its answer is to be kept.

    Raises:
        AnsweredBeforeError: it was, and said the same.
        KeyUsedError: the key was used for a request that said something else.
    """
    if once is None:
        return
    facts = (by.name, by.role, by.organisation, request.method, request.url.path, once.key)
    key_hash = hashlib.sha256("\0".join(facts).encode()).hexdigest()
    with reading(state.engine) as session:
        kept = session.get(StoredAnswer, key_hash)
    if kept is None or kept.stored_at < _oldest(state, state.clock.now()):
        request.state.once = (key_hash, once.body_hash)
    elif kept.body_hash != once.body_hash:
        raise KeyUsedError("This Idempotency-Key was used for a request that said something else: send a new key.")
    else:
        raise AnsweredBeforeError(kept)


def _oldest(state: State, at: datetime) -> datetime:
    return at - timedelta(hours=state.settings.answers_kept_hours)


def keep_answer(session: WriteSession, request: Request, state: State, answer: Response) -> None:
    """Keep the answer of a change under the key of its request, in the transaction of the change.

    A page's answer is kept only where it leads on to another page, so that nothing shown once is kept.

    Raises:
        ConflictError: the same request is being answered at this moment.
    """
    claim: tuple[str, str] | None = getattr(request.state, "once", None)
    is_kept = answer.status_code in {200, 201, 204, 303} and len(bytes(answer.body)) <= LARGEST_KEPT_BYTES
    if claim is None or not is_kept or (_is_page(request) and "location" not in answer.headers):
        return
    at = state.clock.now()
    session.execute(delete(StoredAnswer).where(StoredAnswer.stored_at < _oldest(state, at)))
    row = StoredAnswer(
        key_hash=claim[0],
        body_hash=claim[1],
        status=answer.status_code,
        media_type=answer.headers.get("content-type", ""),
        location=answer.headers.get("location", ""),
        content=bytes(answer.body),
        stored_at=at,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as problem:
        raise ConflictError(
            "This same request is being answered at this moment: send it again in a moment."
        ) from problem


def first_answer(kept: StoredAnswer) -> Response:
    """Return a kept answer as it was first given, marked as such."""
    headers = {"Idempotent-Replayed": "true", "Cache-Control": "no-store"}
    if kept.location:
        headers["Location"] = kept.location
    if kept.media_type:
        headers["Content-Type"] = kept.media_type
    return Response(kept.content, status_code=kept.status, headers=headers)
