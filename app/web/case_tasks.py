"""The task list of a plan's case: what is done, what is left, whose turn it is, and what cannot start yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.services.plan_facts import INVITED, PlanCase, checklist_of, held_codes, spared_codes
from app.services.plan_inbox import next_move
from app.web.words import Tag
from referendum.designation_facts import ApplicantKind
from referendum.needs import Checklist, Evidence, Need, duties_after, needs_of
from referendum.stages import Actor, Move, Stage

DONE = Tag(text="Done", colour="green")
TO_DO = Tag(text="To do", colour="blue")
READY = Tag(text="Ready", colour="blue")
WAITING = Tag(text="Cannot start yet", colour="grey")
NOT_NEEDED = Tag(text="Not needed", colour="grey")
OTHERS = Tag(text="For others", colour="grey")
WHO: Mapping[Actor, str] = {
    Actor.QUALIFYING_BODY: "The parish council or forum",
    Actor.AUTHORITY: "The planning authority",
    Actor.EXAMINER: "The examiner",
    Actor.COUNTING_OFFICER: "The counting officer",
    Actor.SECRETARY_OF_STATE: "The Secretary of State",
    Actor.COURT: "A court",
    Actor.LAW: "By itself",
}
_RECORD_PAGES = {
    "examiner-appointed": "examiner",
    "report-says-all": "report",
    "recommendations-decided": "recommendations",
    "report-followed": "recommendations",
    "basic-conditions": "conditions",
    "area-decided": "referendum-area",
    "nature-found": "nature",
    "period": "details",
}
_BY_VOTE = "The electoral officer sets the day of the vote. This step comes by itself when the result is recorded."
_HINTS = {
    "comments-closed": "This is done by itself on the day after comments close.",
    INVITED: "The report is not followed, so comments must be invited first: that is a step of its own.",
    "reasons": "You give them with the step itself.",
    "earlier-failure": "Found by itself among earlier proposals for this area.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of a task list."""

    name: str
    tag: Tag
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """Tasks that belong together, under a heading that says how far they are."""

    title: str
    progress: str
    tasks: Sequence[Task]


def base_of(case: PlanCase) -> str:
    """Return the address of a plan's case."""
    return f"/cases/plans/{case.plan.reference}"


def task_groups(case: PlanCase, actor: Actor, today: date) -> list[TaskGroup]:
    """Return the tasks of a case: what the next step needs, the step itself, and what earlier steps left to do."""
    groups = []
    move = next_move(case)
    if move is not None:
        groups.append(_of_move(case, move, actor, today))
    after = _duties(case, actor)
    if after:
        done = sum(task.tag is DONE for task in after)
        progress = f"{done} of {len(after)} done"
        groups.append(TaskGroup(title="What earlier steps left to do", progress=progress, tasks=after))
    return groups


def _of_move(case: PlanCase, move: Move, actor: Actor, today: date) -> TaskGroup:
    found = checklist_of(case, move, on=today)
    needed = [need for need in needs_of(move, case.instrument, case.course) if need.evidence is not Evidence.REASONS]
    spared = spared_codes(case, move)
    is_decided = "recommendations-decided" not in {need.code for need in found.missing}
    tasks = [
        _spared_task(need, is_decided=is_decided)
        if need.code in spared
        else need_task(case, need, actor, is_done=need in found.done)
        for need in needed
    ]
    tasks.append(_step_task(case, move, actor, found))
    title = f"Next step: {move.action}"
    return TaskGroup(title=title, progress=found.words, tasks=tasks)


def _spared_task(need: Need, *, is_decided: bool) -> Task:
    """Return a task that the case does not call for, or not as far as can be told before everything is decided."""
    name = need.text[:1].upper() + need.text[1:]
    if is_decided:
        return Task(name=name, tag=NOT_NEEDED, hint="The report is followed, so there is nothing to invite.")
    hint = "Known once every recommendation is decided: only where one is not followed on new evidence or facts."
    return Task(name=name, tag=WAITING, hint=hint)


