"""Passwords: long enough, not guessable, kept as argon2, and checked in the same time whoever asks."""

import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn

LEAST_LENGTH = 12
MOST_LENGTH = 128
# Zxcvbn's score from 0 to 4; 3 stands for "would take more than a hundred million guesses".
LEAST_SCORE = 3
# The estimate takes longer the longer the password, and says nothing new after this many characters.
_ESTIMATED_LENGTH = 64
_FIRST_PASSWORD_BYTES = 15


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, with its own salt."""
    return _hasher().hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Say whether this is the password; takes as long where there is no account, or it has no password."""
    is_right = _hasher().verify(password[:MOST_LENGTH], password_hash or _nobodys_hash())
    return is_right and password_hash is not None and len(password) <= MOST_LENGTH


def weakness(password: str, *, words: tuple[str, ...] = ()) -> str | None:
    """Return why a password cannot be used, in one sentence; None where it can.

    Args:
        password: what was typed.
        words: the account's name and organisation, which make poor passwords.
    """
    if len(password) < LEAST_LENGTH:
        return f"The password must be {LEAST_LENGTH} characters or more: three or four unrelated words make a good one."
    if len(password) > MOST_LENGTH:
        return f"The password must be {MOST_LENGTH} characters or fewer: use a shorter one."
    estimate = zxcvbn(password[:_ESTIMATED_LENGTH], user_inputs=["folkmoot", *words], max_length=_ESTIMATED_LENGTH)
    if estimate["score"] < LEAST_SCORE:
        return "The password is too easy to guess: use three or four words that have nothing to do with each other."
    return None


def first_password() -> str:
    """Return a password for an account's first sign-in, to be told once and changed at once."""
    return secrets.token_urlsafe(_FIRST_PASSWORD_BYTES)
