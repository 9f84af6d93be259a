"""A plan's case by the pages: each handed in by those whose it is, nothing skipped, nothing lost on a refused form."""

import re

import jsonschema
import pytest

from app.db import reading
from app.services.record.faults import state_faults

pytestmark = pytest.mark.database

PDF = b"%PDF-1.7\nan invented paper\n"
BASE = "/cases/plans/NP-000001"
BODY_POINTS = ("publicity", "consultation-bodies", "copy-to-authority")
SUBMISSION = (
    "map",
    "submission-draft",
    "consultation-statement",
    "basic-conditions-statement",
    "environmental-report",
)
LEGAL_CHECK = ("body-authorised", "papers-complete", "pre-submission-done", "content-lawful", "not-a-repeat")


def sent(browser, address, fields=None, *, file=None):
    files = {"file": file} if file is not None else None
    answer = browser.post(address, fields or {}, files=files) if files else browser.post(address, fields or {})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def begun(browser, **changes):
    fields = {
        "area": "NA-000900",
        "instrument": "ndp",
        "course": "new",
        "title": "Alder Plan",
        "qualifying_body": "Alder Parish Council",
    }
    return browser.post("/apply/plans/new", fields | changes)


def filed(browser, kind, name="paper.pdf", content=PDF):
    return sent(browser, f"{BASE}/documents/{kind}", {"title": "", "note": ""}, file=(name, content))


def said(browser, code, answer="yes", note="See the minutes.", day="2026-01-05"):
    return sent(browser, f"{BASE}/points/{code}", {"answer": answer, "note": note, "on_date": day})


def stepped(browser, stage, day, closes="", note=""):
    return sent(browser, f"{BASE}/steps/{stage}", {"on_date": day, "closes_on": closes, "note": note})


def prepared(people):
    """The plan with its draft published for comment and submitted, all by its own people."""
    signatory, editor = people["signatory"], people["editor"]
    assert begun(signatory, period_start="2026", period_end="2041").headers["location"] == BASE
    filed(editor, "pre-submission-draft")
    for code in BODY_POINTS:
        said(editor, code)
    stepped(signatory, "pre-submission", "2026-01-06", "2026-02-20")
    for kind in SUBMISSION:
        filed(editor, kind)
    sent(editor, f"{BASE}/points/content", {"on_date": "2026-03-01"})
    stepped(signatory, "submitted", "2026-03-02")


def text_of(browser, address=BASE):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


def comments_to_invite(browser):
    """What the task list says of the comments before departing from the report."""
    after = text_of(browser).split("Comments invited before departing from the report", 1)[1]
    return re.search(r'<strong class="govuk-tag[^>]*>\s*(.*?)\s*</strong>', after).group(1)


def decided_after_a_departure(officer, decision):
    """Decide the one recommendation, at first against it; only then are there comments to invite."""
    assert comments_to_invite(officer) == "Cannot start yet"
    sent(officer, f"{BASE}/recommendations/1", decision | {"answer": "departed-on-facts"})
    assert comments_to_invite(officer) == "To do"
    assert "comments invited before departing" in text_of(officer).split("missing:")[1].split("</p>")[0]
    sent(officer, f"{BASE}/recommendations/1", decision)
    assert comments_to_invite(officer) == "Not needed"
    assert "1 of 3 done" in text_of(officer)


@pytest.mark.rule("STEP-1", "STEP-2", "PLAN-2", "PLAN-3")
def test_the_body_prepares_and_submits_its_own_plan(people, designated):
    signatory = people["signatory"]
    begun(signatory)
    page = text_of(signatory)
    assert "0 of 4 done; missing: the draft that people are to comment on" in page
    early = signatory.post(f"{BASE}/steps/pre-submission", {"on_date": "2026-01-06", "closes_on": "2026-02-20"})
    assert early.status_code == 422
    assert "is not ready for this step" in early.text
    assert 'value="2026-02-20"' in early.text
    filed(people["editor"], "pre-submission-draft")
    assert "1 of 4 done" in text_of(signatory)
    for code in BODY_POINTS:
        said(people["editor"], code)
    short = signatory.post(f"{BASE}/steps/pre-submission", {"on_date": "2026-01-06", "closes_on": "2026-02-16"})
    assert "17 February 2026 or later" in short.text
    stepped(signatory, "pre-submission", "2026-01-06", "2026-02-20")
    for kind in SUBMISSION:
        filed(people["editor"], kind)
    bad = people["editor"].post(f"{BASE}/points/content", {"contains": "minerals", "on_date": "2026-03-01"})
    assert bad.status_code == 303
    refused = signatory.post(f"{BASE}/steps/submitted", {"on_date": "2026-03-02"})
    assert "the years for which the plan has effect, a check that nothing in it is excluded development" in refused.text
    sent(people["editor"], f"{BASE}/points/content", {"on_date": "2026-03-01"})
    sent(people["editor"], f"{BASE}/details", {"title": "Alder Plan", "period_start": "2026", "period_end": "2041"})
    stepped(signatory, "submitted", "2026-03-02")
    assert "0 of 5 done" in text_of(people["officer"])
    with reading(designated) as session:
        assert state_faults(session) == [fault for fault in state_faults(session) if fault.subject == "NA-000900"]


