"""Write the package's calendar of bank holidays from the data that govuk-bank-holidays carries.

Run as `python tests/referendum/write_bank_holidays.py` after updating that package; a test compares the two.
"""

import json
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[2] / "referendum" / "data" / "england_bank_holidays.json"


def calendar_text() -> str:
    """Return the file's text: the years covered, and each bank holiday of England and Wales with its name."""
    bundled = json.loads(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text("utf-8"))
    events = sorted((event["date"], event["title"]) for event in bundled["england-and-wales"]["events"])
    years = {day[:4] for day, _ in events}
    rows = ",\n".join("    " + json.dumps({"date": day, "name": name}, ensure_ascii=False) for day, name in events)
    return f'{{\n  "first_year": {min(years)},\n  "last_year": {max(years)},\n  "bank_holidays": [\n{rows}\n  ]\n}}\n'


if __name__ == "__main__":
    TARGET.write_text(calendar_text(), encoding="utf-8")
