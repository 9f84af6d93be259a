"""What of a frozen electorate anyone may see: its totals, and no cell, number or message that points to few people."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.reports.suppression import SMALLEST_SHOWN, suppressed

_COLUMNS = ("entries", "in_area", "entitled", "undecided", "unplaced")
_NAMES_ENTRIES = {
    "number-twice": "The same elector number stands against several entries, all of which are counted.",
    "placement-without-entry": "Some officer's placements fit no entry of this register.",
    "alterations-misfit": "Some alterations do not fit the register.",
}


def public_electorate(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the folkmoot.electorate/1 document as anyone may have it: the same keys, small counts left empty.

    A count from 1 to 9 in a polling district is null, and so is the next smallest where one alone would follow from
    the total, and how many are in the area where that less those entitled is such a count; the same holds for the
    reasons for having no vote. Elector numbers are left out of the suspected duplicates and of what the findings say.
    Source: T-43.
    """
    rows = document.get("by_polling_district", ())
    districts = [dict(each) for each in rows]
    for column in _COLUMNS:
        telling = [at for at, each in enumerate(rows) if column == "in_area" and _tells_who_may_not_vote(each)]
        for each, count in zip(districts, _shown([row[column] for row in rows], telling), strict=True):
            each[column] = count
    public = dict(document)
    if "by_polling_district" in document:
        public["by_polling_district"] = districts
    if "suspected_duplicates" in document:
        public["suspected_duplicates"] = []
    if "not_entitled" in document:
        reasons = document["not_entitled"]
        public["not_entitled"] = dict(zip(reasons, _shown(list(reasons.values())), strict=True))
    if "findings" in document:
        public["findings"] = [
            {**each, "message": _NAMES_ENTRIES.get(each["code"], each["message"])} for each in document["findings"]
        ]
    return public


def _shown(counts: Sequence[int], telling: Collection[int] = ()) -> list[int | None]:
    texts = suppressed(counts, telling=telling)
    return [count if text == f"{count:,}" else None for count, text in zip(counts, texts, strict=True)]


def _tells_who_may_not_vote(row: Mapping[str, Any]) -> bool:
    who_may_not = int(row["in_area"]) - int(row["entitled"])
    return 0 < who_may_not < SMALLEST_SHOWN


def electorate_for_proof(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the folkmoot.electorate/1 document as a proof carries it: every sum still holds, no small count is told.

    Polling districts with a count from 1 to 9 in any column, or as many in the area who may not vote, are added
    together into one row, with the next smallest until that row tells no small count; so are reasons for having no
    vote. Elector numbers are left out, as in `public_electorate`.
    Source: T-43, ELEC-16.
    """
    proof = dict(public_electorate(document))
    if "by_polling_district" in document:
        proof["by_polling_district"] = _merged_districts(document["by_polling_district"])
    if "not_entitled" in document:
        proof["not_entitled"] = _merged_reasons(document["not_entitled"])
    return proof


def _is_small(row: Mapping[str, Any]) -> bool:
    return _tells_who_may_not_vote(row) or any(0 < row[column] < SMALLEST_SHOWN for column in _COLUMNS)


def _merged_districts(districts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept = sorted((dict(each) for each in districts if not _is_small(each)), key=lambda each: -int(each["entries"]))
    small = [each for each in districts if _is_small(each)]
    if not small:
        return [dict(each) for each in districts]
    together = _together(small)
    while kept and (len(small) == 1 or _is_small(together)):
        small.append(kept.pop())
        together = _together(small)
    shown = {each["code"] for each in kept}
    return [*(dict(each) for each in districts if each["code"] in shown), together]


def _together(districts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "code": f"{len(districts)} small districts",
        **{column: sum(each[column] for each in districts) for column in _COLUMNS},
        "extent": "part",
    }


def _merged_reasons(reasons: Mapping[str, int]) -> dict[str, int]:
    small = {reason for reason, count in reasons.items() if 0 < count < SMALLEST_SHOWN}
    if len(small) == 1:
        others = [reason for reason, count in reasons.items() if count >= SMALLEST_SHOWN]
        small |= set(sorted(others, key=lambda reason: reasons[reason])[:1])
    if not small:
        return dict(reasons)
    kept = {reason: count for reason, count in reasons.items() if reason not in small}
    return {**kept, "together": sum(reasons[reason] for reason in small)}
