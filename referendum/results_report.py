"""A declared result in the common data format for election results (NIST SP 1500-100 version 2, JSON).

Each poll is an `Election` of type "other" with one `BallotMeasureContest` of type "referendum"; every member written is
explained, one by one, in `referendum.results_report_fields`. The referendum area is the one `ReportingUnit` of a poll;
no council's or station's votes are told apart (COUNT-5, COUNT-14).
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


def results_report(declaration: Declaration, *, generated_at: datetime) -> dict[str, object]:
    """Return a declared result as an `ElectionResults.ElectionReport`.

    Args:
        declaration: the declared result; what is not declared is not reported.
        generated_at: aware time of writing; told to the second, as the format asks.

    Source: COUNT-15, COUNT-16; NIST Special Publication 1500-100 version 2 (its published JSON schema).
    """
    result = declaration.result
    return {
        "@type": "ElectionResults.ElectionReport",
        "Format": "summary-contest",
        "GeneratedDate": generated_at.isoformat(timespec="seconds"),
        "Issuer": result.authority,
        "IssuerAbbreviation": result.authority,
        "SequenceStart": 1,
        "SequenceEnd": 1,
        "Status": "certified",
        "VendorApplicationId": "Folkmoot",
        "GpUnit": [_referendum_area(poll, result.area, totals) for poll, totals in result.polls.items()],
        "Election": [_election(declaration, poll, totals) for poll, totals in result.polls.items()],
    }


def _area_id(poll: Poll) -> str:
    return f"referendum-area-{poll}"


def _referendum_area(poll: Poll, area: str, totals: PollTotals) -> dict[str, object]:
    return {
        "@type": "ElectionResults.ReportingUnit",
        "@id": _area_id(poll),
        "Type": "special",
        "Name": _text(f"{area} referendum area, {poll} electorate"),
        "VotersRegistered": totals.electorate,
        "VotersParticipated": totals.papers_counted,
    }


def _election(declaration: Declaration, poll: Poll, totals: PollTotals) -> dict[str, object]:
    result = declaration.result
    return {
        "@type": "ElectionResults.Election",
        "ElectionScopeId": _area_id(poll),
        "Name": _text(f"Referendum on the {INSTRUMENT_NAMES[result.instrument]} for {result.area}, {poll} poll"),
        "StartDate": result.poll_date.isoformat(),
        "EndDate": result.poll_date.isoformat(),
        "Type": "other",
        "OtherType": "neighbourhood planning referendum",
        "BallotCounts": _ballot_counts(poll, totals),
        "Contest": [_contest(poll, totals, declaration.question)],
    }


def _ballot_counts(poll: Poll, totals: PollTotals) -> list[dict[str, object]]:
    heads = {
        "official_mark": totals.rejected.official_mark,
        "more_than_one_answer": totals.rejected.more_than_one_answer,
        "identifies_voter": totals.rejected.identifies_voter,
        "unmarked_or_uncertain": totals.rejected.unmarked_or_uncertain,
    }
    by_head = [{"Type": "other", "OtherType": HEAD_NAMES[head], "BallotsRejected": heads[head]} for head in heads]
    in_total = {"Type": "total", "BallotsCast": totals.papers_counted, "BallotsRejected": totals.rejected.total}
    frame = {"@type": "ElectionResults.BallotCounts", "GpUnitId": _area_id(poll)}
    return [frame | counts for counts in (in_total, *by_head)]


def _contest(poll: Poll, totals: PollTotals, question: str) -> dict[str, object]:
    return {
        "@type": "ElectionResults.BallotMeasureContest",
        "@id": f"contest-{poll}",
        "ElectionDistrictId": _area_id(poll),
        "Name": f"{poll.capitalize()} referendum",
        "Type": "referendum",
        "FullText": _text(question),
        "PassageThreshold": _text("More votes for Yes than for No; an equal vote is no majority in favour."),
        "VoteVariation": "majority",
        "CountStatus": [{"@type": "ElectionResults.CountStatus", "Status": "completed", "Type": "total"}],
        "ContestSelection": [
            _selection(poll, answer, place, votes)
            for place, (answer, votes) in enumerate(zip(ANSWERS, (totals.yes, totals.no), strict=True), start=1)
        ],
    }


def _selection(poll: Poll, answer: str, place: int, votes: int) -> dict[str, object]:
    counts = {"@type": "ElectionResults.VoteCounts", "GpUnitId": _area_id(poll), "Type": "total", "Count": votes}
    return {
        "@type": "ElectionResults.BallotMeasureSelection",
        "@id": f"selection-{poll}-{answer.lower()}",
        "Selection": _text(answer),
        "SequenceOrder": place,
        "VoteCounts": [counts],
    }


def _text(content: str) -> dict[str, object]:
    string = {"@type": "ElectionResults.LanguageString", "Content": content, "Language": "en-GB"}
    return {"@type": "ElectionResults.InternationalizedText", "Text": [string]}
