"""One short account of each area for lists and maps: where it stands and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from app.db import ReadSession
from app.models import AreaApplication, AreaVersion, NeighbourhoodArea, Plan, PlanStep, Referendum
from app.queries.areas import BY_NAME, areas_on, line_on
from app.queries.parts import Part
from app.queries.plans import all_plans
from app.queries.referendums import all_referendums
from app.queries.standings import last_steps, parts_since
from app.schemas.areas import decide_by
from app.templating import short_date
from app.web.words import STAGE_WORDS, STANDING_TAGS, Standing, Tag, word_for
from referendum.question import Instrument
from referendum.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCard:
    """One area as lists and maps show it on a day."""

    reference: str
    name: str
    standing: Standing
    line: str
    geometry_bng: BaseGeometry

    @property
    def tag(self) -> Tag:
        """Its status tag."""
        return STANDING_TAGS[self.standing]


def area_cards(session: ReadSession, on: date, part: Part | None = None) -> list[AreaCard]:
    """Return the areas as they stood on a day, all or a part of them, in order of name."""
    if part is None:
        return _cards(session, areas_on(session, on), all_plans(session), on, None)
    return _cards_of(session, areas_on(session, on, part, BY_NAME), on)


def cards_of(session: ReadSession, lines: Sequence[AreaVersion], on: date) -> list[AreaCard]:
    """Return the areas of these lines as they stood on a day, in order of name; no other area is looked at."""
    return _cards_of(session, [(line.area, line) for line in lines], on)


def card_of(session: ReadSession, area: NeighbourhoodArea, on: date) -> AreaCard | None:
    """Return one area as it stood on a day; None where it had no line then."""
    line = line_on(area, on)
    return None if line is None else _cards_of(session, [(area, line)], on)[0]


def legend_of(cards: Sequence[AreaCard], total: int) -> list[tuple[Standing, Tag]]:
    """Return what the colours of a map mean: those of these cards, or every one where the map shows more areas."""
    every = len(cards) < total
    return [(key, tag) for key, tag in STANDING_TAGS.items() if every or any(card.standing is key for card in cards)]


def _cards_of(
    session: ReadSession, lines: Sequence[tuple[NeighbourhoodArea, AreaVersion | AreaApplication]], on: date
) -> list[AreaCard]:
    plans = all_plans(session, [area.id for area, _ in lines])
    return _cards(session, lines, plans, on, [plan.id for plan in plans])


def _cards(
    session: ReadSession,
    lines: Sequence[tuple[NeighbourhoodArea, AreaVersion | AreaApplication]],
    found: Sequence[Plan],
    on: date,
    only: Sequence[int] | None,
) -> list[AreaCard]:
    plans: dict[int, list[Plan]] = {}
    for plan in found:
        plans.setdefault(plan.area_id, []).append(plan)
    steps, since = last_steps(session, on, only), parts_since(session, on, only)
    polls = {referendum.plan_id: referendum for referendum in reversed(all_referendums(session, only))}
    cards = [
        _card(
            area, line, plan=_speaks(plans.get(area.id, ()), steps, since), steps=steps, since=since, polls=polls, on=on
        )
        for area, line in lines
    ]
    return sorted(cards, key=lambda card: (card.name, card.reference))


def _speaks(plans: Sequence[Plan], steps: Mapping[int, PlanStep], since: Mapping[int, date]) -> Plan | None:
    """The plan that speaks for an area: one in force, or else the newest begun by the day, plans before orders.

    When writing begins is not recorded, so a plan that has taken no step yet is taken to have begun.
    """
    begun = [plan for plan in plans if plan.id in steps or plan.stage == Stage.PREPARATION.value]
    return max(
        begun, key=lambda plan: (plan.id in since, plan.instrument == Instrument.NDP.value, plan.id), default=None
    )


def _card(
    area: NeighbourhoodArea,
    line: AreaVersion | AreaApplication,
    *,
    plan: Plan | None,
    steps: Mapping[int, PlanStep],
    since: Mapping[int, date],
    polls: Mapping[int, Referendum],
    on: date,
) -> AreaCard:
    if isinstance(line, AreaApplication):
        standing, words = Standing.APPLIED, _application_line(line, on)
    elif plan is None:
        standing, words = Standing.DESIGNATED, f"Designated on {short_date(area.designated_on)}"
    else:
        step = steps.get(plan.id)
        standing = STAGE_WORDS[Stage(step.to_stage if step else plan.stage)].standing
        words = _plan_line(plan, step, since.get(plan.id), polls.get(plan.id), on)
    return AreaCard(reference=area.reference, name=area.name, standing=standing, line=words, geometry_bng=line.geometry)


def _application_line(application: AreaApplication, on: date) -> str:
    if application.publicised_on is None or application.publicised_on > on:
        return f"Application received on {short_date(application.received_on)}"
    if application.closes_on is not None and application.closes_on >= on:
        return f"Comments close on {short_date(application.closes_on)}"
    limit = decide_by(application)
    return "Waiting for a decision" if limit is None else f"Decision due by {short_date(limit)}"


def _plan_line(plan: Plan, step: PlanStep | None, since: date | None, poll: Referendum | None, on: date) -> str:
    word = word_for(plan.instrument).capitalize()
    if step is None:
        return f"{word} being written"
    words = STAGE_WORDS[Stage(step.to_stage)]
    if since is not None:
        return f"{word} in force since {short_date(since)}"
    if words.standing is Standing.REFERENDUM and poll is not None and poll.poll_date >= on:
        return f"Vote on {short_date(poll.poll_date)}"
    if step.closes_on is not None and step.closes_on >= on:
        return f"Comments on the {word.lower()} close on {short_date(step.closes_on)}"
    return f"{words.done} on {short_date(step.on_date)}"
