"""Signing in with a council's own provider: OpenID Connect, authorisation code with PKCE, by Authlib.

The provider is any that publishes its configuration at its issuer's address. What it says is believed only when it
is signed with the provider's keys, meant for this service, answers this very request, and has not run out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.errors import NotAllowedError, ServiceUnavailableError
from app.settings import IdentityProvider

_ALGORITHMS = ["RS256", "PS256", "ES256"]
_TIMEOUT_S = 10.0
_LEEWAY_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in begun at a provider: where to send the browser, and what to remember until it comes back."""

    address: str
    remembered: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Whom a provider confirms: its own number for them, and the account name it knows them by."""

    issuer: str
    subject: str
    account: str


def _client(provider: IdentityProvider, redirect_uri: str) -> OAuth2Client:
    return OAuth2Client(
        client_id=provider.client_id,
        client_secret=provider.client_secret.get_secret_value(),
        scope="openid profile email",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=_TIMEOUT_S,
    )


def _configuration(client: OAuth2Client, provider: IdentityProvider) -> dict[str, Any]:
    try:
        answer = client.request(
            "GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration", withhold_token=True
        )
        found: dict[str, Any] = answer.raise_for_status().json()
        endpoints = [str(found[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as problem:
        raise ServiceUnavailableError(f"{provider.title} does not answer: try again, or sign in here.") from problem
    scheme = urlsplit(provider.issuer).scheme
    if found.get("issuer") != provider.issuer or any(urlsplit(each).scheme != scheme for each in endpoints):
        raise ServiceUnavailableError(f"{provider.title} is not set up rightly: tell whoever runs this service.")
    return found


def begin(provider: IdentityProvider, redirect_uri: str) -> Begun:
    """Begin a sign-in at a provider.

    Raises:
        ServiceUnavailableError: the provider does not answer, or is not the one that was set up.
    """
    with _client(provider, redirect_uri) as client:
        found = _configuration(client, provider)
        remembered = {name: generate_token(48) for name in ("state", "nonce", "code_verifier")}
        address, _ = client.create_authorization_url(found["authorization_endpoint"], **remembered)
    return Begun(address=address, remembered=remembered)


def confirm(
    provider: IdentityProvider,
    redirect_uri: str,
    remembered: Mapping[str, str],
    *,
    code: str,
    at: datetime,
) -> Confirmed:
    """Return whom the provider confirms, from the code it gave the browser.

    Raises:
        ServiceUnavailableError: the provider does not answer.
        NotAllowedError: what it says cannot be relied on.
    """
    with _client(provider, redirect_uri) as client:
        found = _configuration(client, provider)
        try:
            answer = client.fetch_token(found["token_endpoint"], code=code, code_verifier=remembered["code_verifier"])
            keys = KeySet.import_key_set(
                client.request("GET", found["jwks_uri"], withhold_token=True).raise_for_status().json()
            )
            token = jwt.decode(str(answer["id_token"]), keys, algorithms=_ALGORITHMS)
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client_id},
                },
                params={"nonce": remembered["nonce"], "client_id": provider.client_id},
            )
            claims.validate(now=int(at.timestamp()), leeway=_LEEWAY_S)
        except httpx2.HTTPError as problem:
            raise ServiceUnavailableError(f"{provider.title} does not answer: try again.") from problem
        except (OAuthError, JoseError, KeyError, ValueError, TypeError) as problem:
            raise NotAllowedError(f"{provider.title} could not confirm who you are: try again.") from problem
    return Confirmed(issuer=provider.issuer, subject=str(claims["sub"]), account=_account(provider, claims))


def _account(provider: IdentityProvider, claims: Mapping[str, Any]) -> str:
    """Return the account name a provider knows someone by; an email address only where it was verified."""
    value = claims.get(provider.account_claim)
    is_unverified = provider.account_claim == "email" and claims.get("email_verified") is not True
    if not isinstance(value, str) or is_unverified:
        raise NotAllowedError(f"{provider.title} does not say which account is yours: ask an administrator there.")
    return value.strip().lower()