@pytest.mark.rule("STEP-6", "STEP-11", "STEP-12", "EXAM-3", "EXAM-4", "EXAM-5")
def test_the_authority_takes_it_through_examination_to_the_decision(people, designated):
    prepared(people)
    officer, signatory = people["officer"], people["signatory"]
    for code in LEGAL_CHECK:
        said(officer, code, day="2026-03-10")
    stepped(officer, "publicised", "2026-03-16", "2026-04-27")
    facts = {
        "examiner": "Rowan Thackeray",
        "qualifications": "Chartered planner.",
        "facts": ["is_independent"],
        "on_date": "2026-04-20",
    }
    interested = officer.post(f"{BASE}/examiner/propose", facts)
    assert "may have no interest in land" in interested.text
    assert "Rowan Thackeray" in interested.text
    sent(officer, f"{BASE}/examiner/propose", facts | {"facts": ["is_independent", "has_no_interest"]})
    unconsented = officer.post(f"{BASE}/examiner/appoint", {"appointed_by": "authority", "on_date": "2026-04-22"})
    assert "must consent" in unconsented.text
    sent(signatory, f"{BASE}/examiner/consent", {"consent_by": "Minute 7", "on_date": "2026-04-21"})
    sent(officer, f"{BASE}/examiner/appoint", {"appointed_by": "authority", "on_date": "2026-04-22"})
    filed(officer, "representations")
    said(officer, "habitats", "not-needed", day="2026-04-28")
    early = officer.post(f"{BASE}/steps/examination", {"on_date": "2026-04-27"})
    assert "missing: the end of the comments on the proposal" in early.text
    stepped(officer, "examination", "2026-04-28")
    sent(
        officer,
        f"{BASE}/examiner/question",
        {"asked_of": "qualifying body", "question": "Why the green?", "on_date": "2026-05-04"},
    )
    sent(signatory, f"{BASE}/examiner/questions/1", {"answer": "It is loved.", "on_date": "2026-05-06"})
    silent = {"recommends": "submit-with-modifications", "on_date": "2026-06-08", "area_advice": ""}
    assert "must say whether the referendum area" in officer.post(f"{BASE}/report", silent).text
    sent(officer, f"{BASE}/report", silent | {"extends_area": "no"})
    change = {"about": "Policy H1", "text": "Leave out the last line.", "ground": "errors", "is_own": "no"}
    sent(officer, f"{BASE}/recommendations/new", change)
    filed(officer, "examiner-report")
    stepped(officer, "report-received", "2026-06-08")
    undecided = officer.post(f"{BASE}/steps/referendum-to-be-held", {"on_date": "2026-06-30"})
    assert "a decision and its reason on each recommendation" in undecided.text
    assert "every basic condition found to be met" in undecided.text
    decision = {"answer": "accepted", "reason": "It was a slip.", "on_date": "2026-06-15"}
    decided_after_a_departure(officer, decision)
    for letter in ("housing", "environment"):
        said(officer, f"basic-condition-2026-{letter}", day="2026-06-16")
    sent(officer, f"{BASE}/referendum-area", {"choice": "neighbourhood-area", "reasons": "As the examiner says."})
    assert "By law" not in text_of(officer)
    assert "13 July 2026" in text_of(officer)
    stepped(officer, "referendum-to-be-held", "2026-06-30", note="Every condition is met.")
    sent(officer, f"{BASE}/statement", {"on_date": "2026-07-01"})
    public = officer.client.get("/api/v1/plans/NP-000001/examination").json()
    assert (public["examiner"], public["statement_on"]) == ("Rowan Thackeray", "2026-07-01")
    assert [row["decision"] for row in public["recommendations"]] == ["accepted"]
    statement = officer.client.get("/api/v1/plans/NP-000001/decision-statement").json()
    jsonschema.validate(statement, officer.client.get("/api/v1/schemas/folkmoot.decision-statement/1").json())
    assert (statement["decision"], statement["decided_on"]) == ("referendum", "2026-06-30")
    assert (statement["published_on"], statement["challenge_until"]) == ("2026-07-01", "2026-08-12")
    assert statement["referendum_area"]["choice"] == "neighbourhood-area"
    assert [each["is_met"] for each in statement["basic_conditions"]] == ["yes", "yes"]
    assert "It was a slip." in text_of(officer, "/plans/NP-000001")
    with reading(designated) as session:
        assert [fault for fault in state_faults(session) if fault.subject == "NP-000001"] == []


@pytest.mark.rule("PLAN-1")
def test_the_form_to_begin_a_plan_knows_the_body_and_its_area(people, designated):
    own = text_of(people["signatory"], "/apply/plans/new")
    assert "Its reference. Yours: NA-000900 (Alder)" in own
    assert re.search(r'name="area"[^>]*value="NA-000900"', own)
    assert re.search(r'name="qualifying_body"[^>]*value="Alder Parish Council"', own)
    council = text_of(people["officer"], "/apply/plans/new")
    assert "such as NA-000123" in council
    assert not re.search(r'name="area"[^>]*value="NA', council)
    assert re.search(
        r'name="area"[^>]*value="NA-000900"', text_of(people["officer"], "/apply/plans/new?area=na-000900")
    )
    refused = begun(people["signatory"], title="", area="NA-000901")
    assert re.search(r'name="area"[^>]*value="NA-000901"', refused.text)


