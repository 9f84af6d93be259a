"""A declared result in the common data format for election results (NIST SP 1500-100 version 2, JSON).

Field by field: the report carries one `Election` of type "other" ("neighbourhood planning referendum"); each poll is a
`BallotMeasureContest` of type "referendum" with the prescribed question as `FullText`, a `BallotMeasureSelection` for
each answer, papers counted as `BallotsCast`, rejected papers as `BallotsRejected` in total and again under each of the
four heads (type "other"). The referendum area is the one `ReportingUnit`; no council's or station's votes are told
apart (COUNT-5, COUNT-14).
"""

from datetime import datetime

from referendum.count import Poll, PollTotals
from referendum.declaration import Declaration
from referendum.question import ANSWERS, INSTRUMENT_NAMES

HEAD_NAMES = {
    "official_mark": "rejected: want of an official mark",
    "more_than_one_answer": "rejected: voting for more than one answer",
    "identifies_voter": "rejected: writing or mark by which the voter could be identified",
    "unmarked_or_uncertain": "rejected: unmarked or void for uncertainty",
}
AREA_ID = "referendum-area"


def results_report(declaration: Declaration, *, generated_at: datetime) -> dict[str, object]:
    """Return a declared result as an `ElectionResults.ElectionReport`.

    Args:
        declaration: the declared result; what is not declared is not reported.
        generated_at: aware time of writing.

    Source: COUNT-15, COUNT-16; NIST Special Publication 1500-100 version 2 (its JSON schema of 2019 and later).
    """
    result = declaration.result
    return {
        "@type": "ElectionResults.ElectionReport",
        "Format": "summary-contest",
        "GeneratedDate": generated_at.isoformat(),
        "Issuer": result.authority,
        "IssuerAbbreviation": result.authority,
        "SequenceStart": 1,
        "SequenceEnd": 1,
        "Status": "certified",
        "VendorApplicationId": "Folkmoot",
        "GpUnit": [_referendum_area(result.area, result.polls[Poll.RESIDENTIAL])],
        "Election": [
            {
                "@type": "ElectionResults.Election",
                "ElectionScopeId": AREA_ID,
                "Name": _text(f"Referendum on the {INSTRUMENT_NAMES[result.instrument]} for {result.area}"),
                "StartDate": result.poll_date.isoformat(),
                "EndDate": result.poll_date.isoformat(),
                "Type": "other",
                "OtherType": "neighbourhood planning referendum",
                "Contest": [_contest(poll, totals, declaration.question) for poll, totals in result.polls.items()],
            }
        ],
    }


def _referendum_area(area: str, totals: PollTotals) -> dict[str, object]:
    return {
        "@type": "ElectionResults.ReportingUnit",
        "@id": AREA_ID,
        "Type": "special",
        "Name": f"{area} referendum area",
        "VotersRegistered": totals.electorate,
        "VotersParticipated": totals.papers_counted,
    }


def _contest(poll: Poll, totals: PollTotals, question: str) -> dict[str, object]:
    return {
        "@type": "ElectionResults.BallotMeasureContest",
        "@id": f"contest-{poll}",
        "ElectoralDistrictId": AREA_ID,
        "Name": f"{poll.capitalize()} referendum",
        "Type": "referendum",
        "FullText": _text(question),
        "PassageThreshold": _text("More votes for Yes than for No; an equal vote is no majority in favour."),
        "VoteVariation": "majority",
        "CountStatus": [{"@type": "ElectionResults.CountStatus", "Status": "completed", "Type": "total"}],
        "SummaryCounts": _summary_counts(totals),
        "BallotSelection": [
            _selection(poll, answer, place, votes)
            for place, (answer, votes) in enumerate(zip(ANSWERS, (totals.yes, totals.no), strict=True), start=1)
        ],
    }


def _summary_counts(totals: PollTotals) -> list[dict[str, object]]:
    heads = {
        "official_mark": totals.rejected.official_mark,
        "more_than_one_answer": totals.rejected.more_than_one_answer,
        "identifies_voter": totals.rejected.identifies_voter,
        "unmarked_or_uncertain": totals.rejected.unmarked_or_uncertain,
    }
    by_head = [{"Type": "other", "OtherType": HEAD_NAMES[head], "BallotsRejected": heads[head]} for head in heads]
    in_total = {"Type": "total", "BallotsCast": totals.papers_counted, "BallotsRejected": totals.rejected.total}
    return [{"@type": "ElectionResults.SummaryCounts", "GpUnitId": AREA_ID} | counts for counts in (in_total, *by_head)]


def _selection(poll: Poll, answer: str, place: int, votes: int) -> dict[str, object]:
    return {
        "@type": "ElectionResults.BallotMeasureSelection",
        "@id": f"selection-{poll}-{answer.lower()}",
        "Selection": _text(answer),
        "SequenceOrder": place,
        "VoteCounts": [{"@type": "ElectionResults.VoteCounts", "GpUnitId": AREA_ID, "Type": "total", "Count": votes}],
    }


def _text(content: str) -> dict[str, object]:
    string = {"@type": "ElectionResults.LanguageString", "Content": content, "Language": "en-GB"}
    return {"@type": "ElectionResults.InternationalizedText", "Text": [string]}
