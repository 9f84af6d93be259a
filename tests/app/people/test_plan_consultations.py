"""A plan's consultations: opened by its own steps, answered by those who hold them, carried to the decision."""

import csv
import io
import re
import unicodedata
import zipfile
from html import unescape

import pypdfium2
import pytest
from sqlalchemy import select

from app.db import reading, writing
from app.models import ConsultationHeld, InformationPack, Plan, Referendum
from app.services.record.faults import state_faults

pytestmark = pytest.mark.database

PDF = b"%PDF-1.7\nan invented paper\n"
PLAN = "NP-000001"
BASE, PUBLIC = f"/cases/plans/{PLAN}", f"/plans/{PLAN}"
DRAFT, PROPOSAL = f"/cases/{PLAN}/representations/pre-submission", f"/cases/{PLAN}/representations/submission"
PAPER = {"text": "Mind the newts, says Quillfeather.", "name": "Quillfeather", "contact": "quill@feather.example"}


def sent(browser, address, fields=None, *, file=None, on=None):
    options = {"files": {"file": file}} if file is not None else {}
    answer = browser.post(address, fields or {}, on=on, **options)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def filed(browser, *kinds):
    for kind in kinds:
        sent(browser, f"{BASE}/documents/{kind}", {"title": "", "note": ""}, file=("paper.pdf", PDF))


def said(browser, *codes, answer="yes", note="See the minutes.", day="2026-01-05"):
    for code in codes:
        sent(browser, f"{BASE}/points/{code}", {"answer": answer, "note": note, "on_date": day})


def stepped(browser, stage, day, closes="", note=""):
    sent(browser, f"{BASE}/steps/{stage}", {"on_date": day, "closes_on": closes, "note": note})


def text_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.text)
    return " ".join(unescape(answer.text).split())


def held(engine):
    with reading(engine) as session:
        rows = session.scalars(select(ConsultationHeld).order_by(ConsultationHeld.id)).all()
        return [(row.kind, row.held_by, row.where_to_inspect) for row in rows]


@pytest.fixture
def publicised(people):
    """The plan's draft publicised by its own body, from 6 January to 20 February."""
    signatory = people["signatory"]
    begin = {"area": "NA-000900", "instrument": "ndp", "course": "new", "title": "Alder Plan"}
    sent(signatory, "/apply/plans/new", begin | {"qualifying_body": "Alder Parish Council", "period_start": "2026"})
    sent(signatory, f"{BASE}/details", {"title": "Alder Plan", "period_start": "2026", "period_end": "2041"})
    filed(signatory, "pre-submission-draft")
    said(signatory, "publicity", note="In the village hall, Mondays.")
    said(signatory, "consultation-bodies", note="The water company.")
    said(signatory, "copy-to-authority")
    sent(signatory, f"{BASE}/policies/new", {"code": "G1", "title": "Green", "text": "Open.", "land": "400500, 300500"})
    stepped(signatory, "pre-submission", "2026-01-06", "2026-02-20")
    return people


@pytest.fixture
def submitted(publicised):
    """The draft's comment answered and summed up, the plan submitted by its body."""
    signatory = publicised["signatory"]
    sent(signatory, f"{DRAFT}/paper", PAPER | {"policy": "G1", "received_on": "2026-02-01"})
    filing = {"filed_as": "consultation-statement"}
    page = f"/cases/{PLAN}/representations"
    early = signatory.post(f"{DRAFT}/file", filing, on=page)
    assert "1 still to be read" in early.text
    sent(signatory, f"{DRAFT}/1", {"text": "Mind the newts.", "published_as": "A resident"})
    assert "1 still to be answered" in signatory.post(f"{DRAFT}/file", filing, on=page).text
    sent(signatory, f"{DRAFT}/1/answer", {"answer": "The pond is kept."}, on=f"{DRAFT}/1")
    sent(signatory, f"{DRAFT}/file", filing, on=page)
    filed(signatory, "map", "submission-draft", "basic-conditions-statement", "environmental-report")
    sent(signatory, f"{BASE}/points/content", {"on_date": "2026-03-01"})
    stepped(signatory, "submitted", "2026-03-02")
    return publicised


