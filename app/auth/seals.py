"""What is sealed under the service's own key: second factors at rest, short messages to ourselves, form tokens."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


def _key(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, f"folkmoot {purpose}".encode(), "sha256")


def _box(secret: bytes, purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(_key(secret, purpose)))


def seal(secret: bytes, purpose: str, facts: dict[str, Any], *, at: datetime) -> str:
    """Return the facts encrypted and signed for one purpose, with the moment they were sealed."""
    return _box(secret, purpose).encrypt_at_time(json.dumps(facts).encode(), int(at.timestamp())).decode()


def unseal(secret: bytes, purpose: str, sealed: str, *, at: datetime, within: timedelta) -> dict[str, Any] | None:
    """Return the facts; None where they were not sealed by us for this purpose, or too long ago."""
    try:
        text = _box(secret, purpose).decrypt_at_time(sealed, int(within.total_seconds()), int(at.timestamp()))
    except (InvalidToken, UnicodeEncodeError):
        return None
    facts: dict[str, Any] = json.loads(text)
    return facts


def encrypt(secret: bytes, purpose: str, text: str) -> bytes:
    """Return text encrypted to be stored."""
    return _box(secret, purpose).encrypt(text.encode())


def decrypt(secret: bytes, purpose: str, stored: bytes) -> str | None:
    """Return stored text; None where it was encrypted under another key."""
    try:
        return _box(secret, purpose).decrypt(stored).decode()
    except InvalidToken:
        return None


def form_token(secret: bytes, cookie: str) -> str:
    """Return the token that forms of one browser carry, bound to its cookie."""
    return hmac.new(_key(secret, "form"), cookie.encode(), hashlib.sha256).hexdigest()


def is_form_token(secret: bytes, cookie: str, offered: str) -> bool:
    """Say whether a form carries the token of the browser that sent it."""
    return hmac.compare_digest(form_token(secret, cookie).encode(), offered.partition(".")[0].encode())


def personal_key(secret: bytes, text: str) -> str:
    """Return a keyed hash of something personal (an account name tried, a network address), to count by."""
    return hmac.new(_key(secret, "attempt"), text.encode(), hashlib.sha256).hexdigest()
