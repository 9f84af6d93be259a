"""The task list of a count: what is done, what is left and who may do it, worked out anew whenever it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.audit import Deed
from app.models import Referendum
from app.queries.counts import (
    SETTLED,
    BoxStands,
    PortionStands,
    lacks_no_poll,
    latest_round,
    papers_verified,
    portions_of,
)
from app.roles import May, may
from app.services.counts_signing import SIGNATURES_NEEDED, signatures_of, what_stops
from app.templating import number as with_commas
from app.web.count_words import SHEET_TAGS, STATE_TAGS, portion_words, round_words, sheet_words
from app.web.words import Tag
from referendum.keying import KeyingState
from referendum.portions import StatementState
from referendum.sheets import KeyedSheet
from referendum.verification import BoxState

DONE = Tag(text="Done", colour="green")
TO_DO = Tag(text="To do", colour="blue")
LATER = Tag(text="Cannot start yet", colour="grey")
_WAITS = Tag(text="Waits for another person", colour="grey")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the list: what it is, where it is done (None while it cannot be), and where it stands."""

    name: str
    tag: Tag
    href: str | None = None
    hint: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some tasks under one heading."""

    title: str
    tasks: tuple[Task, ...]


def count_sections(referendum: Referendum, deed: Deed) -> list[Section]:
    """Return every task of a count as this person sees it."""
    everyone = portions_of(referendum)
    conducts = may(deed.by.role, May.RECORD_COUNT)
    base = f"/count/{referendum.reference}"
    several = len({stands.row.poll for stands in everyone}) > 1
    sections = [Section(title="Before the count", tasks=tuple(_before(referendum, base, conducts=conducts)))]
    for stands in everyone:
        name = portion_words(stands.row, several_polls=several)
        part = f"{base}/parts/{stands.number}"
        sections.append(Section(title=f"Verification, {name}", tasks=tuple(_verification(stands, part, deed))))
        sections.append(Section(title=f"The votes, {name}", tasks=tuple(_votes(referendum, stands, part, deed))))
    if everyone:
        sections.append(Section(title="The result", tasks=tuple(_result(referendum, base, deed))))
    return sections


def progress(sections: list[Section]) -> tuple[int, int]:
    """Return how many tasks are done, and how many there are."""
    tasks = [task for section in sections for task in section.tasks]
    return sum(task.is_done for task in tasks), len(tasks)


def _before(referendum: Referendum, base: str, *, conducts: bool) -> Iterator[Task]:
    done = lacks_no_poll(referendum)
    is_open = conducts and referendum.declaration is None
    stations = sum(len(row.stations) for row in referendum.portions)
    yield Task(
        name="Set up polling stations and postal sessions",
        tag=DONE if done else TO_DO,
        href=f"{base}/set-up" if is_open else None,
        hint=f"{stations} polling station{'s' if stations != 1 else ''}" if referendum.portions else "",
        is_done=done,
    )
    present = len(referendum.observers)
    yield Task(
        name="Counting observers",
        tag=Tag(text=f"{present} present" if present else "None recorded", colour="green" if present else "grey"),
        href=f"{base}/observers" if is_open else None,
        hint="Not needed before you go on",
        is_done=True,
    )


def _verification(stands: PortionStands, part: str, deed: Deed) -> Iterator[Task]:
    for held in stands.verification_sheets:
        yield _sheet(stands, held, part, deed, is_closed=stands.is_verified)
        for box in stands.boxes:
            if box.sheet == held.sheet and (box.verification.steps or box.verification.state is not BoxState.AGREES):
                yield _box(box, part, deed)
    ready = all(held.state in SETTLED for held in stands.verification_sheets) and not stands.open_boxes
    done = stands.is_verified
    yield Task(
        name="Statement of verification",
        tag=DONE if done else TO_DO if ready else LATER,
        href=f"{part}/verification" if (ready or done) and _conducts(deed) else None,
        hint=f"{with_commas(papers_verified(stands))} ballot papers verified" if done else "",
        is_done=done,
    )


def _sheet(stands: PortionStands, held: KeyedSheet, part: str, deed: Deed, *, is_closed: bool) -> Task:
    done, mine = held.state in SETTLED, held.keyed_by(deed.by.name)
    tag = SHEET_TAGS[held.state]
    if not done and mine and held.state is not KeyingState.DIFFERS:
        tag = _WAITS
    may_open = not done or (_conducts(deed) and not is_closed)
    hint = ""
    if held.state is KeyingState.DIFFERS:
        hint = "Another person keys what differs, or a counting officer corrects it"
    elif not done and mine:
        hint = "You keyed it; someone else must key it too"
    return Task(
        name=sheet_words(stands.row, held.sheet),
        tag=tag,
        href=f"{part}/sheets/{held.sheet.key}" if may_open else None,
        hint=hint,
        is_done=done,
    )


def _box(box: BoxStands, part: str, deed: Deed) -> Task:
    is_open = box.verification.state is BoxState.OPEN
    return Task(
        name=f"Box of {box.verification.station.name}: differs from its account",
        tag=Tag(text="To follow up", colour="red") if is_open else Tag(text="Closed", colour="green"),
        href=f"{part}/boxes/{box.sheet.key}" if _conducts(deed) else None,
        hint="Waits for a second person to agree on the cause" if is_open and box.proposed else "",
        is_done=not is_open,
    )


def _votes(referendum: Referendum, stands: PortionStands, part: str, deed: Deed) -> Iterator[Task]:
    row, is_open = stands.row, referendum.declaration is None
    held = stands.round_sheet
    if not stands.is_verified:
        yield Task(name=round_words(row.round), tag=LATER, hint="After verification")
    else:
        yield _sheet(stands, held, part, deed, is_closed=stands.is_round_confirmed)
    done, ready = stands.is_round_confirmed, held.state in SETTLED
    yield Task(
        name=f"{round_words(row.round)}: figures and recounts"
        if done
        else f"Confirm: {round_words(row.round).lower()}",
        tag=DONE if done else TO_DO if ready else LATER,
        href=f"{part}/round" if (ready or done) and _conducts(deed) else None,
        hint="If a recount is asked for, answer it here" if done and is_open else "",
        is_done=done,
    )
    if referendum.is_cross_boundary:
        state = StatementState(row.state)
        yield Task(
            name="Statement to the chief counting officer",
            tag=STATE_TAGS[state],
            href=f"{part}/round" if done and _conducts(deed) else None,
            is_done=state is StatementState.FINAL,
        )


def _result(referendum: Referendum, base: str, deed: Deed) -> Iterator[Task]:
    latest, declared = latest_round(referendum), referendum.declaration is not None
    signed = len(signatures_of(referendum, latest)) if latest else 0
    enough = signed >= SIGNATURES_NEEDED
    yield Task(
        name="Sign the figures",
        tag=DONE if enough else LATER if latest is None else Tag(text=f"{signed} of 2 signed", colour="blue"),
        href=f"{base}/signatures" if latest is not None and _conducts(deed) else None,
        hint="Two people, each with a fresh second factor",
        is_done=enough,
    )
    stopped = latest is not None and bool(what_stops(latest)[0])
    yield Task(
        name="Declare the result",
        tag=DONE if declared else TO_DO if enough else LATER,
        href=f"{base}/declaration" if (enough or declared) and _conducts(deed) else None,
        hint="The figures do not add up: see there what to do" if stopped and not declared else "",
        is_done=declared,
    )
    last = referendum.releases[-1].kind if referendum.releases else None
    yield Task(
        name="Count board",
        tag=Tag(text={"verification": "Shows verification", "result": "Shows the result"}[last], colour="green")
        if last
        else Tag(text="Shows nothing", colour="grey"),
        href=f"{base}/releases" if _conducts(deed) else None,
        hint="Shows only what you release",
        is_done=last == "result",
    )


def _conducts(deed: Deed) -> bool:
    return may(deed.by.role, May.RECORD_COUNT)
