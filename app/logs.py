"""Logging that says what happened to which record, and never anything personal.

A log line is an event name and facts whose names are on the list below; a fact that is not on it is refused
(ValueError), so that no name, address or form content can slip in. Requests are logged by route template, never by
the text of the address asked for.
"""

import json
import logging
from collections.abc import Mapping

ALLOWED_FACTS = frozenset(
    {"request_id", "method", "route", "status", "milliseconds", "reference", "kind", "count", "error", "where"}
)
_logger = logging.getLogger("folkmoot")


def set_up_logging() -> None:
    """Send our log lines to standard error, one JSON object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    _logger.handlers = [handler]
    _logger.setLevel(logging.INFO)
    _logger.propagate = False


def log(event: str, facts: Mapping[str, object], *, level: int = logging.INFO) -> None:
    """Write one line.

    Raises:
        ValueError: a fact that is not known to be free of personal data.
    """
    strangers = facts.keys() - ALLOWED_FACTS
    if strangers:
        raise ValueError(f"these facts may not be logged: {', '.join(sorted(strangers))}")
    _logger.log(level, json.dumps({"event": event, **facts}, default=str))
