"""The verdict on a line while it moves: `check-area`'s own document, its words, and where each overlap lies."""

from app.clock import long_day
from app.models.base import Document
from app.queries.area_estimates import StoredEstimate
from app.schemas.drafts import bng_shape
from app.verdict import AreaVerdict, verdict_document
from app.verdict_words import ROUTES, VERDICTS, clock_words, place_words


def live_verdict(verdict: AreaVerdict, estimate: StoredEstimate | None = None) -> Document:
    """Return what the editor shows: {check, words, overlaps, estimate}.

    `check` is the folkmoot.check-area/1 document, byte for byte; `words` the sentences that the command line prints;
    `overlaps` each overlap's land on the British grid, with its greatest width in metres; `estimate` how many adults
    live there, with its interval and the warning that it is an estimate, or null where no counts are stored.
    """
    return {
        "check": verdict_document(verdict),
        "words": {
            "verdict": VERDICTS[verdict.verdict],
            "route": ROUTES[verdict.route] + clock_words(verdict.clock_weeks),
            "findings": [
                {"severity": each.severity.value, "text": each.message + place_words(each), "at": each.at_bng}
                for each in verdict.findings
            ],
        },
        "overlaps": [
            {
                "reference": each.reference,
                "name": each.name,
                "max_width_m": each.max_width_m,
                "sliver": each.sliver,
                "land": bng_shape(each.geometry_bng),
            }
            for each in verdict.overlaps
        ],
        "estimate": None if estimate is None else _estimate_words(estimate),
    }


def _estimate_words(stored: StoredEstimate) -> Document:
    found = stored.estimate
    return {
        "adults": found.adults,
        "adults_low": found.adults_low,
        "adults_high": found.adults_high,
        "about": f"About {found.adults:,} adults live here, probably between {found.adults_low:,} and "
        f"{found.adults_high:,}.",
        "warning": estimate_warning(stored),
    }


def estimate_warning(stored: StoredEstimate) -> str:
    """Return the words without which no estimate is told: from which counts it is, and that it is no electorate."""
    return f"An estimate from counts of {long_day(stored.as_at)}, for planning only. It is not an electorate."
