"""What of a frozen electorate anyone may see: its totals, and no cell, number or message that points to few people."""

from collections.abc import Mapping, Sequence
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
    the total; elector numbers are left out of the suspected duplicates and of what the findings say.
    Source: T-43.
    """
    districts = [dict(each) for each in document.get("by_polling_district", ())]
    for column in _COLUMNS:
        shown = suppressed([each[column] for each in districts])
        for each, text in zip(districts, shown, strict=True):
            each[column] = each[column] if text == f"{each[column]:,}" else None
    public = dict(document)
    if "by_polling_district" in document:
        public["by_polling_district"] = districts
    if "suspected_duplicates" in document:
        public["suspected_duplicates"] = []
    if "not_entitled" in document:
        public["not_entitled"] = {bar: _shown(count) for bar, count in document["not_entitled"].items()}
    if "findings" in document:
        public["findings"] = [
            {**each, "message": _NAMES_ENTRIES.get(each["code"], each["message"])} for each in document["findings"]
        ]
    return public


def _shown(count: int) -> int | None:
    return None if 0 < count < SMALLEST_SHOWN else count


def electorate_for_proof(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the folkmoot.electorate/1 document as a proof carries it: every sum still holds, no small count is told.

    Polling districts with a count from 1 to 9 in any column are added together into one row, with the next smallest
    until no count of that row is small; so are reasons for having no vote. Elector numbers are left out, as in
    `public_electorate`.
    Source: T-43, ELEC-16.
    """
    proof = dict(public_electorate(document))
    if "by_polling_district" in document:
        proof["by_polling_district"] = _merged_districts(document["by_polling_district"])
    if "not_entitled" in document:
        proof["not_entitled"] = _merged_reasons(document["not_entitled"])
    return proof


def _is_small(row: Mapping[str, Any]) -> bool:
    return any(0 < row[column] < SMALLEST_SHOWN for column in _COLUMNS)


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
