"""The story of the invented district: each thing that happened, on its day, by the use cases that officers use."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import shapely

from app.audit import Actor, Deed
from app.db import WriteSession
from app.document_store import DocumentStore
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.area_steps import publicise_application
from app.services.areas import ApplicationFacts, Drawn, apply_for_area
from app.services.counts_board import ReleaseKind, release
from app.services.counts_signing import declare_result
from app.services.development_plan import make_plan
from app.services.example_cases import Papers, Told
from app.services.example_counts import Hall
from app.services.example_forums import consents_of_story, forum_steps
from app.services.information_packs import Publication, freeze_pack
from app.services.plan_checks import Said, confirm_point
from app.services.plan_facts import YES
from app.services.plans import PlanFacts, StepFacts, attach_plan
from app.services.policies import PolicyFacts, write_policy
from app.services.referendums import ReferendumFacts, arrange_referendum
from app.services.reports import publish_statement
from geo.reading import read_area
from referendum.designation import Applicant, ApplicantKind
from referendum.question import Instrument
from referendum.stages import Stage

# What the story calls a step, and the stage it leads to; its other events change no stage.
_STAGES = {
    "pre-submission-publicity": Stage.PRE_SUBMISSION,
    "submission": Stage.SUBMITTED,
    "submission-publicity": Stage.PUBLICISED,
    "sent-to-examiner": Stage.EXAMINATION,
    "examiner-report-received": Stage.REPORT_RECEIVED,
    "decision-on-report": Stage.REFERENDUM_DUE,
}
_FIRST, _LAST = time(9), time(21, 40)
_ACTORS = {
    "volunteer": Actor(name="Example volunteer", role="volunteer"),
    "planning": Actor(name="Example planning officer", role="planning-officer"),
    "electoral": Actor(name="Example electoral officer", role="electoral-officer"),
    "counting": Actor(name="Example counting officer", role="counting-officer"),
    "deputy": Actor(name="Example deputy counting officer", role="counting-officer"),
}

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that happened in the story, on a day and in an order within it."""

    on: date
    order: int
    take: Callable[[], object]