@pytest.mark.rule("STEP-1", "STEP-2")
def test_the_body_holds_the_consultation_on_its_draft_and_the_summary_becomes_its_statement(submitted, designated):
    assert held(designated) == [("pre-submission", ["E04999101"], "In the village hall, Mondays.")]
    officer = submitted["officer"]
    assert officer.get(f"/cases/{PLAN}/representations").status_code == 403
    summary = text_of(officer, f"/consultations/{PLAN}/pre-submission/summary")
    for words in (
        "Alder Parish Council asked for comments from 6 January 2026 to 20 February 2026",
        "In the village hall, Mondays.",
        "The water company.",
        "On policy G1",
        "Comment 1, A resident: Mind the newts. What was done about it: The pond is kept.",
    ):
        assert words in summary
    shapes = officer.client.get(f"{PUBLIC}/map.geojson").json()["features"]
    assert [(each["id"], each["geometry"]["type"]) for each in shapes] == [
        ("NA-000900", "MultiPolygon"),
        ("G1", "MultiPolygon"),
    ]
    assert f'data-features="{PUBLIC}/map.geojson"' in text_of(officer, PUBLIC)
    form = text_of(officer, f"/consultations/{PLAN}/pre-submission/respond?point=52.6,-1.99")
    assert '<option value="G1">G1: Green</option>' in form
    assert 'value="52.6,-1.99"' in form
    with reading(designated) as session:
        assert [fault for fault in state_faults(session) if fault.subject == PLAN] == []


def test_an_officer_who_records_the_bodys_step_says_what_shows_it(publicised):
    officer = publicised["officer"]
    step = {"on_date": "2026-03-05", "closes_on": "", "note": ""}
    refused = officer.post(f"{BASE}/steps/withdrawn", step)
    assert "say in the note what shows it" in refused.text
    stepped(officer, "withdrawn", "2026-03-05", note="Their letter of 4 March.")


def decided(people):
    """The proposal publicised, commented on, examined, and the decision taken that a referendum is held."""
    officer, signatory = people["officer"], people["signatory"]
    said(officer, "body-authorised", "papers-complete", "pre-submission-done", "content-lawful", "not-a-repeat")
    stepped(officer, "publicised", "2026-03-16", "2026-04-27", note="At the council offices.")
    sent(officer, f"{PROPOSAL}/paper", PAPER | {"wants_notice": "yes", "received_on": "2026-04-01"})
    sent(officer, f"{PROPOSAL}/1", {"text": "Mind the newts."})
    examiner = {"examiner": "Rowan Thackeray", "qualifications": "Planner.", "on_date": "2026-04-20"}
    sent(officer, f"{BASE}/examiner/propose", examiner | {"facts": ["is_independent", "has_no_interest"]})
    assert officer.get(f"{BASE}/examiner/bundle.zip").status_code == 409
    sent(signatory, f"{BASE}/examiner/consent", {"consent_by": "Minute 7", "on_date": "2026-04-21"})
    sent(officer, f"{BASE}/examiner/appoint", {"appointed_by": "authority", "on_date": "2026-04-22"})
    sent(officer, f"{PROPOSAL}/file", {"filed_as": "representations"}, on=f"/cases/{PLAN}/representations")
    said(officer, "habitats", answer="not-needed", day="2026-04-28")
    stepped(officer, "examination", "2026-04-28")
    report = {
        "recommends": "submit-with-modifications",
        "on_date": "2026-06-08",
        "area_advice": "",
        "extends_area": "no",
    }
    sent(officer, f"{BASE}/report", report)
    change = {"about": "Policy G1", "text": "Leave out the last line.", "ground": "errors", "is_own": "no"}
    sent(officer, f"{BASE}/recommendations/new", change)
    filed(officer, "examiner-report")
    stepped(officer, "report-received", "2026-06-08")
    answer = {"answer": "accepted", "reason": "It was a slip.", "on_date": "2026-06-15"}
    sent(officer, f"{BASE}/recommendations/1", answer)
    said(officer, "basic-condition-2026-housing", "basic-condition-2026-environment", day="2026-06-16")
    sent(officer, f"{BASE}/referendum-area", {"choice": "neighbourhood-area", "reasons": "As advised."})
    stepped(officer, "referendum-to-be-held", "2026-06-30", note="Every condition is met.")


