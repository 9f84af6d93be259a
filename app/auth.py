"""Who may change the record: officers known by a bearer token, until accounts exist; reading is for anyone."""

import hmac
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.audit import Actor, Deed
from app.errors import NotAllowedError, NotSignedInError
from app.state import CurrentState

_bearer = HTTPBearer(auto_error=False, description="The token of an officer named in FOLKMOOT_OFFICERS")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def require_officer(state: CurrentState, credentials: Credentials) -> Deed:
    """Return who is changing the record and when.

    Raises:
        NotAllowedError: the service has no officers, so it only reads.
        NotSignedInError: no token, or not one of an officer's.
    """
    officers = state.settings.officers
    if not officers:
        raise NotAllowedError("This service only reads: name its officers and their tokens in FOLKMOOT_OFFICERS.")
    if credentials is None:
        raise NotSignedInError("Send an officer's token: Authorization: Bearer <token>.")
    offered = credentials.credentials.encode()
    for officer in officers:
        if hmac.compare_digest(officer.token.get_secret_value().encode(), offered):
            return Deed(by=Actor(name=officer.name, role=officer.role), at=state.clock.now())
    raise NotSignedInError("That token is no officer's: check it with whoever runs this service.")


CurrentDeed = Annotated[Deed, Depends(require_officer)]