def test_nobody_takes_what_is_anothers(people):
    prepared(people)
    signatory, editor, stranger = people["signatory"], people["editor"], people["next-door"]
    fields = {"on_date": "2026-03-16", "closes_on": "2026-04-27", "note": ""}
    assert signatory.post(f"{BASE}/steps/publicised", fields).status_code == 403
    assert editor.post(f"{BASE}/steps/withdrawn", fields, on=BASE + "/details").status_code == 403
    assert stranger.get(BASE).status_code == 403
    assert stranger.get(f"{BASE}/files/1").status_code == 403
    answer = editor.post(f"{BASE}/points/body-authorised", {"answer": "yes", "note": "x", "on_date": "2026-03-03"})
    assert answer.status_code == 403
    late = editor.post(f"{BASE}/documents/pre-submission-draft", {}, files={"file": ("d.pdf", PDF)})
    assert "was handed in with an earlier step" in late.text


@pytest.mark.rule("STEP-8")
def test_the_body_may_withdraw_with_a_click(people):
    prepared(people)
    stepped(people["signatory"], "withdrawn", "2026-03-05", note="We begin anew.")
    assert "Withdrawn" in text_of(people["officer"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("plan.html", b"<!doctype html><script>alert(1)</script>", "is not of a kind", id="a page"),
        pytest.param("plan.pdf", b"", "is empty", id="empty"),
        pytest.param("plan.pdf", b"\x89PNG\r\n\x1a\n...", "holds a PNG picture", id="a picture called PDF"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(people, name, content, words):
    begun(people["signatory"])
    answer = people["editor"].post(
        f"{BASE}/documents/pre-submission-draft", {"title": "Our draft", "note": ""}, files={"file": (name, content)}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "Our draft" in answer.text


def test_documents_come_as_files_to_keep_and_the_comments_to_nobody_else(people, make_browser):
    prepared(people)
    officer, anyone = people["officer"], make_browser()
    filed(officer, "representations", "comments.txt", b"Mrs A of 1 The Green objects.")
    listed = anyone.client.get("/api/v1/plans/NP-000001/documents").json()
    assert {each["kind"] for each in listed} == {"pre-submission-draft", *SUBMISSION}
    answer = anyone.client.get(f"/api/v1/documents/{listed[0]['sha256']}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith('attachment; filename="paper.pdf"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/pdf"
    page = text_of(officer)
    link = page.split("Not public")[0].rsplit('href="', 1)[1].split('"')[0]
    private = officer.get(link)
    assert private.content == b"Mrs A of 1 The Green objects."
    assert private.headers["cache-control"] == "no-store"
    assert anyone.get(link).status_code == 303
    sha256 = private.headers["etag"].strip('"')
    assert anyone.client.get(f"/api/v1/documents/{sha256}").status_code == 404


def test_versions_are_kept(people):
    begun(people["signatory"])
    filed(people["editor"], "pre-submission-draft")
    filed(people["editor"], "pre-submission-draft", "better.pdf", PDF + b"better")
    page = text_of(people["editor"])
    assert "Version 1: paper.pdf" in page
    assert "Version 2: better.pdf" in page


@pytest.mark.rule("PLAN-4", "ORDER-3")
def test_policies_are_written_with_their_land_and_taken_out(people):
    begun(people["signatory"])
    editor, address = people["editor"], f"{BASE}/policies"
    policy = {"code": "h1", "title": "Homes", "text": "Small homes.", "land": ""}
    sent(editor, f"{address}/new", policy)
    far = editor.post(f"{address}/new", policy | {"code": "H2", "land": "400500, 350500"})
    assert "reaches outside Alder" in far.text
    assert "Small homes." in far.text
    sent(editor, f"{address}/new", policy | {"code": "H2", "land": "400500, 300500"})
    again = editor.post(f"{address}/new", policy | {"text": "Other words."})
    assert "There is a policy of this code already" in again.text
    policies = editor.client.get("/api/v1/plans/NP-000001/policies").json()
    assert [(each["code"], each["land"] and each["land"]["type"]) for each in policies] == [
        ("H1", None),
        ("H2", "Point"),
    ]
    editor.post(f"{address}/H1/remove", on=address)
    assert [each["code"] for each in editor.client.get("/api/v1/plans/NP-000001/policies").json()] == ["H2"]


def test_the_list_of_cases_shows_ones_own_the_most_pressing_first(people):
    prepared(people)
    assert "Alder Plan" in text_of(people["officer"], "/cases")
    assert "Your plans" in text_of(people["signatory"], "/cases")
    assert "Alder Plan" in text_of(people["editor"], "/cases")
    assert "Alder Plan" not in text_of(people["next-door"], "/cases")
