"""The second factor: six digits from an app on the phone, new every half minute (TOTP, RFC 6238)."""

import hmac
from datetime import datetime

from pyotp import TOTP, random_base32

ISSUER = "Folkmoot"
_STEP_S = 30
_NEIGHBOURS = (-1, 0, 1)


def new_secret() -> str:
    """Return a secret to share with a phone, in base 32."""
    return random_base32()


def provisioning_uri(secret: str, account: str) -> str:
    """Return the address that an authenticator app reads from a square barcode."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def code_at(secret: str, at: datetime) -> str:
    """Return the six digits that a phone with the secret shows at a moment."""
    return TOTP(secret).at(int(at.timestamp()))


def used_step(secret: str, code: str, *, at: datetime, after: int | None) -> int | None:
    """Return the half minute whose code this is; None where it is wrong, too old or already used.

    Args:
        secret: the shared secret.
        code: what was typed; spaces do not matter.
        at: the moment.
        after: the last half minute whose code was used.
    """
    typed = "".join(code.split()).encode()
    now = int(at.timestamp()) // _STEP_S
    for step in (now + offset for offset in _NEIGHBOURS):
        is_right = hmac.compare_digest(TOTP(secret).at(step * _STEP_S).encode(), typed)
        if is_right and (after is None or step > after):
            return step
    return None
