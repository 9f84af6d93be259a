"""Which column is a layer's code or reference, and which its name."""

import re
from collections.abc import Iterable, Mapping

from geo.errors import ColumnError

# First the codes of the Office for National Statistics (PAR23CD, par_cd), since those identify everywhere; then the
# reference of planning data; then what else is used. Within one pattern the first column of the file is taken.
_CODE_PATTERNS = (
    r"(par|parncp)_?\d{2}_?cd",
    r"(lpa|npark|wd|ced|lad|cty|ctyua|rgn|lsoa|msoa|oa)_?\d{2}_?cd",
    r"[a-z]+\d{2}cd",
    r"(par|parish|lpa|wd|ward|lad|oa|lsoa)_?(cd|code)",
    r"local-planning-authority",
    r"reference",
    r"ref|np_?ref|na_?ref|area_?ref|feature_?re?f?|(np|na|plan)_?(id|code|no|num)",
    r"gss|gss_?code|ons_?code|area_?code|code|pd_?id|pd_?code|polling_?d(istrict)?_?(id|code|ref)|district_?code",
    r"entity",
    r"keyval|osm_id|gml_id|id",
)
_NAME_PATTERNS = (
    r"(par|parncp)_?\d{2}_?nm",
    r"(lpa|npark|wd|ced|lad|cty|ctyua|rgn)_?\d{2}_?nm",
    r"[a-z]+\d{2}nm",
    r"name",
    r"(np|na|nplan|plan|area|parish|par|ward|wd|lad|lpa|site|feature)_?(name|nm|nam)",
    r"neighbourhood_?(plan|area|plan_?area)?_?(name)?",
    r"organisation_?name|title|label|parish",
)


def code_column(columns: Iterable[str], named: str | None = None) -> str | None:
    """Return the column holding each row's code or reference, None when there is none to recognise.

    Args:
        columns: the file's columns, in its order.
        named: the column the user named.

    Raises:
        ColumnError: the named column is not there.
    """
    return _column(list(columns), named, _CODE_PATTERNS)


def name_column(columns: Iterable[str], named: str | None = None) -> str | None:
    """Return the column holding each row's name, as `code_column` does for its code."""
    return _column(list(columns), named, _NAME_PATTERNS)


def values(columns: Mapping[str, list[str | None]], column: str | None, rows: int) -> list[str | None]:
    """Return a column's values with spaces trimmed and blanks as None; all None without a column."""
    if column is None:
        return [None] * rows
    return [(value or "").strip() or None for value in columns[column]]


def _column(columns: list[str], named: str | None, patterns: tuple[str, ...]) -> str | None:
    if named is not None:
        for column in columns:
            if column.casefold() == named.casefold():
                return column
        raise ColumnError(f"There is no column “{named}”; the file has: {', '.join(columns) or 'no columns'}.")
    for pattern in patterns:
        for column in columns:
            if re.fullmatch(pattern, column.strip(), re.IGNORECASE):
                return column
    return None
