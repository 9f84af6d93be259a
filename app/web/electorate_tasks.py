"""What is left to do for the electorate of one referendum, said truly: every state is looked up, none is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.audit import Deed
from app.db import ReadSession
from app.models import Referendum
from app.queries.electorates import frozen_electorates, latest_register, location_files
from app.services.business_counts import frozen_business
from app.services.business_lists import latest_list
from app.services.electorates_live import live_electorate
from app.services.information_packs import last_day_to_publish, pack_of, what_pack_lacks
from app.services.notices import NoticeKind, papers_on_record
from app.services.polling_stations import stations_of
from app.web.words import Tag

DONE = Tag(text="Done", colour="green")
TO_DO = Tag(text="To do", colour="blue")
CANNOT_YET = Tag(text="Cannot start yet", colour="grey")
LOOK = Tag(text="Look at this", colour="yellow")
_DUE_EVENTS = {"E1": "Last day for the notice of referendum", "E2": "Final notice of alterations to the register"}
_FROZEN_WORDS = {
    "E0": "Freeze the electorate for the expenses limit (E0)",
    "E1": "Freeze the electorate for poll cards (E1)",
    "E2": "Freeze the electorate for the poll (E2)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: where, what is known about it, and how it stands."""

    name: str
    href: str
    hint: str
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """Tasks under one heading."""

    title: str
    tasks: tuple[Task, ...]


def tasks_of(session: ReadSession, deed: Deed, poll: Referendum, today: date) -> tuple[tuple[TaskGroup, ...], int, int]:
    """Return the tasks, how many of them are done, and how many there are."""
    groups = [
        TaskGroup(title="The register", tasks=tuple(_register_tasks(session, deed, poll))),
        TaskGroup(title="The counts that are kept", tasks=tuple(_frozen_tasks(session, deed, poll, today))),
    ]
    groups.append(TaskGroup(title="For the voters", tasks=tuple(_voter_tasks(session, poll))))
    if poll.has_business_poll:
        groups.append(TaskGroup(title="Business voters", tasks=tuple(_business_tasks(session, poll))))
    every = [task for group in groups for task in group.tasks]
    return tuple(groups), sum(task.tag is DONE for task in every), len(every)


def _register_tasks(session: ReadSession, deed: Deed, poll: Referendum) -> list[Task]:
    register = latest_register(session, deed.by.organisation)
    files = location_files(session, deed.by.organisation)
    base = f"/electorate/{poll.reference}"
    found = [
        Task(
            name="Give locations of properties and postcodes",
            href="/electorate/imports/new?kind=locations",
            hint=f"{len(files)} files are kept" if files else "So that entries can be placed on the map",
            tag=DONE if files or (register and _is_located(session, poll, register)) else TO_DO,
        ),
        Task(
            name="Import the register",
            href=f"/electorate/registers/{register.id}" if register else "/electorate/imports/new",
            hint=f"The newest speaks of {_day(register.as_at)}: {register.entries:,} entries"
            if register
            else "A file of any election system; names are never kept",
            tag=DONE if register else TO_DO,
        ),
    ]
    if register is None:
        return [*found, Task(name="Decide what is still open", href="", hint="", tag=CANNOT_YET)]
    counted = live_electorate(session, poll, register)
    left = counted.electorate.undecided + counted.electorate.unplaced
    found.append(
        Task(
            name="Look at the electorate as it stands",
            href=f"{base}/live",
            hint=f"{counted.electorate.entitled:,} entitled, {counted.electorate.in_area:,} entries in the area",
            tag=LOOK if any(one.severity.value == "error" for one in counted.electorate.findings) else DONE,
        )
    )
    found.append(
        Task(
            name="Decide what is still open",
            href=f"{base}/work",
            hint=f"{counted.electorate.undecided:,} too near the line, {counted.electorate.unplaced:,} without a place"
            if left
            else "Every entry is placed",
            tag=TO_DO if left else DONE,
        )
    )
    if counted.placed.lapsed:
        hint = f"{len(counted.placed.lapsed):,}: the home under the number has changed since"
        found.append(Task(name="Decide again what has lapsed", href=f"{base}/placements", hint=hint, tag=TO_DO))
    return found


def _is_located(session: ReadSession, poll: Referendum, register: Any) -> bool:  # noqa: ANN401 - a stored register
    roll = live_electorate(session, poll, register).electorate.workings.roll
    return bool((roll.source >= 0).any())


