"""Passwords: what is refused, and that checking takes as long for nobody as for somebody."""

import statistics
import time

import pytest

from app.auth.passwords import first_password, hash_password, is_password, weakness


@pytest.mark.parametrize(
    ("password", "words", "why"),
    [
        pytest.param("short", (), "12 characters or more", id="short"),
        pytest.param("x" * 129, (), "128 characters or fewer", id="long"),
        pytest.param("password1234", (), "too easy to guess", id="in every list"),
        pytest.param("folkmootfolkmoot", (), "too easy to guess", id="the service's name"),
        pytest.param("aldermerecouncil", ("aldermerecouncil",), "too easy to guess", id="the council's name"),
        pytest.param("qwertyuiop[]", (), "too easy to guess", id="along the keyboard"),
    ],
)
def test_passwords_that_are_refused(password, words, why):
    assert why in weakness(password, words=words)


@pytest.mark.parametrize(
    "password", ["teapot meadow lantern 42", "bramble-harbour-sixpence", "ÆØÅ løvetann stige måne"]
)
def test_passwords_that_are_taken(password):
    assert weakness(password) is None
    stored = hash_password(password)
    assert stored.startswith("$argon2id$")
    assert is_password(password, stored)
    assert not is_password(password + "x", stored)


def test_first_passwords_are_good_and_never_the_same():
    made = {first_password() for _ in range(50)}
    assert len(made) == 50
    assert all(weakness(password) is None for password in made)


def test_an_account_that_does_not_exist_takes_as_long_to_refuse():
    """The median of several, in processor time; argon2 takes tens of milliseconds, a short cut would take none."""
    stored = hash_password("teapot meadow lantern 42")

    def median_s(password_hash):
        spans = []
        for _ in range(5):
            started = time.process_time()
            is_password("guess guess guess", password_hash)
            spans.append(time.process_time() - started)
        return statistics.median(spans)

    median_s(None)
    assert 0.5 < median_s(None) / median_s(stored) < 2
