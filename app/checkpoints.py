"""Signed checkpoints of the record: how long it was and how it ended, on a day, under an Ed25519 signature.

Published elsewhere (a website, a newspaper, a neighbour's disk), a checkpoint holds the whole record before it in
place: a chain rewritten from any point on no longer passes through it.
"""

import base64
import json
import logging
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from app.audit import FIRST_PREVIOUS_HASH
from app.clock import LONDON, Clock
from app.db import ReadSession, WriteSession, create_database_engine, reading
from app.errors import InvalidRequestError
from app.logs import log
from app.models import AuditEvent
from app.secrets import checkpoint_secret
from app.settings import Settings

SCHEMA = "folkmoot.checkpoint/1"
CHECKPOINTS = "checkpoints"
"""Name of their folder in the data folder."""
_LOOKS_EVERY_S = 900


def _signed_bytes(document: Mapping[str, Any]) -> bytes:
    facts = {key: value for key, value in document.items() if key != "signature"}
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def checkpoint(session: ReadSession | WriteSession, secret: bytes, *, at: datetime) -> dict[str, Any]:
    """Return a signed checkpoint of the record as it stands (`folkmoot.checkpoint/1`).

    Args:
        session: the record.
        secret: the 32 bytes of the service's Ed25519 key.
        at: now.
    """
    key = Ed25519PrivateKey.from_private_bytes(secret)
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).first()
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "events": last.seq if last else 0,
        "last_hash": last.hash if last else FIRST_PREVIOUS_HASH,
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
    }
    document["signature"] = base64.b64encode(key.sign(_signed_bytes(document))).decode()
    return document


def checkpoint_faults(
    document: Mapping[str, Any], session: ReadSession | WriteSession, *, public_key: str | None = None
) -> list[str]:
    """Return why the record does not pass through a checkpoint; empty where it does.

    Args:
        document: the checkpoint.
        session: the record.
        public_key: the key it must be signed with (base 64); its own where none is given.

    Raises:
        InvalidRequestError: it is no checkpoint.
    """
    try:
        signature = base64.b64decode(document["signature"], validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(document["public_key"], validate=True))
        events, last_hash, on = int(document["events"]), str(document["last_hash"]), str(document["at"])
    except (KeyError, TypeError, ValueError) as problem:
        raise InvalidRequestError(
            f"This is no checkpoint of a record ({SCHEMA}): give the file as it was published."
        ) from problem
    faults = []
    if public_key is not None and document["public_key"] != public_key:
        faults.append(f"the checkpoint of {on} is signed with another key")
    try:
        key.verify(signature, _signed_bytes(document))
    except InvalidSignature:
        faults.append(f"the checkpoint of {on} was changed after it was signed")
    there = session.scalars(select(AuditEvent.hash).where(AuditEvent.seq == events)).one_or_none()
    if events and there is None:
        faults.append(f"the record ends before event {events}, which the checkpoint of {on} had seen")
    elif events and there != last_hash:
        faults.append(f"event {events} is not the one that the checkpoint of {on} had seen")
    return faults


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Return the checkpoint in a file.

    Raises:
        InvalidRequestError: it cannot be read, or is not JSON.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise InvalidRequestError(f"The checkpoint {path.name} cannot be read: give a file of {SCHEMA}.") from problem
    if not isinstance(document, dict):
        raise InvalidRequestError(f"The checkpoint {path.name} is no {SCHEMA}: give the file as it was published.")
    return document


def keep_checkpoint(settings: Settings, engine: Engine, at: datetime) -> Path:
    """Write the day's checkpoint into the data folder, unless it is there, and return where: a file a day."""
    folder = settings.data_folder / CHECKPOINTS
    path = folder / f"{at.astimezone(LONDON).date().isoformat()}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with reading(engine) as session:
            document = checkpoint(session, checkpoint_secret(settings), at=at)
        path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return path


def keep_checkpoints_daily(settings: Settings, clock: Clock) -> None:
    """Write each day's checkpoint soon after the day begins, for as long as the service runs."""
    engine = create_database_engine(settings.resolved_database_url)
    while True:
        try:
            keep_checkpoint(settings, engine, clock.now())
        except (OSError, SQLAlchemyError) as problem:
            log("checkpoint", {"error": type(problem).__name__}, level=logging.ERROR)
        time.sleep(_LOOKS_EVERY_S)


def stored_checkpoints(folder: Path) -> Iterable[Path]:
    """Return the checkpoints kept so far, oldest first."""
    return sorted(folder.glob("????-??-??.json"))