def _frozen_tasks(session: ReadSession, deed: Deed, poll: Referendum, today: date) -> list[Task]:
    frozen = frozen_electorates(session, poll)
    has_register = latest_register(session, deed.by.organisation) is not None
    dates = {row.get("event"): row.get("date") for row in poll.timetable.get("rows", ())}
    return [_frozen_task(poll, snapshot, frozen, dates, today, has_register=has_register) for snapshot in _FROZEN_WORDS]


def _frozen_task(
    poll: Referendum,
    snapshot: str,
    frozen: Mapping[str, Any],
    dates: Mapping[str, str],
    today: date,
    *,
    has_register: bool,
) -> Task:
    count = frozen.get(snapshot)
    if count is not None:
        hint = f"{count.entitled:,} entitled of {count.entries_in_area:,} entries"
        return Task(
            name=_FROZEN_WORDS[snapshot],
            href=f"/electorate/{poll.reference}/counts/{snapshot}",
            hint=hint,
            tag=DONE,
        )
    due = dates.get(_DUE_EVENTS.get(snapshot, ""))
    hint = "When the referendum period begins" if due is None else f"By {_day(date.fromisoformat(str(due)))}"
    late = due is not None and date.fromisoformat(str(due)) < today
    return Task(
        name=_FROZEN_WORDS[snapshot],
        href=f"/electorate/{poll.reference}/freeze?snapshot={snapshot}" if has_register else "",
        hint=hint + (": that day has passed" if late else ""),
        tag=TO_DO if has_register else CANNOT_YET,
    )


def _voter_tasks(session: ReadSession, poll: Referendum) -> list[Task]:
    base, last = f"/referendums/{poll.reference}", last_day_to_publish(poll)
    pack, stations = pack_of(session, poll), stations_of(session, poll)
    lacks = [] if pack else what_pack_lacks(session, poll)
    missing = f". {len(lacks)} of its 5 documents are still missing" if lacks else ""
    return [
        Task(
            name="Publish the information pack",
            href=f"{base}/information-pack" if pack else f"{base}/publish-pack",
            hint="Published" if pack else (f"By {_day(last)}" if last else "Before the vote") + missing,
            tag=DONE if pack else TO_DO,
        ),
        Task(
            name="Set the polling stations",
            href=f"{base}/stations",
            hint=f"{len(stations):,} places" if stations else "The notice of poll is made from them",
            tag=DONE if stations else TO_DO,
        ),
    ]


def papers_to_put_up(session: ReadSession, poll: Referendum) -> list[tuple[str, str, str]]:
    """Return the notices that can be printed: what each is called, its page, and by when it must be up."""
    ready, base = papers_on_record(session, poll), f"/referendums/{poll.reference}/documents"
    told = ((NoticeKind.REFERENDUM, "Notice of referendum", "REF-13"), (NoticeKind.POLL, "Notice of poll", "REF-14"))
    found = []
    for kind, name, rule in told:
        due = _due(poll, rule)
        if kind in ready:
            found.append((name, f"{base}/{kind.value}", f"put it up by {_day(due)}" if due else ""))
    return found


def _due(poll: Referendum, rule: str) -> date | None:
    days = [date.fromisoformat(str(row["date"])) for row in poll.timetable.get("rows", ()) if row["rule"] == rule]
    return min(days, default=None)


def _business_tasks(session: ReadSession, poll: Referendum) -> list[Task]:
    base = f"/electorate/{poll.reference}/business"
    listed = latest_list(session, poll)
    lines = listed.liabilities if listed else []
    left = sum((line.decided or line.placed) in {"undecided", "unplaced"} for line in lines)
    found = [
        Task(
            name="Store the list of ratepayers",
            href=f"{base}#list",
            hint=f"{len(lines):,} lines" if listed else "From the billing authority, by the 50th working day before",
            tag=DONE if listed else TO_DO,
        ),
        Task(
            name="Place the premises that are still open",
            href=f"{base}#premises" if listed else "",
            hint=f"{left:,} still open" if listed else "",
            tag=CANNOT_YET if listed is None else TO_DO if left else DONE,
        ),
    ]
    words = {"E0": "Freeze the number of businesses (E0)", "E2": "Freeze the business votes for the poll (E2)"}
    for snapshot, name in words.items():
        count = frozen_business(session, poll, snapshot)
        hint = "" if count is None else f"{count.holders:,} businesses, {count.entries:,} registered"
        tag = DONE if count else TO_DO if listed else CANNOT_YET
        found.append(Task(name=name, href=f"{base}#kept" if listed else "", hint=hint, tag=tag))
    return found


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
