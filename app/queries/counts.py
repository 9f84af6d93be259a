"""Where the count of a referendum stands: every sheet, every box, every portion, worked out from what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import BoxCause, CountPortion, CountRelease, CountRound, Referendum
from referendum.ballot import AccountCheck, check_account
from referendum.count import Poll, Portion, Rejected, StationAccount
from referendum.keying import KeyingState
from referendum.sheets import KeyedSheet, Sheet, SheetEntry, SheetKind, keyed_sheet
from referendum.verification import BoxState, BoxVerification, Cause, CauseKind, Step, StepTaken, verified_station

SETTLED = frozenset({KeyingState.AGREED, KeyingState.CORRECTED})
_COUNCILS_ACROSS = 2
AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxStands:
    """One box: its verification, what its account says, and a cause that waits for a second person to agree."""

    sheet: Sheet
    verification: BoxVerification
    check: AccountCheck
    proposed: BoxCause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionStands:
    """One council's part of one poll, as it stands.

    Attributes:
        number: its place among the portions of the referendum, from 1.
        sheets: every sheet that has to be keyed for its verification, then the round under way.
        boxes: the boxes whose account is settled.
    """

    number: int
    row: CountPortion
    sheets: tuple[KeyedSheet, ...]
    boxes: tuple[BoxStands, ...]

    def sheet(self, key: str) -> KeyedSheet:
        """Return one sheet. Raises: NotFoundError where this portion has no such sheet."""
        for held in self.sheets:
            if held.sheet.key == key:
                return held
        raise NotFoundError(f"{self.row.council} has no sheet “{key[:40]}”: choose one from the count's list.")

    def box(self, key: str) -> BoxStands:
        """Return one box. Raises: NotFoundError where its account is not settled yet, or there is none."""
        for held in self.boxes:
            if held.sheet.key == key:
                return held
        raise NotFoundError(f"The account “{key[:40]}” is not settled, so its box has nothing to compare with yet.")

    @property
    def round_sheet(self) -> KeyedSheet:
        """The sheet of the count under way."""
        return self.sheet(f"round-{self.row.round}")

    @property
    def verification_sheets(self) -> tuple[KeyedSheet, ...]:
        """The sheets that must be settled before the statement of verification."""
        return tuple(held for held in self.sheets if held.sheet.kind is not SheetKind.ROUND)

    @property
    def open_boxes(self) -> tuple[BoxStands, ...]:
        """The boxes with a variance that is not closed."""
        return tuple(held for held in self.boxes if held.verification.state is BoxState.OPEN)

    @property
    def is_verified(self) -> bool:
        """Say whether the statement of verification has been drawn up."""
        return self.row.statement is not None

    @property
    def is_round_confirmed(self) -> bool:
        """Say whether the count under way was confirmed."""
        return bool(self.row.rounds) and self.row.rounds[-1].number == self.row.round

    @property
    def electorate(self) -> int | None:
        """Entries with a vote: frozen, or as two people keyed it."""
        if self.row.electorate is not None:
            return self.row.electorate
        values = self.sheet(SheetKind.ELECTORATE.value).values
        return None if values is None else values["electorate"]

    @property
    def postal_found(self) -> int:
        """Postal papers of the sessions that are settled."""
        settled = [held.values for held in self.sheets if held.sheet.kind is SheetKind.POSTAL]
        return sum(values["found"] for values in settled if values is not None)


def portion_stands(number: int, row: CountPortion) -> PortionStands:
    """Return where one portion stands. Source: COUNT-2, COUNT-3, COUNT-12."""
    held = tuple(_sheet_stands(row, sheet) for sheet in _sheets(row))
    boxes = tuple(
        _box_stands(row, each) for each in held if each.sheet.kind is SheetKind.STATION and each.state in SETTLED
    )
    return PortionStands(number=number, row=row, sheets=held, boxes=boxes)


def portions_of(referendum: Referendum) -> tuple[PortionStands, ...]:
    """Return where every portion of a referendum stands, in the order in which they were set up."""
    return tuple(portion_stands(number, row) for number, row in enumerate(referendum.portions, 1))


def portion_numbered(referendum: Referendum, number: int) -> PortionStands:
    """Return one portion. Raises: NotFoundError where there is none of that number."""
    if not 1 <= number <= len(referendum.portions):
        raise NotFoundError(f"The count of {referendum.reference} has no part {number}: choose one from its list.")
    return portion_stands(number, referendum.portions[number - 1])


def figures_of(stands: PortionStands) -> Portion | None:
    """Return the portion's figures with the round last confirmed; None before there are any. Source: COUNT-12."""
    if not stands.is_verified or not stands.row.rounds or stands.electorate is None:
        return None
    figures = stands.row.rounds[-1].figures
    return portion_with(stands, figures)


