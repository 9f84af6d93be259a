"""Which rules stand behind a refusal: those it names, or else those of the function that refused."""

import sys
from collections.abc import Iterator
from operator import attrgetter
from types import FrameType, TracebackType

from app.rule_coverage import named_ids
from referendum.rulebook import rules

_OURS = ("app.services.", "app.queries.", "app.verdict", "app.electors", "referendum.", "geo.")


def rules_behind(error: Exception) -> tuple[str, ...]:
    """Return the ids of the rules behind a refusal, in the order in which they are named; none where none is known.

    A refusal that names rules in its sentence is taken at its word; otherwise they are those that the docstring of
    the function that refused gives as its source, or of the nearest one that called it.
    """
    return _known(str(error)) or next(filter(None, map(_known, _sources(error.__traceback__))), ())


def _known(text: str) -> tuple[str, ...]:
    ids = {rule.id for rule in rules()}
    return tuple(dict.fromkeys(each for each in named_ids(text) if each in ids))


def _sources(trace: TracebackType | None) -> Iterator[str]:
    """Yield the sources given by the functions of ours that an error passed through, the innermost first."""
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    for frame in reversed(frames):
        if frame.f_globals.get("__name__", "").startswith(_OURS):
            yield _docstring(frame).partition("Source:")[2]


def _docstring(frame: FrameType) -> str:
    try:
        function = attrgetter(frame.f_code.co_qualname)(sys.modules[frame.f_globals["__name__"]])
    except AttributeError:
        return ""  # a function within a function says nothing of its own
    return function.__doc__ or ""
