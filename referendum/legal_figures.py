"""The figures the law states, as a table: amount, unit, provision, verification mark and days in force.

Ask for one through `referendum.law`; nothing else should carry a bare legal figure.
Abbreviations in sources: TCPA, Town and Country Planning Act 1990; PCPA, Planning and Compulsory Purchase Act 2004;
GR, Neighbourhood Planning (General) Regulations 2012; RR, Neighbourhood Planning (Referendums) Regulations 2012.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Mark(StrEnum):
    """How far a rule was checked against its source: V amended text, Vm as made, V2 second hand, U unverified."""

    V = "V"
    VM = "Vm"
    V2 = "V2"
    U = "U"


class Unit(StrEnum):
    """What a figure counts."""

    WORKING_DAYS = "working days"
    WEEKS = "calendar weeks"
    MONTHS = "calendar months"
    YEARS = "years"
    HOUR = "o'clock (24 hours)"
    DAY_OF_MONTH = "day of the month"
    POUNDS = "pounds"
    PER_CENT = "per cent"
    PEOPLE = "people"
    VOTES = "votes"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the law while one wording of it was in force.

    Attributes:
        rule: rule id, such as "AREA-13".
        name: which figure of that rule, such as "single-authority".
        value: the amount, an int where the law counts and a Decimal where it measures money.
        unit: what is counted.
        source: provision.
        mark: how far the figure was checked.
        from_date: first day in force; None where it is as old as the provision.
        until_date: first day no longer in force; None while it is in force.
    """

    rule: str
    name: str
    value: int | Decimal
    unit: Unit
    source: str
    mark: Mark
    from_date: date | None = None
    until_date: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Say whether the figure applied on the given day."""
        return (self.from_date is None or self.from_date <= on) and (self.until_date is None or on < self.until_date)

    @property
    def whole(self) -> int:
        """The amount as a whole number (ValueError if it is not one)."""
        if self.value != int(self.value):
            raise ValueError(f"{self.rule} {self.name} is {self.value} {self.unit}, not a whole number")
        return int(self.value)

    @property
    def days(self) -> int:
        """The length in days: calendar days for weeks, working days for working days (ValueError for other units)."""
        if self.unit is Unit.WEEKS:
            return self.whole * 7
        if self.unit is Unit.WORKING_DAYS:
            return self.whole
        raise ValueError(f"{self.rule} {self.name} is counted in {self.unit}, not in days")


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The days on which a rule with a beginning or an end is law, `until_date` being the first day it is not."""

    rule: str
    from_date: date | None = None
    until_date: date | None = None
    source: str
    mark: Mark


REGULATIONS_2015 = date(2015, 2, 9)
REGULATIONS_2016 = date(2016, 10, 1)
PHOTO_IDENTIFICATION = date(2023, 5, 4)
EUROPEAN_FRANCHISE = date(2024, 5, 7)
LEVELLING_UP = date(2026, 3, 25)

_Row = tuple[str, str, int | str, Unit, str, Mark]
_DAYS, _WEEKS, _YEARS, _HOUR = Unit.WORKING_DAYS, Unit.WEEKS, Unit.YEARS, Unit.HOUR
_RPA_13B = "Representation of the People Act 1983 s 13B"
_CIL = "CIL Regulations 2010"