class Story:
    """The life of the district, laid out as steps in the order of their dates."""

    def __init__(self, session: WriteSession, folder: Path, store: DocumentStore) -> None:
        self._session, self._folder, self._store = session, folder, store
        self._papers = json.loads((folder / "plan_papers.json").read_text(encoding="utf-8"))["plans"]
        self._steps: list[_Step] = []
        self._references: dict[str, str] = {}

    def lay_out(self, areas: list[Document]) -> None:
        """Put every step of each area's story, and of its plans', in place."""
        for area in areas:
            self._lay_out_area(area)
            for plan in area["plans"]:
                self._lay_out_plan(area, plan)

    def play(self) -> None:
        """Take every step, in the order of the days."""
        for step in sorted(self._steps, key=lambda each: (each.on, each.order)):
            step.take()

    def _add(self, on: str, take: Callable[[], object]) -> None:
        self._steps.append(_Step(date.fromisoformat(on), len(self._steps), take))

    def _lay_out_area(self, area: Document) -> None:
        self._add(area["received_on"], partial(self._apply, area))
        if area["publicised_on"]:
            self._add(area["publicised_on"], partial(self._publicise, area))
        for decision in area["decisions"]:
            self._add(decision["decided_on"], partial(self._decide, area, decision))
        for on, take in forum_steps(self._session, area, self._references, deed_of):
            self._add(on, take)

    def _lay_out_plan(self, area: Document, plan: Document) -> None:
        begun = max(plan["events"][0]["date"], area["designated_on"])
        self._add(begun, partial(self._attach, area, plan, begun))
        for event in plan["events"]:
            if event["event"] in _STAGES:
                self._add(event["date"], partial(self._move, plan, event))
            if event["event"] == "decision-statement-published":
                self._add(event["date"], partial(self._publish_statement, plan, event["date"]))
        poll = plan["referendum"]
        if poll:
            self._add(poll["decision_on"], partial(self._arrange, plan, poll))
            if poll["information_statement_on"]:
                self._add(poll["information_statement_on"], partial(self._publish_pack, plan, poll))
            if poll["rounds"]:
                self._add(poll["declared_on"], partial(self._count, plan, poll))
        for making in plan["making"]:
            if making["outcome"] == "made":
                self._add(making["decided_on"], partial(self._make, plan, making))

    def _apply(self, area: Document) -> None:
        facts = ApplicationFacts(
            name=area["name"],
            applicant=Applicant(
                kind=ApplicantKind(area["applicant"]["kind"]), parish_code=area["applicant"].get("code")
            ),
            applicant_name=area["applicant"]["name"],
            statement=area["statement"],
            body_statement=f"{area['applicant']['name']} may apply for this land.",
            map_scale=10_000,
            consents=consents_of_story(area),
            received_on=date.fromisoformat(area["received_on"]),
        )
        drawn = self._drawn("neighbourhood_areas", area["reference"])
        made = apply_for_area(self._session, deed_of("volunteer", area["received_on"]), facts, drawn)
        self._references[area["reference"]] = made.reference

    def _drawn(self, layer: str, feature: str) -> Drawn:
        read = read_area(self._folder / "geojson" / f"{layer}.geojson", feature=feature)
        return Drawn(geometry_bng=read.geometry_bng, source=read.source, findings=read.findings)

    def _publicise(self, area: Document) -> None:
        publicise_application(
            self._session,
            deed_of("planning", area["publicised_on"]),
            self._references[area["reference"]],
            publicised_on=date.fromisoformat(area["publicised_on"]),
            closes_on=date.fromisoformat(area["closes_on"]),
        )

    def _decide(self, area: Document, decision: Document) -> None:
        facts = DecisionFacts(
            authority_code=decision["authority"],
            designate=decision["outcome"] == "designated",
            decided_on=date.fromisoformat(decision["decided_on"]),
            published_on=date.fromisoformat(decision["published_on"]),
            reasons=decision["reasons"],
            is_business_area=decision["is_business_area"],
            business_area_reasons=decision["business_area_reasons"],
        )
        deed = deed_of("planning", decision["decided_on"])
        decide_application(self._session, deed, self._references[area["reference"]], facts)

    def _attach(self, area: Document, plan: Document, begun: str) -> None:
        facts = PlanFacts(
            area_reference=self._references[area["reference"]],
            instrument=Instrument(plan["instrument"]),
            title=plan["title"],
            qualifying_body=plan["qualifying_body"],
            period_start=plan["period_start"],
            period_end=plan["period_end"],
        )
        made = attach_plan(self._session, deed_of("volunteer", begun), facts)
        self._references[plan["reference"]] = made.reference
        for policy in self._papers.get(plan["reference"], {}).get("policies", ()):
            write_policy(self._session, deed_of("volunteer", begun), made.reference, _policy_facts(policy))

    def _papers_of(self, plan: Document, on: str) -> Papers:
        told, poll = self._papers.get(plan["reference"], {}), plan["referendum"]
        wider = poll is not None and poll["referendum_area"] != "neighbourhood-area"
        return Papers(
            session=self._session,
            store=self._store,
            authority=deed_of("planning", on),
            body=deed_of("volunteer", on),
            told=Told(
                examiner=told.get("examiner", "Piers Holloway"),
                recommendation="submit-with-modifications" if told.get("changes") else "",
                changes=tuple(told.get("changes", ())),
                questions=tuple(told.get("questions", ())),
                extended_bng=self._drawn("referendum_areas", poll["referendum_area"]).geometry_bng if wider else None,
            ),
        )

    def _publish_statement(self, plan: Document, on: str) -> None:
        reference, deed = self._references[plan["reference"]], deed_of("planning", on)
        day = date.fromisoformat(on)
        self._papers_of(plan, on).file(reference, "decision-statement")
        publish_statement(self._session, deed, reference, published_on=day)
        told = Said(code="body-told-of-decision", answer=YES, note="By letter (invented).", on_date=day)
        confirm_point(self._session, deed, reference, told)

    def _publish_pack(self, plan: Document, poll: Document) -> None:
        on, reference = poll["information_statement_on"], self._references[plan["reference"]]
        papers = self._papers_of(plan, on)
        for kind in ("referendum-version", "representations-summary", "conditions-statement", "general-information"):
            papers.file(reference, kind)
        portions = [portion for figures in _last_polls(poll).values() for portion in figures["portions"]]
        facts = Publication(
            published_on=date.fromisoformat(on),
            inspection=("On the council\u2019s website", f"{poll['council']} offices, weekdays from 9am to 5pm"),
            entries=sum(portion["electorate"] for portion in portions),
        )
        freeze_pack(self._session, deed_of("electoral", on), self._references[f"poll of {plan['reference']}"], facts)

    def _move(self, plan: Document, event: Document) -> None:
        closes_on = event.get("closes_on")
        facts = StepFacts(
            to_stage=_STAGES[event["event"]],
            on_date=date.fromisoformat(event["date"]),
            closes_on=date.fromisoformat(closes_on) if closes_on else None,
            note=event.get("note", ""),
        )
        self._papers_of(plan, event["date"]).take(self._references[plan["reference"]], facts)

    def _arrange(self, plan: Document, poll: Document) -> None:
        wider = poll["referendum_area"] != "neighbourhood-area"
        facts = ReferendumFacts(
            plan_reference=self._references[plan["reference"]],
            decision_on=date.fromisoformat(poll["decision_on"]),
            poll_date=date.fromisoformat(poll["poll_date"]),
            council=poll["council"],
            referendum_area_bng=self._drawn("referendum_areas", poll["referendum_area"]).geometry_bng
            if wider
            else None,
        )
        made = arrange_referendum(self._session, deed_of("electoral", poll["decision_on"], at=time(16)), facts)
        self._references[f"poll of {plan['reference']}"] = made.reference

    def _count(self, plan: Document, poll: Document) -> None:
        reference = self._references[f"poll of {plan['reference']}"]
        first, second = (deed_of(who, poll["declared_on"], at=_LAST) for who in ("counting", "deputy"))
        hall = Hall(session=self._session, reference=reference, first=first, second=second)
        hall.hold([(round_["reason"], round_["count"]["polls"]) for round_ in poll["rounds"]])
        release(self._session, first, reference, ReleaseKind.VERIFICATION)
        declare_result(self._session, first, reference)
        release(self._session, first, reference, ReleaseKind.RESULT)

    def _make(self, plan: Document, making: Document) -> None:
        make_plan(
            self._session,
            deed_of("planning", making["decided_on"]),
            self._references[plan["reference"]],
            authority_code=making["authority"],
            made_on=date.fromisoformat(making["decided_on"]),
        )


def deed_of(who: str, on: str, *, at: time = _FIRST) -> Deed:
    """Return the deed of one of the example's people on a day."""
    return Deed(by=_ACTORS[who], at=datetime.combine(date.fromisoformat(on), at, UTC))


def _last_polls(poll: Document) -> Document:
    polls: Document = poll["rounds"][-1]["count"]["polls"] if poll["rounds"] else {}
    return polls


def _policy_facts(told: Document) -> PolicyFacts:
    """Return a policy with the land it is about, which the papers tell as well-known text in EPSG:27700."""
    land = told.get("land_bng")
    return PolicyFacts(**told | {"land_bng": shapely.from_wkt(land) if land is not None else None})