def squeezed(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("\u2019", "'")


@pytest.mark.rule("STEP-5", "STEP-7", "STEP-12", "STEP-13", "RESULT-12")
def test_comments_reach_the_examiner_and_whoever_asked_is_told_the_decision(submitted, designated):
    officer = submitted["officer"]
    decided(submitted)
    assert held(designated)[1] == ("submission", ["E07999101"], "At the council offices.")
    archive = zipfile.ZipFile(io.BytesIO(officer.get(f"{BASE}/examiner/bundle.zip").content))
    rows = list(csv.DictReader(io.StringIO(archive.read("comments/submission-as-received.csv").decode())))
    assert [(row["name"], row["text"]) for row in rows] == [("Quillfeather", PAPER["text"])]
    assert {"papers/map-paper.pdf", f"papers/representations-{PLAN}-representations.pdf"} <= set(archive.namelist())
    assert submitted["signatory"].get(f"{BASE}/examiner/bundle.zip").status_code == 403
    assert len(officer.get(f"{PROPOSAL}/told.csv").text.splitlines()) == 1
    sent(officer, f"{BASE}/statement", {"on_date": "2026-07-01"})
    (message,) = csv.DictReader(io.StringIO(officer.get(f"{PROPOSAL}/told.csv").text))
    assert (message["contact"], message["heading"]) == (
        "quill@feather.example",
        f"Decision statement: Alder Plan ({PLAN})",
    )
    page = officer.get(f"{PUBLIC}/decision-statement").text
    shown = re.findall(
        r"<(?:p|h\d)[^>]*>(.*?)</(?:p|h\d)>", page.split("<article")[1].split("</article>")[0], re.DOTALL
    )
    with pypdfium2.PdfDocument(officer.client.get(f"{PUBLIC}/decision-statement.pdf").content) as file:
        texts = [file[number].get_textpage().get_text_bounded() for number in range(len(file))]
    printed = re.sub(r"NP-000001,page\dof\d", "", "".join(squeezed(each) for each in texts))
    assert "".join(squeezed(unescape(each)) for each in shown) == printed
    for words in ("that a referendum must be held on Alder Plan", "It was a slip.", "12 August 2026", "As advised."):
        assert words in unescape(page)
        if words != "12 August 2026":
            assert words in message["message"]
    assert f'href="{PUBLIC}/decision-statement"' in officer.get(PUBLIC).text
    by_program = officer.client.get(f"/api/v1{PUBLIC}/decision-statement.pdf")
    assert by_program.content == officer.client.get(f"{PUBLIC}/decision-statement.pdf").content
    sent(officer, f"{BASE}/decision-statement/file", on=f"{PROPOSAL}/paper")
    told = {"headers": {"x-form-token": officer.form_token(f"{PROPOSAL}/paper")}}
    filing, address = {"filed_as": "representations-summary"}, f"/api/v1/consultations/{PLAN}/submission/summary/filing"
    summary = officer.client.post(address, json=filing, **told)
    assert (summary.status_code, summary.json()["kind"], summary.json()["version"]) == (201, *filing.values(), 1)
    refused = officer.client.post(address, json={"filed_as": "consultation-statement"}, **told)
    assert (refused.status_code, "is not filed as" in refused.json()["detail"]) == (404, True)
    assert f"{PLAN}-decision-statement.pdf" in text_of(officer, BASE)
    with reading(designated) as session:
        assert [fault for fault in state_faults(session) if fault.subject == PLAN] == []


@pytest.mark.rule("REF-21")
def test_while_people_vote_comments_come_in_but_nothing_of_them_is_published(submitted, designated, shapes, operator):
    with writing(designated) as session:
        plan = session.scalars(select(Plan)).one()
        referendum = Referendum(
            reference="NR-000900",
            plan=plan,
            decision_on=operator.at.date(),
            poll_date=operator.at.date(),
            has_business_poll=False,
            is_cross_boundary=False,
            authority="Westshire",
            council="Westshire",
            question="?",
            election_group_id="x",
            timetable={},
            geometry=shapes.square(0, 0),
        )
        pack = {"published_on": operator.at.date(), "sha256": "0" * 64, "manifest": {}}
        session.add(InformationPack(referendum=referendum, **pack))
    signatory = submitted["signatory"]
    sent(signatory, f"{DRAFT}/paper", PAPER | {"received_on": "2026-02-02"})
    refused = signatory.post(f"{DRAFT}/2", {"text": "Vote no."})
    assert refused.status_code == 422
    assert "while the referendum NR-000900 is held there" in refused.text
    assert "Vote no." not in text_of(signatory, f"/consultations/{PLAN}/pre-submission")