_LASTING: tuple[_Row, ...] = (
    ("AREA-12", "representations", 6, _WEEKS, "GR reg 6(c)", Mark.V),
    ("FORUM-3", "members", 21, Unit.PEOPLE, "TCPA s 61F(5)(c)", Mark.V2),
    ("FORUM-8", "designation", 5, _YEARS, "TCPA s 61F(8)", Mark.V2),
    ("FORUM-12", "representations", 6, _WEEKS, "GR reg 9", Mark.V),
    ("CRTBO-3", "members", 10, Unit.PEOPLE, "GR reg 13", Mark.U),
    ("STEP-1", "representations", 6, _WEEKS, "GR reg 14 (plan), reg 21 (order)", Mark.V),
    ("STEP-4", "repeat-window", 2, _YEARS, "TCPA Sch 4B para 5; PCPA Sch A2 para 5", Mark.V),
    ("STEP-5", "representations", 6, _WEEKS, "GR reg 16 (plan), reg 23 (order)", Mark.V2),
    ("STEP-10", "decision", 5, _WEEKS, "GR reg 17A (plan), reg 24A (order)", Mark.V2),
    ("STEP-11", "representations", 6, _WEEKS, "TCPA Sch 4B para 13", Mark.U),
    ("STEP-11", "decision", 5, _WEEKS, "TCPA Sch 4B para 13", Mark.U),
    ("MOD-7", "decision", 5, _WEEKS, "GR reg 17A", Mark.U),
    ("MOD-7", "making", 8, _WEEKS, "GR reg 18A", Mark.U),
    ("MOD-8", "repeat-window", 2, _YEARS, "PCPA Sch A2 para 5", Mark.V),
    ("REF-8", "combination", 3, Unit.MONTHS, "RR reg 2A(3)", Mark.U),
    ("REF-9", "information-statement", 28, _DAYS, "RR reg 4(1A)", Mark.V),
    ("REF-9", "information-statement-business", 56, _DAYS, "RR reg 4(1A)", Mark.V),
    ("REF-13", "notice-of-referendum", 25, _DAYS, "RR Sch 3 r 4-5", Mark.V2),
    ("REF-14", "notice-of-poll", 6, _DAYS, "RR Sch 3 r 13", Mark.V),
    ("REF-16", "opens", 7, _HOUR, "RR Sch 3 r 3", Mark.V2),
    ("REF-16", "closes", 22, _HOUR, "RR Sch 3 r 3", Mark.V2),
    ("REF-18", "fixed-amount", "2362", Unit.POUNDS, "RR reg 6(1)", Mark.V2),
    ("REF-18", "amount-per-entry", "0.059", Unit.POUNDS, "RR reg 6(1)", Mark.V2),
    ("ELEC-4", "age", 18, _YEARS, "Representation of the People Act 1983 s 2", Mark.V2),
    ("ELEC-11", "registration", 12, _DAYS, _RPA_13B, Mark.V2),
    ("ELEC-12", "final-alterations", 5, _DAYS, _RPA_13B, Mark.V2),
    ("ELEC-12", "corrections-until", 21, _HOUR, _RPA_13B, Mark.U),
    ("ELEC-13", "postal-applications", 11, _DAYS, "RR Sch 4", Mark.V2),
    ("ELEC-13", "applications-close", 17, _HOUR, "RR Sch 4", Mark.V2),
    ("ELEC-14", "proxy-applications", 6, _DAYS, "RR Sch 4", Mark.V2),
    ("ELEC-14", "applications-close", 17, _HOUR, "RR Sch 4", Mark.V2),
    ("BUS-3", "votes-per-holder", 1, Unit.VOTES, "RR Sch 6 para 15(1)(c)", Mark.V),
    ("BUS-5", "registration-information", 56, _DAYS, "RR Sch 6 para 7", Mark.V),
    ("BUS-6", "ratepayer-list", 50, _DAYS, "RR Sch 6 para 8", Mark.V),
    ("BUS-6", "state-of-list", 56, _DAYS, "RR Sch 6 para 8", Mark.V),
    ("BUS-7", "registration-forms", 11, _DAYS, "RR Sch 6 para 11(1)", Mark.V),
    ("BUS-7", "forms-close", 17, _HOUR, "RR Sch 6 para 11(1)", Mark.V),
    ("POLL-6", "papers-handed-in-for-others", 5, Unit.PAPERS, "RR Sch 3 r 30A-30C", Mark.U),
    ("POLL-7", "observers", 5, _DAYS, "RR Sch 3", Mark.V2),
    ("POLL-9", "lost-papers-from", 4, _DAYS, "RR Sch 4", Mark.V2),
    ("POLL-9", "replacements-until", 17, _HOUR, "RR Sch 4", Mark.V2),
    ("COUNT-20", "retention", 1, _YEARS, "RR Sch 3", Mark.U),
    ("RESULT-3", "making", 8, _WEEKS, "GR reg 18A (plan), reg 25A (order)", Mark.V2),
    ("RESULT-9", "repeat-window", 2, _YEARS, "TCPA Sch 4B para 5", Mark.VM),
    ("RESULT-11", "challenge", 6, _WEEKS, "TCPA s 61N", Mark.V2),
    ("AFTER-7", "share-with-plan", 25, Unit.PER_CENT, f"{_CIL} reg 59A", Mark.V2),
    ("AFTER-7", "share-without-plan", 15, Unit.PER_CENT, f"{_CIL} reg 59A", Mark.V2),
    ("AFTER-7", "cap-per-dwelling", "100", Unit.POUNDS, f"{_CIL} reg 59A, before indexing", Mark.V2),
    ("AFTER-9", "share-with-order", 25, Unit.PER_CENT, f"{_CIL} reg 59A", Mark.U),
    ("AFTER-10", "share-with-plan", 25, Unit.PER_CENT, _CIL, Mark.U),
    ("AFTER-10", "share-without-plan", 15, Unit.PER_CENT, _CIL, Mark.V2),
    ("AFTER-11", "april-to-september-paid-by-october", 28, Unit.DAY_OF_MONTH, f"{_CIL} reg 59D", Mark.V2),
    ("AFTER-11", "october-to-march-paid-by-april", 28, Unit.DAY_OF_MONTH, f"{_CIL} reg 59D", Mark.V2),
)
_6A, _9A, _2A = "GR reg 6A(1)-(2)", "GR reg 9A", "RR reg 2A"
# The rule book says only that a limit of 8 weeks ended on 1 October 2016; that it was for whole parishes is unverified.
_2015_TO_2016: tuple[_Row, ...] = (
    ("AREA-12", "whole-parish-representations", 4, _WEEKS, "GR reg 6(c) as amended by SI 2015/20", Mark.V),
    ("AREA-13", "whole-parish", 8, _WEEKS, _6A, Mark.U),
    ("AREA-13", "single-authority", 13, _WEEKS, _6A, Mark.U),
    ("AREA-13", "several-authorities", 20, _WEEKS, _6A, Mark.U),
)
_SINCE_2016: tuple[_Row, ...] = (
    ("AREA-13", "single-authority", 13, _WEEKS, _6A, Mark.V),
    ("AREA-13", "several-authorities", 20, _WEEKS, _6A, Mark.V),
    ("FORUM-13", "single-authority", 13, _WEEKS, _9A, Mark.V2),
    ("FORUM-13", "several-authorities", 20, _WEEKS, _9A, Mark.V2),
    ("REF-7", "ordinary", 56, _DAYS, _2A, Mark.V2),
    ("REF-7", "cross-boundary-or-business", 84, _DAYS, _2A, Mark.U),
)
_SINCE_PHOTO_IDENTIFICATION: tuple[_Row, ...] = (
    ("ELEC-15", "certificates", 6, _DAYS, "SI 2022/1382", Mark.V2),
    ("ELEC-15", "applications-close", 17, _HOUR, "SI 2022/1382", Mark.V2),
)


