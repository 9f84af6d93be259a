"""Tokens: random, told once, kept only as a hash."""

import hashlib
import secrets

_BYTES = 32
PERSONAL_PREFIX = "folkmoot_"


def new_token(prefix: str = "") -> str:
    """Return a token that nobody can guess (256 bits)."""
    return prefix + secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token: its SHA-256; being random, it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
