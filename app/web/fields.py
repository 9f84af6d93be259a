"""What is wrong with one field of a form, and days and lengths as people type them."""

from datetime import date

from app.errors import InvalidRequestError, ServiceError
from app.web.form_page import Errors


class FieldError(InvalidRequestError):
    """One field cannot be used; the sentence stands beside it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def errors_of(refusal: ServiceError, otherwise: str) -> Errors:
    """Return a refusal as the errors of a form: beside its own field, or beside the one named."""
    return [(getattr(refusal, "field", otherwise), str(refusal))]


def typed_day(field: str, text: str) -> date:
    """Return the day that was typed.

    Raises:
        FieldError: it is no day, or there is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        given = f"“{text.strip()[:20]}” is no date" if text.strip() else "A date is missing"
        raise FieldError(field, f"{given}: write year, month and day, as in 2026-05-31.") from problem


def optional_day(field: str, text: str) -> date | None:
    """Return the day that was typed, or None where nothing was.

    Raises:
        FieldError: it is no day.
    """
    return typed_day(field, text) if text.strip() else None


def no_longer_than(field: str, text: str, longest: int) -> str:
    """Return the text without spaces around it.

    Raises:
        FieldError: it has too many characters.
    """
    if len(text.strip()) > longest:
        raise FieldError(field, f"That is longer than {longest:,} characters: shorten it.")
    return text.strip()