def need_task(case: PlanCase, need: Need, actor: Actor, *, is_done: bool) -> Task:
    """Return one need as a task, with the page on which it is met for those whose task it is."""
    theirs = actor is Actor.AUTHORITY or need.by is actor
    tag = DONE if is_done else TO_DO if theirs else OTHERS
    hint = _HINTS.get(need.code, "") if not is_done else ""
    if need.by is not actor:
        hint = f"{WHO[need.by]}. {hint}".strip()
    if not is_done and need.code == "comments-closed":
        tag = WAITING
        closing = case.plan.steps[-1].closes_on if case.plan.steps else None
        hint = f"Comments close on {closing:%-d %B %Y}." if closing is not None else hint
    name = need.text[:1].upper() + need.text[1:]
    return Task(name=name, tag=tag, href=_page(case, need) if theirs else "", hint=hint)


def _page(case: PlanCase, need: Need) -> str:
    base = base_of(case)
    if need.evidence is Evidence.DOCUMENT:
        return f"{base}/documents/{need.code}"
    if need.evidence is Evidence.CONFIRMATION:
        return f"{base}/points/{need.code}"
    if need.code == INVITED:
        return f"{base}/steps/{Stage.DIFFERING_VIEW.value}"
    page = _RECORD_PAGES.get(need.code)
    return f"{base}/{page}" if page else ""


def _step_task(case: PlanCase, move: Move, actor: Actor, found: Checklist) -> Task:
    reasons = {need.code for need in found.missing if need.evidence is Evidence.REASONS}
    ready = {need.code for need in found.missing} <= reasons
    theirs = actor is Actor.AUTHORITY or move.by is actor
    by_record = move.by is Actor.COUNTING_OFFICER
    name = f"Take this step: {move.action}"
    if move.to_stage is Stage.MADE:
        return Task(name=name, tag=READY if theirs else OTHERS, href=f"{base_of(case)}/make" if theirs else "")
    if by_record:
        return Task(name=name, tag=WAITING, hint=_BY_VOTE)
    href = f"{base_of(case)}/steps/{move.to_stage.value}" if ready and theirs else ""
    tag = (READY if theirs else OTHERS) if ready else WAITING
    hint = "" if move.by is actor else f"{WHO[move.by]} takes this step" + (", and you record it." if theirs else ".")
    return Task(name=name, tag=tag, href=href, hint=hint)


def _duties(case: PlanCase, actor: Actor) -> list[Task]:
    reached = [Stage(step.to_stage) for step in case.plan.steps]
    tasks, seen = [], set[str]()
    held = held_codes(case, on=date.max, note="")
    for stage in reached:
        for need in duties_after(stage, case.instrument, case.course):
            if need.code not in seen:
                seen.add(need.code)
                tasks.append(need_task(case, need, actor, is_done=need.code in held))
    return tasks


def other_moves(case: PlanCase, actor: Actor) -> list[tuple[str, str]]:
    """Return the other lawful steps from here, as words and address: refusing, withdrawing, what others decide."""
    main = next_move(case)
    return [
        (move.action[:1].upper() + move.action[1:], _step_page(case, move))
        for move in case.moves()
        if move != main
        and (actor is Actor.AUTHORITY or move.by is actor)
        and move.by is not Actor.COUNTING_OFFICER
        and move.to_stage is not Stage.SUPERSEDED
        and (move.by is not Actor.LAW or _is_forum(case))
    ]


def _step_page(case: PlanCase, move: Move) -> str:
    if move.to_stage is Stage.NOT_MADE:
        return f"{base_of(case)}/do-not-make"
    return f"{base_of(case)}/steps/{move.to_stage.value}"


def _is_forum(case: PlanCase) -> bool:
    return any(each.applicant_kind == ApplicantKind.FORUM.value for each in case.plan.area.applications[-1:])
