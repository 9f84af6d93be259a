"""What of a frozen electorate anyone may see: its totals, and no cell, number or message that points to few people."""

from collections.abc import Mapping
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
