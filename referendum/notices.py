"""The notices of a referendum as values: what each must say, in order; the service gives them their looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from referendum.errors import ReferendumError
from referendum.findings import Finding, Severity
from referendum.law import expenses_limit_gbp, figure
from referendum.question import INSTRUMENT_NAMES, Instrument, prescribed_question


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What every notice of one referendum speaks of.

    Attributes:
        council: the relevant council that runs the poll.
        authority: the local planning authority named in the question.
    """

    instrument: Instrument
    area: str
    council: str
    authority: str
    poll_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of a notice: its heading ("" for none), its text, and the rule that asks for it."""

    heading: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice: title, paragraphs in order, and who gives it."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    given_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollingPlace:
    """A polling station and the elector numbers that vote there ("AA-1 to AA-612"), never a name."""

    station: str
    address: str
    electors: str


class StatementItem(StrEnum):
    """Everything an information statement must contain. Source: REF-11, Referendums Regulations 2012 reg 4(3)(a)."""

    HELD = "that a referendum will be held"
    DATE = "the date"
    QUESTION = "the question"
    AREA_MAP = "a map of the referendum area"
    NEIGHBOURHOOD_MAP = "a map of the neighbourhood area, where it is another"
    WHO_VOTES = "who may vote"
    EXPENSES = "the expenses limit and the number of persons it was worked out from"
    PROCEDURE = "that procedures similar to local elections apply"
    INSPECTION = "where and when the documents can be inspected"


class SpecifiedDocument(StrEnum):
    """The documents published with the statement. Source: REF-12, Referendums Regulations 2012 reg 4(3)(b)."""

    DRAFT = "the draft plan or order"
    EXAMINERS_REPORT = "the examiner's report"
    REPRESENTATIONS = "a summary of the representations submitted to the examiner"
    BASIC_CONDITIONS = "the authority's statement that the draft meets the basic conditions and the law"
    GENERAL_INFORMATION = "general information on planning, neighbourhood planning and the referendum"


def notice_of_referendum(particulars: Particulars, *, closing: Mapping[str, tuple[date, time]], officer: str) -> Notice:
    """Return the notice of referendum.

    Args:
        particulars: the referendum.
        closing: what closes ("Applications to vote by post"), with the day and the time in Europe/London.
        officer: the counting officer's name.

    Raises: ReferendumError where nothing closes, or something closes after the poll.

    Source: REF-13, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 3 rule 5.
    """
    if not closing or any(day > particulars.poll_date for day, _ in closing.values()):
        raise ReferendumError("The notice of referendum needs every closing date, each on or before polling day.")
    paragraphs = [
        _held(particulars, rule="REF-13"),
        *[
            Paragraph(heading=what, text=f"By {_clock(at)} on {_day(day)}.", rule="REF-13")
            for what, (day, at) in closing.items()
        ],
    ]
    return Notice(title="Notice of referendum", paragraphs=tuple(paragraphs), given_by=f"{officer}, Counting Officer")


def notice_of_poll(particulars: Particulars, *, places: Sequence[PollingPlace], officer: str) -> Notice:
    """Return the notice of poll: day, hours, question, and who votes where.

    Raises: ReferendumError where no polling station is given, or the question's names are empty.

    Source: REF-14, REF-16, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 3 rule 13.
    """
    if not places:
        raise ReferendumError("The notice of poll needs the polling stations and who votes at each.")
    paragraphs = (
        _held(particulars, rule="REF-14"),
        Paragraph(heading="Hours", text=f"Between {polling_hours(particulars.poll_date)}", rule="REF-16"),
        _question(particulars, rule="REF-14"),
        *[
            Paragraph(heading=place.station, text=f"{place.address}. Electors {place.electors}.", rule="REF-14")
            for place in places
        ],
    )
    return Notice(title="Notice of poll", paragraphs=paragraphs, given_by=f"{officer}, Counting Officer")


def information_statement(particulars: Particulars, *, entries: int, inspection: Sequence[str], officer: str) -> Notice:
    """Return the text of the information statement; its maps and documents are checked by `statement_findings`.

    Args:
        particulars: the referendum.
        entries: entries in the register on the day the referendum period begins, frozen (with the ratepayers on the
            initial list, where a business referendum is held).
        inspection: where and when the documents can be inspected, one line each: the website and at least one place.
        officer: the proper officer's name.

    Raises: ReferendumError where nowhere to inspect is given, or the question's names are empty.

    Source: REF-10, REF-11, REF-18, REF-19, Neighbourhood Planning (Referendums) Regulations 2012 reg 4(3)(a), 6(1).
    """
    if not inspection:
        raise ReferendumError("The information statement must say where and when its documents can be inspected.")
    limit = expenses_limit_gbp(entries)
    paragraphs = (
        _held(particulars, rule="REF-11"),
        _question(particulars, rule="REF-11"),
        Paragraph(
            heading="Who may vote",
            text=(
                "You may vote if, on the day of the poll, you are entitled to vote in an election of councillors for "
                "the area. Your qualifying address for that election must be in the referendum area: this is the "
                "address for which you are on the register."
            ),
            rule="ELEC-1",
        ),
        Paragraph(
            heading="Referendum expenses",
            text=f"The limit is £{limit:,}, worked out from {entries:,} persons entitled to vote.",
            rule="REF-18",
        ),
        Paragraph(
            heading="Conduct",
            text="The vote is run by procedures similar to those used at local elections.",
            rule="REF-11",
        ),
        *[Paragraph(heading="Where and when to inspect", text=line, rule="REF-10") for line in inspection],
    )
    return Notice(title="Information statement", paragraphs=paragraphs, given_by=officer)


def statement_findings(
    items: set[StatementItem],
    documents: set[SpecifiedDocument],
    *,
    extended: bool,
    published: tuple[int, Decimal] | None = None,
) -> list[Finding]:
    """List what an information statement lacks, and a published limit that its number does not give.

    Args:
        items: what the statement contains.
        documents: the documents published with it.
        extended: the referendum area is not the neighbourhood area, so both maps are needed.
        published: number of persons and limit in pounds as printed, to be checked against each other.

    Source: REF-11, REF-12, REF-18, REF-19; traps T-15, T-22.
    """
    needed = [item for item in StatementItem if extended or item is not StatementItem.NEIGHBOURHOOD_MAP]
    lacking: list[tuple[str, str, str]] = [
        ("statement-item-missing", item, "REF-11") for item in needed if item not in items
    ]
    lacking += [("document-missing", document, "REF-12") for document in SpecifiedDocument if document not in documents]
    found = [
        Finding(
            code=code,
            severity=Severity.ERROR,
            message=f"The information statement lacks {what}: add it before publishing.",
            rule=rule,
        )
        for code, what, rule in lacking
    ]
    if published is not None and published[1] != expenses_limit_gbp(published[0]):
        found.append(_wrong_limit(*published))
    return found


def polling_hours(poll_date: date) -> str:
    """Return the hours of the poll in words ("7 a.m. and 10 p.m."). Source: REF-16."""
    opens, closes = (figure("REF-16", name, on=poll_date).whole for name in ("opens", "closes"))
    return f"{_clock(time(opens))} and {_clock(time(closes))}"


def _wrong_limit(entries: int, printed: Decimal) -> Finding:
    return Finding(
        code="expenses-limit-wrong",
        severity=Severity.ERROR,
        message=(
            f"The limit is printed as £{printed:,}, but {entries:,} persons give £{expenses_limit_gbp(entries):,}: "
            "correct the number or the limit."
        ),
        rule="REF-18",
    )


def _held(particulars: Particulars, *, rule: str) -> Paragraph:
    return Paragraph(
        heading="",
        text=(
            f"A referendum on the {INSTRUMENT_NAMES[particulars.instrument]} for {particulars.area} will be held by "
            f"{particulars.council} on {_day(particulars.poll_date)}."
        ),
        rule=rule,
    )


def _question(particulars: Particulars, *, rule: str) -> Paragraph:
    words = prescribed_question(particulars.instrument, area=particulars.area, authority=particulars.authority)
    return Paragraph(heading="The question", text=words, rule=rule)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _clock(at: time) -> str:
    if (at.hour, at.minute) == (23, 59):
        return "midnight at the end of the day"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'a.m.' if at.hour < 12 else 'p.m.'}"  # noqa: PLR2004  # noon
