"""Successions of authorities: what the record knew by an old code or council is the new authority's from then on."""

from collections.abc import Iterator

from app.audit import EventKind
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps

_COUNCIL = 2
"""Where a list of polling stations is told apart by its council, in its key."""


def _succeeded(state: State, event: Event) -> None:
    after, new = event["after"], event["subject"]
    codes, names = {was["code"] for was in after["from"]}, {was["name"] for was in after["from"]}
    for facts in state.values():
        for field in ("authority_code", "organisation"):
            if facts.get(field) in codes:
                facts[field] = new
        if isinstance(facts.get("held_by"), list):
            facts["held_by"] = sorted({new if code in codes else code for code in facts["held_by"]})
    polls = set(after["homes"].get("referendums", ()))
    for key in [key for key in state if key[0] == "stations" and key[1] in polls and key[_COUNCIL] in names]:
        state[*key[:_COUNCIL], after["name"]] = state.pop(key)


STEPS: Steps = {EventKind.AUTHORITY_SUCCEEDED: _succeeded}


def stored(_session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield nothing: a succession is told by the rows it moved, under their own nouns."""
    yield from ()