def portion_with(stands: PortionStands, figures: dict[str, int]) -> Portion:
    """Return a verified portion with the figures of one round."""
    return Portion(
        council=stands.row.council,
        electorate=stands.electorate or 0,
        stations=tuple(verified_station(box.verification) for box in stands.boxes),
        postal_found=stands.postal_found,
        yes=figures["yes"],
        no=figures["no"],
        rejected=Rejected(
            official_mark=figures["official_mark"],
            more_than_one_answer=figures["more_than_one_answer"],
            identifies_voter=figures["identifies_voter"],
            unmarked_or_uncertain=figures["unmarked_or_uncertain"],
        ),
    )


def papers_verified(stands: PortionStands) -> int:
    """Return the papers found in the boxes, by the latest count of each, and by post. Source: COUNT-2."""
    return sum(box.verification.found for box in stands.boxes) + stands.postal_found


def lacks_no_poll(referendum: Referendum) -> bool:
    """Say whether every poll that must be held has a part, and at least two where several councils hold it."""
    polls = [row.poll for row in referendum.portions]
    needed = [Poll.RESIDENTIAL, Poll.BUSINESS] if referendum.has_business_poll else [Poll.RESIDENTIAL]
    several = referendum.is_cross_boundary and polls.count(Poll.RESIDENTIAL.value) < _COUNCILS_ACROSS
    return all(poll.value in polls for poll in needed) and not several


def latest_round(referendum: Referendum) -> CountRound | None:
    """Return the latest round of the whole count; None before there is one, or while a part of it is counted again."""
    if not referendum.rounds or any(row.state != "final" for row in referendum.portions):
        return None
    return referendum.rounds[-1]


def board_of(session: AnySession, reference: str) -> tuple[Referendum, CountRelease | None]:
    """Return a referendum and what its count board shows; None where nothing was released.

    Raises:
        NotFoundError: there is no such referendum.
    """
    referendum = session.scalars(select(Referendum).where(Referendum.reference == reference)).one_or_none()
    if referendum is None:
        raise NotFoundError(f"There is no referendum {reference}: check the reference.")
    return referendum, referendum.releases[-1] if referendum.releases else None


def _sheets(row: CountPortion) -> Iterator[Sheet]:
    if row.electorate is None:
        yield Sheet(kind=SheetKind.ELECTORATE)
    for number in range(1, len(row.stations) + 1):
        yield Sheet(kind=SheetKind.STATION, number=number)
    for number in range(1, row.postal_sessions + 1):
        yield Sheet(kind=SheetKind.POSTAL, number=number)
    for number in range(1, row.round + 1):
        yield Sheet(kind=SheetKind.ROUND, number=number)


def _sheet_stands(row: CountPortion, sheet: Sheet) -> KeyedSheet:
    entries = (
        SheetEntry(keyer=entry.keyer, figures=entry.figures, reason=entry.reason)
        for entry in row.entries
        if entry.sheet == sheet.key
    )
    return keyed_sheet(sheet, entries)


def _box_stands(row: CountPortion, held: KeyedSheet) -> BoxStands:
    key, values = held.sheet.key, held.values or {}
    account = StationAccount(name=row.stations[held.sheet.number - 1], **values)
    causes = [cause for cause in row.box_causes if cause.sheet == key]
    agreed = next((cause for cause in causes if cause.agreed_by is not None), None)
    return BoxStands(
        sheet=held.sheet,
        verification=BoxVerification(
            station=account,
            steps=tuple(
                StepTaken(step=Step(taken.step), by=taken.by, found=taken.found)
                for taken in row.box_steps
                if taken.sheet == key
            ),
            cause=None if agreed is None else _cause(agreed),
        ),
        check=check_account(account),
        proposed=causes[-1] if causes and agreed is None else None,
    )


def _cause(row: BoxCause) -> Cause:
    return Cause(kind=CauseKind(row.kind), note=row.note, by=row.by, agreed_by=row.agreed_by or "")
