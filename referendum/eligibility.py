"""Who may vote in the residential referendum on the day of the poll, entry by entry, with reasons."""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.legal_figures import EUROPEAN_FRANCHISE

REVIEW_ENDED = date(2025, 2, 1)
"""First day after the review of European Union citizens who were registered before the change of 7 May 2024."""


ADULT_AGE_YEARS = 18
YEARS_BACK_TO_BIRTH = 10
LEAP_DAY = date(2000, 2, 29)


class Effect(StrEnum):
    """What a letter printed against an entry does to the right to vote."""

    NONE = "none"
    EXCLUDES = "excludes"
    QUERY = "query"


class Bar(StrEnum):
    """Why an entry in the area carries no vote, or not yet; in the order in which one is chosen for the totals."""

    OVERSEAS = "overseas"
    UNDER_18 = "under_18"
    MARKER_QUERY = "marker_query"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerRule:
    """What one letter means on poll dates from from_date (None: always) until before until_date (None: open).

    A letter, or a date, that no rule covers is a query: never a silent yes, never a silent no.
    """

    letter: str
    effect: Effect
    meaning: str
    source: str
    from_date: date | None = None
    until_date: date | None = None

    def applies_on(self, day: date) -> bool:
        """Say whether the rule speaks of this day."""
        return (self.from_date is None or self.from_date <= day) and (self.until_date is None or day < self.until_date)


_ROLL = "Representation of the People (England and Wales) Regulations 2001"
_EU = "Elections Act 2022 Sch 8; the change of 7 May 2024"
_BEFORE: dict[str, date | None] = {"until_date": EUROPEAN_FRANCHISE}
_SINCE: dict[str, date | None] = {"from_date": EUROPEAN_FRANCHISE}

MARKER_RULES: tuple[MarkerRule, ...] = (
    MarkerRule(letter="F", effect=Effect.EXCLUDES, meaning="overseas elector", source=_ROLL),
    MarkerRule(letter="L", effect=Effect.NONE, meaning="member of the House of Lords", source=_ROLL),
    MarkerRule(letter="N", effect=Effect.NONE, meaning="anonymous entry", source=_ROLL),
    MarkerRule(letter="A", effect=Effect.NONE, meaning="postal voter", source=_ROLL),
    MarkerRule(letter="P", effect=Effect.NONE, meaning="proxy appointed", source="common practice"),
    MarkerRule(letter="Z", effect=Effect.NONE, meaning="not in the open register", source="common practice"),
    MarkerRule(letter="B", effect=Effect.NONE, meaning="European Union citizen found eligible", source=_EU, **_SINCE),
    MarkerRule(letter="G", effect=Effect.NONE, meaning="European Union citizen", source=_EU, **_BEFORE),
    MarkerRule(
        letter="G",
        effect=Effect.QUERY,
        meaning="European Union citizen whose eligibility was still under review",
        source=_EU,
        from_date=EUROPEAN_FRANCHISE,
        until_date=REVIEW_ENDED,
    ),
    MarkerRule(
        letter="G",
        effect=Effect.QUERY,
        meaning="letter for European Union citizens that should have gone with the review ended on 31 January 2025",
        source=_EU,
        from_date=REVIEW_ENDED,
    ),
    MarkerRule(
        letter="K",
        effect=Effect.NONE,
        meaning="European Union citizen also registered for European elections",
        source="registers before 2020",
        **_BEFORE,
    ),
    MarkerRule(
        letter="M",
        effect=Effect.QUERY,
        meaning="qualifying foreign national, a letter of Scottish registers",
        source="registers in Scotland",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Whether an entry carries a vote, and every reason against it in plain words.

    Attributes:
        entitled: True only where nothing speaks against it.
        bar: the reason under which it is totalled, None where entitled.
        reasons: all of them.
    """

    entitled: bool
    bar: Bar | None
    reasons: tuple[str, ...]


def entitlement(
    *, markers: str, attains_on: date | None, poll_date: date, rules: Sequence[MarkerRule] = MARKER_RULES
) -> Eligibility:
    """Say whether an entry of the register of electors carries a vote on the day of the poll.

    Args:
        markers: letters printed against the entry, in any order.
        attains_on: the date printed against the entry, where there is one: see `attainment_day`.
        poll_date: the day on which entitlement is tested, not the date of the register or of a notice.
        rules: meaning of the letters by date.

    Reading: the eighteenth birthday counts on the day itself. Anonymous entries, service voters, declarations of
        local connection and peers are entitled. A letter that is not understood is a query for an officer.
    Source: ELEC-1, ELEC-2, ELEC-3, ELEC-4, ELEC-5, ELEC-6 (Unverified), ELEC-7 (Unverified), ELEC-8 (Unverified),
        T-17, T-18, T-19; Neighbourhood Planning (Prescribed Dates) Regulations 2012 reg 2(1); Town and Country
        Planning Act 1990 Sch 4B para 14(4).
    """
    found: list[tuple[Bar, str]] = []
    for letter in sorted(set(markers)):
        effect, meaning = _meaning(letter, poll_date, rules)
        if effect is Effect.EXCLUDES:
            found.append((Bar.OVERSEAS, f"{letter}: {meaning}, who votes only in parliamentary elections"))
        elif effect is Effect.QUERY:
            found.append((Bar.MARKER_QUERY, f"{letter}: {meaning}; an officer must say what it means here"))
    if attains_on is not None and (eighteen := attainment_day(attains_on, poll_date)) > poll_date:
        found.append((Bar.UNDER_18, f"becomes 18 on {eighteen:%-d %B %Y}, after the poll"))
    order = list(Bar)
    found.sort(key=lambda bar: order.index(bar[0]))
    return Eligibility(entitled=not found, bar=found[0][0] if found else None, reasons=tuple(why for _, why in found))


def attainment_day(printed: date, poll_date: date) -> date:
    """Return the day somebody becomes 18, from the date a register prints against the entry.

    Reading: registers print the day of the eighteenth birthday, but some exports give the date of birth in that
        column. Attainers are sixteen or more, so a date over ten years before the poll can only be a birth. One born
        on 29 February becomes 18 on 1 March.
    Source: ELEC-4.
    """
    if printed.year > poll_date.year - YEARS_BACK_TO_BIRTH:
        return printed
    year = printed.year + ADULT_AGE_YEARS
    is_leap_day = (printed.month, printed.day) == (LEAP_DAY.month, LEAP_DAY.day)
    return date(year, 3, 1) if is_leap_day and not isleap(year) else printed.replace(year=year)


def _meaning(letter: str, poll_date: date, rules: Sequence[MarkerRule]) -> tuple[Effect, str]:
    known = [rule for rule in rules if rule.letter == letter]
    for rule in known:
        if rule.applies_on(poll_date):
            return rule.effect, rule.meaning
    if known:
        return Effect.QUERY, f"{known[0].meaning}, a letter not in use at the date of the poll"
    return Effect.QUERY, "unknown letter"


def city_of_london_reading() -> str:
    """Return how the franchise of the City of London differs, to be recorded wherever the area takes in the City.

    Source: ELEC-9, Town and Country Planning Act 1990 Sch 4B para 14(6).
    """
    return (
        "In the City of London the test is entitlement to vote at a Greater London Authority election, so electors of "
        "the ward list who are there for a business have no vote in the residential referendum."
    )
