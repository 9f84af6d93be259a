"""The second tally engine: SQL statements over a database in memory, written apart from the first.

It shares no arithmetic with the fold: sums are SQL sums, percentages are whole hundredths by integer division.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal

from referendum.count import PollTotals, Portion, Rejected

_TABLES = """
CREATE TABLE portion (
  poll INTEGER, place INTEGER, electorate INTEGER, yes INTEGER, no INTEGER, a INTEGER, b INTEGER, c INTEGER, d INTEGER,
  PRIMARY KEY (poll, place)
) WITHOUT ROWID;
CREATE TABLE batch (
  poll INTEGER, place INTEGER, number INTEGER, papers INTEGER,
  PRIMARY KEY (poll, place, number)
) WITHOUT ROWID;
"""

_TOTALS = """
WITH verified AS (
  SELECT poll, place, sum(papers) AS papers FROM batch GROUP BY poll, place
), summed AS (
  SELECT portion.poll AS poll, sum(electorate) AS electorate, sum(papers) AS papers,
         sum(yes) AS yes, sum(no) AS no, sum(a) AS a, sum(b) AS b, sum(c) AS c, sum(d) AS d,
         group_concat(CASE WHEN yes + no + a + b + c + d <> papers THEN portion.place END) AS unbalanced
  FROM portion JOIN verified ON verified.poll = portion.poll AND verified.place = portion.place
  GROUP BY portion.poll
)
SELECT electorate, papers, yes, no, a, b, c, d,
       (20000 * (yes + no + a + b + c + d) + electorate) / (2 * nullif(electorate, 0)),
       (20000 * (yes + no) + electorate) / (2 * nullif(electorate, 0)),
       (20000 * yes + yes + no) / (2 * nullif(yes + no, 0)),
       yes - no > 0, yes - no = 0, unbalanced
FROM summed ORDER BY poll
"""

_Row = tuple[int, int, int, int, int, int, int, int, int | None, int | None, int | None, int, int, str | None]


def totals_by_sql(polls: Sequence[Sequence[Portion]]) -> list[PollTotals]:
    """Add up many polls at once.

    Args:
        polls: the portions of each poll; every poll has at least one.

    Returns: the totals of each poll, in the order given; the same values as `fold_poll` gives one by one.

    Source: COUNT-13, COUNT-14, COUNT-16, COUNT-17, COUNT-18, RESULT-1.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        connection.executemany("INSERT INTO portion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _portion_rows(polls))
        connection.executemany("INSERT INTO batch VALUES (?, ?, ?, ?)", _batch_rows(polls))
        return [_totals(row) for row in connection.execute(_TOTALS)]


def _portion_rows(polls: Iterable[Sequence[Portion]]) -> Iterator[tuple[int, ...]]:
    for poll, portions in enumerate(polls):
        for place, portion in enumerate(portions):
            heads = portion.rejected
            yield (
                poll,
                place,
                portion.electorate,
                portion.yes,
                portion.no,
                heads.official_mark,
                heads.more_than_one_answer,
                heads.identifies_voter,
                heads.unmarked_or_uncertain,
            )


def _batch_rows(polls: Iterable[Sequence[Portion]]) -> Iterator[tuple[int, int, int, int]]:
    for poll, portions in enumerate(polls):
        for place, portion in enumerate(portions):
            yield poll, place, 0, portion.postal_found
            for number, station in enumerate(portion.stations, start=1):
                yield poll, place, number, station.found


def _totals(row: _Row) -> PollTotals:
    electorate, papers, yes, no, a, b, c, d, papers_share, valid_share, yes_share, majority, tie, unbalanced = row
    return PollTotals(
        electorate=electorate,
        papers_counted=papers,
        yes=yes,
        no=no,
        rejected=Rejected(official_mark=a, more_than_one_answer=b, identifies_voter=c, unmarked_or_uncertain=d),
        turnout_papers=_hundredths(papers_share),
        turnout_valid=_hundredths(valid_share),
        yes_share=_hundredths(yes_share),
        majority_in_favour=majority == 1,
        tie=tie == 1,
        unbalanced=() if unbalanced is None else tuple(sorted([int(place) for place in unbalanced.split(",")])),
    )


def _hundredths(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-2)
