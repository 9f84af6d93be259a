"""What the count's pages share: who may look, the way to them, and figures read from what was typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.models import Referendum
from app.queries.counts import PortionStands, portion_numbered
from app.scope import refuse_other_council
from app.services.counts import counting_councils, refuse_other_count
from app.services.referendums import referendum_by_reference
from app.web.form_page import Errors, form_page
from app.web.page import HOME
from referendum.count_file import LARGEST_FIGURE

COUNTS = ("Counts", "/count")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRequest:
    """A request for one page of one count: the request, who asks, and the referendum."""

    request: Request
    deed: Deed
    referendum: Referendum

    @property
    def base(self) -> str:
        """Address of the count's task list."""
        return f"/count/{self.referendum.reference}"

    def page(self, template: str, facts: Mapping[str, Any], *, errors: Errors = ()) -> Response:
        """Return a page of this count with its form."""
        frame = {"referendum": self.referendum, "base": self.base, "me": self.deed.by.name}
        crumbs = [HOME, COUNTS, (self.referendum.plan.area.name, self.base)]
        return form_page(
            self.request, f"count/{template}", {**frame, **facts}, errors=errors, section="/count", crumbs=crumbs
        )


def count_request(request: Request, session: ReadSession | WriteSession, deed: Deed, reference: str) -> CountRequest:
    """Return a request for a page of a count by someone who counts it.

    Raises:
        NotFoundError: there is no such referendum.
        NotAllowedError: another council's.
    """
    referendum = referendum_by_reference(session, reference)
    refuse_other_count(deed, referendum)
    return CountRequest(request=request, deed=deed, referendum=referendum)


def own_portion(asked: CountRequest, number: int) -> PortionStands:
    """Return a portion for someone who may act on it.

    Raises:
        NotFoundError: no such portion.
        NotAllowedError: another council's.
    """
    stands = portion_numbered(asked.referendum, number)
    councils = counting_councils(asked.deed, asked.referendum, stands.row.council)
    refuse_other_council(asked.deed, councils, f"The count of {stands.row.council}")
    return stands


def read_figures(
    typed: Mapping[str, str], wanted: Iterable[str], words: Callable[[str], str]
) -> tuple[dict[str, int], Sequence[tuple[str, str]]]:
    """Return the figures that were typed, and for each that is none, its field and what to do, by the field's words."""
    figures: dict[str, int] = {}
    errors = []
    for name in wanted:
        text = typed.get(name, "").strip().replace(",", "").replace(" ", "")
        if not text:
            errors.append((name, f"{words(name)}: enter the number on the paper, 0 if there are none."))
        elif not (text.isascii() and text.isdigit()):
            errors.append((name, f"“{text[:20]}” is not a whole number of papers: enter digits only."))
        elif int(text[:12]) > LARGEST_FIGURE:
            errors.append((name, f"{text[:20]} is too large to be a number of papers: look at the paper again."))
        else:
            figures[name] = int(text)
    return figures, errors
