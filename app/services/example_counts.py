"""Hold a whole count from figures that are already known, step by step as officers do: for examples and exercises."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.audit import Deed
from app.db import WriteSession
from app.models import CountPortion
from app.queries.counts import portions_of
from app.services.counts import Part
from app.services.counts_keying import EntryFacts, key_figures
from app.services.counts_rounds import answer_recount, authorise_portion, confirm_portion_round, give_final_statement
from app.services.counts_setup import PortionFacts, set_up_portion
from app.services.counts_signing import sign_count
from app.services.counts_verification import draw_up_statement, take_box_step
from app.services.referendums import referendum_by_reference
from referendum.count import Poll
from referendum.sheets import FIGURES, SheetKind
from referendum.verification import Step

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Two people at a count, who key one after the other and both sign.

    Attributes:
        session: the transaction.
        reference: the referendum.
        first, second: what each of them does; the second is the chief where several councils count.
    """

    session: WriteSession
    reference: str
    first: Deed
    second: Deed

    def hold(self, rounds: Sequence[tuple[str, Document]]) -> None:
        """Hold the first count and each recount, and sign the last.

        Args:
            rounds: for each, why it is held, and its polls as in a folkmoot.count/1 document.
        """
        for part, row, portion in self._set_up(rounds[0][1]):
            self._verify(part, row, portion)
        for place, (reason, polls) in enumerate(rounds):
            for part, portion in self._parts(polls):
                if place:
                    self._recount(part, reason)
                self._key(part, f"round-{place + 1}", {**portion, **portion["rejected"]}, SheetKind.ROUND)
                confirm_portion_round(self.session, self.first, part)
                self._finish(part)
        for deed in (self.first, self.second):
            sign_count(self.session, deed, self.reference)

    def _set_up(self, polls: Document) -> Iterator[tuple[Part, CountPortion, Document]]:
        for poll, figures in polls.items():
            for portion in figures["portions"]:
                facts = PortionFacts(
                    poll=Poll(poll),
                    council=portion["council"],
                    stations=[station["name"] for station in portion["stations"]],
                    postal_sessions=1,
                )
                set_up_portion(self.session, self.first, self.reference, facts)
        for part, portion in self._parts(polls):
            referendum = referendum_by_reference(self.session, self.reference)
            yield part, referendum.portions[part.number - 1], portion

    def _parts(self, polls: Document) -> Iterator[tuple[Part, Document]]:
        referendum = referendum_by_reference(self.session, self.reference)
        for stands in portions_of(referendum):
            portions = polls[stands.row.poll]["portions"]
            portion = next(one for one in portions if one["council"] == stands.row.council)
            yield Part(reference=self.reference, number=stands.number), portion

    def _verify(self, part: Part, row: CountPortion, portion: Document) -> None:
        if row.electorate is None:
            self._key(part, SheetKind.ELECTORATE.value, portion, SheetKind.ELECTORATE)
        for number, station in enumerate(portion["stations"], 1):
            sheet = f"station-{number}"
            self._key(part, sheet, station, SheetKind.STATION)
            accounted_for = station["issued"] + station["spoilt"] + station["unused"]
            if (station["found"], accounted_for) != (station["issued"], station["supplied"]):
                self._follow_up(part, sheet, station["found"])
        self._key(part, "postal-1", portion["postal"], SheetKind.POSTAL)
        draw_up_statement(self.session, self.first, part)

    def _follow_up(self, part: Part, sheet: str, found: int) -> None:
        take_box_step(self.session, self.first, part, sheet, Step.RECHECK_ACCOUNT)
        for deed in (self.first, self.second):
            take_box_step(self.session, deed, part, sheet, Step.RECOUNT_BOX, found=found)

    def _key(self, part: Part, sheet: str, figures: Document, kind: SheetKind) -> None:
        for deed in (self.first, self.second):
            salt = f"{self.reference} {part.number} {sheet} {deed.by.name}"[:64]
            wanted = {name: figures[name] for name in FIGURES[kind]}
            key_figures(self.session, deed, part, EntryFacts(sheet=sheet, figures=wanted, salt=salt))

    def _recount(self, part: Part, reason: str) -> None:
        answer_recount(self.session, self.first, part, asked_by="The counting officer", granted=True, reason=reason)

    def _finish(self, part: Part) -> None:
        if referendum_by_reference(self.session, self.reference).is_cross_boundary:
            chief = replace(self.second, by=replace(self.second.by, role="chief-counting-officer"))
            authorise_portion(self.session, chief, part)
            give_final_statement(self.session, self.first, part)