def _figure(row: _Row, from_date: date | None = None, until_date: date | None = None) -> Figure:
    rule, name, amount, unit, source, mark = row
    return Figure(
        rule=rule,
        name=name,
        value=Decimal(amount) if isinstance(amount, str) else amount,
        unit=unit,
        source=source,
        mark=mark,
        from_date=from_date,
        until_date=until_date,
    )


FIGURES: tuple[Figure, ...] = (
    *(_figure(row) for row in _LASTING),
    *(_figure(row, REGULATIONS_2015, REGULATIONS_2016) for row in _2015_TO_2016),
    *(_figure(row, REGULATIONS_2016) for row in _SINCE_2016),
    *(_figure(row, PHOTO_IDENTIFICATION) for row in _SINCE_PHOTO_IDENTIFICATION),
)

IN_FORCE: tuple[InForce, ...] = (
    InForce(rule="AREA-10", from_date=REGULATIONS_2016, source="GR reg 5A", mark=Mark.V),
    InForce(rule="FORUM-13", from_date=REGULATIONS_2016, source="GR reg 9A", mark=Mark.U),
    InForce(rule="STEP-10", from_date=REGULATIONS_2016, source="GR reg 17A, 24A", mark=Mark.U),
    InForce(rule="REF-7", from_date=REGULATIONS_2016, source="RR reg 2A, inserted by SI 2016/934", mark=Mark.V),
    InForce(rule="POLL-4", from_date=PHOTO_IDENTIFICATION, source="SI 2022/1382 reg 64", mark=Mark.U),
    InForce(rule="POLL-5", from_date=PHOTO_IDENTIFICATION, source="SI 2022/1382", mark=Mark.U),
    InForce(rule="ELEC-15", from_date=PHOTO_IDENTIFICATION, source="SI 2022/1382", mark=Mark.U),
    InForce(rule="ELEC-5", from_date=EUROPEAN_FRANCHISE, source="Elections Act 2022", mark=Mark.V2),
    InForce(rule="PLAN-6", from_date=LEVELLING_UP, source="PCPA s 38B(A1), (2B)", mark=Mark.V),
    InForce(rule="EXAM-7", until_date=LEVELLING_UP, source="TCPA Sch 4B para 8(2)", mark=Mark.V),
    InForce(rule="EXAM-8", from_date=LEVELLING_UP, source="Levelling-up and Regeneration Act 2023 s 99", mark=Mark.V),
    InForce(rule="AFTER-1", until_date=LEVELLING_UP, source="PCPA s 38(2)-(3)", mark=Mark.V),
)
