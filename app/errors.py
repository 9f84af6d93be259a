"""The table that turns an exception into a status and a problem type (RFC 9457); nothing else knows statuses.

404 absent, 403 not yours, 409 lawful but not at this stage, 410 withdrawn, 412 stale, 422 malformed, 503 not ready,
500 ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from app.rule_citations import rules_behind
from geo.errors import GeoError, LimitExceededError
from geo.findings import Finding
from referendum.errors import CountFileError, ReferendumError, StageError, UnknownRuleError


class ServiceError(Exception):
    """A request the service refuses; its text is one sentence saying what, where and what to do."""


class NotFoundError(ServiceError):
    """Nothing of that reference exists."""


class WithdrawnError(ServiceError):
    """What was here has been withdrawn."""


class NotAllowedError(ServiceError):
    """The caller may not do this."""


class NotSignedInError(ServiceError):
    """The caller has not said who they are."""


class FreshSignInError(NotAllowedError):
    """The caller may do this, but only after saying who they are once more, with their second factor."""


class TooManyAttemptsError(ServiceError):
    """The caller has failed to sign in too often of late."""


class ConflictError(ServiceError):
    """Lawful in itself, but not in the present state of the record."""


class InvalidRequestError(ServiceError):
    """What was sent cannot be used.

    Attributes:
        findings: what is wrong with it and where, when a boundary or a count was examined.
    """

    def __init__(self, message: str, *, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class StaleError(ServiceError):
    """What is to be changed has changed since the caller read it.

    Attributes:
        changes: what happened to it since, each with `seq`, `at`, `kind` and `role`, oldest first.
    """

    def __init__(self, message: str, *, changes: tuple[Mapping[str, object], ...] = ()) -> None:
        super().__init__(message)
        self.changes = changes


class KeyUsedError(InvalidRequestError):
    """An idempotency key that was used already for another request."""


class ServiceUnavailableError(ServiceError):
    """The service lacks something it cannot work without."""


@dataclass(frozen=True, slots=True)
class Problem:
    """How one family of errors is answered."""

    status: HTTPStatus
    type: str
    title: str


PROBLEMS: Mapping[type[Exception], Problem] = {
    NotFoundError: Problem(HTTPStatus.NOT_FOUND, "not-found", "There is nothing here"),
    WithdrawnError: Problem(HTTPStatus.GONE, "withdrawn", "This has been withdrawn"),
    NotSignedInError: Problem(HTTPStatus.UNAUTHORIZED, "not-signed-in", "Say who you are"),
    FreshSignInError: Problem(HTTPStatus.FORBIDDEN, "sign-in-again", "Sign in again first"),
    TooManyAttemptsError: Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-attempts", "Wait before trying again"),
    NotAllowedError: Problem(HTTPStatus.FORBIDDEN, "not-allowed", "You may not do this"),
    ConflictError: Problem(HTTPStatus.CONFLICT, "conflict", "Not possible as the record stands"),
    StaleError: Problem(HTTPStatus.PRECONDITION_FAILED, "stale", "This has changed since you read it"),
    KeyUsedError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "key-used", "This key was used for something else"),
    InvalidRequestError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "This cannot be used as it was sent"),
    ServiceUnavailableError: Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "The service is not ready"),
    LimitExceededError: Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "This is larger than we accept"),
    GeoError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unusable-geography", "This boundary or file cannot be used"),
    StageError: Problem(HTTPStatus.CONFLICT, "stage", "Lawful, but not at this stage"),
    UnknownRuleError: Problem(HTTPStatus.NOT_FOUND, "unknown-rule", "There is no such rule"),
    CountFileError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unusable-count", "These figures cannot be used"),
    ReferendumError: Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unusable-figures", "These figures cannot be used"),
}


# The families that may be refused by a rule; what is absent, or not the caller's, is refused by none.
_BY_RULE = frozenset({"conflict", "invalid", "stage", "unusable-geography", "unusable-count", "unusable-figures"})


def problem_of(error: Exception) -> Problem | None:
    """Return how the error is answered, by the nearest class in its ancestry; None for one that is ours."""
    for ancestor in type(error).__mro__:
        if issubclass(ancestor, Exception) and ancestor in PROBLEMS:
            return PROBLEMS[ancestor]
    return None


def problem_document(error: Exception, problem: Problem, instance: str) -> dict[str, object]:
    """Return the RFC 9457 document of an error; `rules`, `findings`, `changes` and `path` are our extension members."""
    document: dict[str, object] = {
        "type": f"/problems/{problem.type}",
        "title": problem.title,
        "status": int(problem.status),
        "detail": str(error),
        "instance": instance,
    }
    if isinstance(error, InvalidRequestError) and error.findings:
        document["findings"] = [finding.document() for finding in error.findings]
    if isinstance(error, StaleError):
        document["changes"] = list(error.changes)
    if problem.type in _BY_RULE and (rules := rules_behind(error)):
        document["rules"] = list(rules)
    if isinstance(error, CountFileError) and error.path:
        document["path"] = error.path
    return document
