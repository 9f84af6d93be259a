"""The arithmetic of a declaration as it was published: what does not add up, shown and never corrected."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from referendum.findings import Finding, Severity

FOUR_HEADS = (
    "rejected_official_mark",
    "rejected_more_than_one_answer",
    "rejected_identifies_voter",
    "rejected_unmarked_or_uncertain",
)
IN_PART = "rejected_in_part"
FIGURES = ("electorate", "papers_counted", "yes", "no", *FOUR_HEADS, IN_PART, "rejected_total")

Figures = Mapping[str, int | None]


class TurnoutDefinition(StrEnum):
    """Which formula reproduces a published turnout: all papers, valid votes, both (nothing rejected), or neither."""

    PAPERS = "papers"
    VALID = "valid"
    BOTH = "both"
    NEITHER = "neither"


def rejected_papers(figures: Figures) -> int | None:
    """Return all rejected papers: the published total, or the sum of the heads where all four are published.

    Source: COUNT-7, COUNT-8.
    """
    total = figures["rejected_total"]
    if total is not None:
        return total
    heads = [papers for head in FOUR_HEADS if (papers := figures[head]) is not None]
    return sum(heads) + (figures[IN_PART] or 0) if len(heads) == len(FOUR_HEADS) else None


def turnout_definition(published: Decimal, figures: Figures) -> TurnoutDefinition | None:
    """Say which formula gives the published turnout at the places it was published to; None where figures are missing.

    Source: COUNT-17; traps T-28, T-29.
    """
    yes, no, rejected, electorate = figures["yes"], figures["no"], rejected_papers(figures), figures["electorate"]
    if yes is None or no is None or rejected is None or not electorate:
        return None
    by_papers = published == _rounded_like(published, yes + no + rejected, electorate)
    by_valid = published == _rounded_like(published, yes + no, electorate)
    if by_papers and by_valid:
        return TurnoutDefinition.BOTH
    if by_papers:
        return TurnoutDefinition.PAPERS
    return TurnoutDefinition.VALID if by_valid else TurnoutDefinition.NEITHER


def discrepancies(figures: Figures, turnout: Decimal | None, path: str) -> Iterator[Finding]:
    """List everything that does not add up, as warnings with the arithmetic; a missing figure is no discrepancy.

    Args: path: where in the file the declaration stands, for the findings.

    Source: COUNT-7, COUNT-8, COUNT-16, COUNT-17; traps T-30, T-45.
    """
    checks = {
        ("heads-do-not-add-up", "COUNT-7"): _heads(figures),
        ("papers-do-not-add-up", "COUNT-16"): _papers(figures),
        ("rejected-in-part", "COUNT-8"): _in_part(figures),
        ("more-papers-than-electors", "COUNT-17"): _electors(figures),
        ("turnout-not-reproduced", "COUNT-17"): None if turnout is None else _turnout(turnout, figures),
    }
    for (code, rule), message in checks.items():
        if message is not None:
            yield Finding(code=code, severity=Severity.WARNING, message=message, rule=rule, path=path)


def _heads(figures: Figures) -> str | None:
    total = figures["rejected_total"]
    known = {head: papers for head in (*FOUR_HEADS, IN_PART) if (papers := figures[head]) is not None}
    is_complete = known.keys() >= set(FOUR_HEADS)
    if total is None or not (sum(known.values()) > total or (is_complete and sum(known.values()) != total)):
        return None
    added = " + ".join(str(papers) for papers in known.values())
    return f"The heads of rejection add up to {added} = {sum(known.values())}, but the total published is {total}."


def _papers(figures: Figures) -> str | None:
    yes, no, rejected, papers = figures["yes"], figures["no"], rejected_papers(figures), figures["papers_counted"]
    if yes is None or no is None or rejected is None or papers is None or yes + no + rejected == papers:
        return None
    total = yes + no + rejected
    return (
        f"{yes} yes + {no} no + {rejected} rejected = {total}, but {papers} papers were published as counted "
        f"({total - papers:+d})."
    )


def _in_part(figures: Figures) -> str | None:
    papers = figures[IN_PART]
    if not papers:
        return None
    return f"{papers} papers were published as rejected in part, which cannot be with one question and one vote."


def _electors(figures: Figures) -> str | None:
    electorate = figures["electorate"]
    papers = max(figures["papers_counted"] or 0, (figures["yes"] or 0) + (figures["no"] or 0))
    if electorate is None or papers <= electorate:
        return None
    return f"{papers} papers were published, but an electorate of only {electorate}."


def _turnout(published: Decimal, figures: Figures) -> str | None:
    if turnout_definition(published, figures) is not TurnoutDefinition.NEITHER:
        return None
    votes, electorate = (figures["yes"] or 0) + (figures["no"] or 0), figures["electorate"] or 0
    papers = votes + (rejected_papers(figures) or 0)
    return (
        f"The turnout was published as {published}%, but {papers} papers of {electorate} electors are "
        f"{_rounded_like(published, papers, electorate)}% and {votes} valid votes are "
        f"{_rounded_like(published, votes, electorate)}%."
    )


def _rounded_like(published: Decimal, part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / Decimal(whole)).quantize(published, rounding=ROUND_HALF_UP)
