"""What pages say of a draft: its figures, its verdict in words, the scales its map may have, what happens next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.clock import long_day
from app.errors import InvalidRequestError
from app.models import AreaApplication, DraftVersion
from app.reports.map_scale import SCALES, Bounds, Paper, sheet_for
from app.services.draft_parts import Part, PartState
from app.verdict import AreaVerdict
from app.verdict_words import ROUTES, VERDICTS, clock_words, place_words
from app.web.case_tasks import DONE, TO_DO, Task
from app.web.words import SEVERITY_TAGS, VERDICT_TAGS
from geo.measure import area_ha, perimeter_m
from referendum.clocks import Clock, deadline
from referendum.designation_facts import Route

_SCALES_OFFERED = 3
_HINTS = {
    Part.MAP: "Paper and scale of the map that goes with the application",
    Part.STATEMENT: "A few sentences in your own words",
    Part.BODY: "The law lets only some bodies apply",
    Part.CAPABILITY: "For a forum, or a group that wants to be one",
    Part.CONSENTS: "The area takes in their parishes too",
}


def verdict_facts(verdict: AreaVerdict) -> dict[str, object]:
    """Return the verdict on a line in words, and its figures."""
    return {
        "tag": VERDICT_TAGS[verdict.verdict.value],
        "words": VERDICTS[verdict.verdict],
        "route": ROUTES[verdict.route] + clock_words(verdict.clock_weeks),
        "findings": [
            (SEVERITY_TAGS[each.severity.value], each.message + place_words(each), each.document().get("rule"))
            for each in verdict.findings
        ],
        "hectares": area_ha(verdict.measured_bng),
        "kilometres": perimeter_m(verdict.measured_bng) / 1000,
        "parishes": [(each.place.name, float(each.share_of_place)) for each in verdict.parishes],
    }


def part_tasks(base: str, parts: Sequence[PartState]) -> list[Task]:
    """Return the task list of an application: each part that is needed, and whether it is done."""
    return [
        Task(
            name=each.title,
            tag=DONE if each.is_done else TO_DO,
            href=f"{base}/parts/{each.part.value}",
            hint=each.problem if each.problem and each.part is Part.MAP else _HINTS.get(each.part, ""),
        )
        for each in parts
        if each.is_needed
    ]


def scales_offered(bounds_bng: Bounds) -> list[tuple[Paper, int]]:
    """Return the papers and scales to choose a map from: the largest few at which the area fits."""
    return [(paper, scale) for paper in Paper for scale in scales_on(bounds_bng, paper)[:_SCALES_OFFERED]]


def scales_on(bounds_bng: Bounds, paper: Paper) -> list[int]:
    """Return the scales at which an area fits on a paper, the largest first."""
    found = []
    for scale in SCALES:
        try:
            found.append(sheet_for(bounds_bng, paper, scale).scale)
        except InvalidRequestError:
            continue
    return found


def bounds_of(version: DraftVersion) -> Bounds:
    """Return the extent of a version's line, EPSG:27700 metres (west, south, east, north)."""
    west, south, east, north = version.geometry.bounds
    return west, south, east, north


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Something that happens after an application: what, who does it, and by when where a day can be told."""

    what: str
    who: str
    when: str


def next_steps(application: AreaApplication, today: date) -> list[NextStep]:
    """Return what happens after an application, with dates as if it were made public today.

    Source: AREA-10, AREA-11, AREA-12, AREA-13, AREA-20, AREA-21.
    """
    names = [str(each["name"]) for each in application.verdict["authorities"]]
    who = " and ".join(names) or "The planning authority"
    published = NextStep(what="Publishes the decision, with a map", who=who, when="As soon as possible afterwards")
    if application.route == Route.MUST.value:
        return [
            NextStep(what="Designates the area as you applied for it", who=who, when="At once: no comments are asked"),
            published,
        ]
    comments = deadline(Clock.AREA_COMMENTS, today)
    decision = deadline(Clock.AREA_DECISION_SEVERAL if len(names) > 1 else Clock.AREA_DECISION, today)
    return [
        NextStep(what="Makes the application public and asks for comments", who=who, when="As soon as possible"),
        NextStep(
            what="People who live, work or trade there may comment",
            who="Everyone",
            when=f"At least six weeks. If it were made public today: until {long_day(comments.day)} or later"
            if comments
            else "",
        ),
        NextStep(
            what="Decides",
            who=who,
            when=f"If it were made public today: by {long_day(decision.day)}" if decision else "No time limit",
        ),
        published,
    ]
