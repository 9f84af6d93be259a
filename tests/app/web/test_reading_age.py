"""The reading age of every public page: what a person of twelve can read, measured by textstat.

The measure is the Flesch-Kincaid grade plus five. The grade is that of an American school,
0.39 x words in a sentence + 11.8 x syllables in a word - 15.59, and a pupil of grade 7 is twelve years old.
textstat looks syllables up in the CMU pronouncing dictionary, which its package brings: nothing is fetched.

What is measured is prose: paragraphs, list items, headings, labels, hints and error messages of the page itself.
Left out are tables and figures, facts in a list of facts unless they are whole sentences, the names of linked pages
and documents, the question that the law words, and what the district's people wrote. Names from the record become
"Ash", references "A1", and days "May": how long the name of a parish is says nothing of our words.
Terms of the law (neighbourhood development order, referendum) are measured as they stand.
"""

import shutil
from datetime import UTC, datetime

import pytest
import textstat
from fastapi.testclient import TestClient

from app.clock import FixedClock
from app.db import create_database_engine, writing
from app.document_store import document_store
from app.main import create_app
from app.services.example import load_example
from app.settings import Settings
from referendum.rulebook import rules

OLDEST = 12.0
PAGES = {
    "home": "/",
    "home on a day": "/?on=2020-06-01",
    "areas": "/areas",
    "area in force": "/areas/NA-000001",
    "area of a forum": "/areas/NA-000006",
    "area in two authorities": "/areas/NA-000007",
    "area designated": "/areas/NA-000008",
    "area applied for": "/areas/NA-000009",
    "plans": "/plans",
    "plan in force": "/plans/NP-000001",
    "plan voted down": "/plans/NP-000002",
    "plan with divided answers": "/plans/NP-000004",
    "plan to be voted on": "/plans/NP-000005",
    "plan not formally made": "/plans/NP-000006",
    "plan at examination": "/plans/NP-000007",
    "plan in draft": "/plans/NP-000008",
    "order": "/orders/NO-000001",
    "decision on the report": "/plans/NP-000001/decision-statement",
    "decision to make": "/plans/NP-000001/making-decision",
    "decision on the area": "/areas/NA-000001/decisions/E07999001",
    "referendums": "/referendums",
    "referendum won": "/referendums/NR-000001",
    "referendum tied": "/referendums/NR-000003",
    "referendum divided": "/referendums/NR-000004",
    "referendum to come": "/referendums/NR-000006",
    "information pack": "/referendums/NR-000001/information-pack",
    "declaration": "/referendums/NR-000001/documents/declaration",
    "information statement": "/referendums/NR-000001/documents/information-statement",
    "notice": "/referendums/NR-000006/documents/notice-of-referendum",
    "count board": "/count/NR-000001/board",
    "here, asked": "/here",
    "here": "/here?point=358350,277700",
    "here on a day": "/here?point=358350,277700&on=2022-03-02",
    "here, not understood": "/here?point=nowhere",
    "here, a false day": "/here?point=358350,277700&on=soon",
    "groups": "/groups",
    "forums": "/forums",
    "forum": "/forums/NF-000001",
    "consultations": "/consultations",
    "consultation": "/consultations/NP-000008/pre-submission",
    "consultation closed": "/consultations/NO-000001/pre-submission",
    "comment": "/consultations/NP-000008/pre-submission/respond",
    "comment too late": "/consultations/NO-000001/pre-submission/respond",
    "summary of comments": "/consultations/NO-000001/pre-submission/summary",
    "levy": "/levy",
    "apply": "/apply",
    "draw": "/apply/draw",
    "rule": "/rules/AREA-10",
    "about": "/about",
    "accessibility": "/accessibility",
    "sign in": "/sign-in",
    "development plans": "/development-plan",
    "development plan": "/development-plan/E07999001",
    "no such area": "/areas/NA-000404",
    "no such page": "/nowhere",
}
REFUSED = {"here, not understood": 422, "here, a false day": 422, "no such area": 404, "no such page": 404}
COMMENT = "/consultations/NP-000008/pre-submission/respond"
FORMS = {
    "comment, empty": (COMMENT, {}),
    "comment, a false place": (COMMENT, {"text": "Good.", "place": "there"}),
    "comment, sent": (COMMENT, {"text": "Good."}),
    "levy, empty": ("/levy", {}),
    "sign in, empty": ("/sign-in", {}),
    "sign in, wrong": ("/sign-in", {"name": "nobody", "password": "nothing at all"}),
}


def reading_age(found):
    """The age at which sentences are read: the Flesch-Kincaid grade of them all, plus five."""
    return round(textstat.flesch_kincaid_grade(" ".join(f"{each.rstrip('.:?')}." for each in found)) + 5, 1)


def too_hard(found):
    """The age and the worst sentences where they are read too late, else nothing."""
    age = reading_age(found)
    if age <= OLDEST:
        return ""
    worst = sorted(set(found), key=lambda each: reading_age([each]), reverse=True)[:5]
    return "\n".join([f"Read at {age} only. Rewrite:", *(f"{reading_age([each])}: {each}" for each in worst)])


@pytest.fixture(scope="module")
def visitor(tmp_path_factory, spatialite_template):
    """Anyone, at the pages of the example district on 21 November 2026."""
    folder = tmp_path_factory.mktemp("reading")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the tests of words", store=document_store(settings))
    engine.dispose()
    app = create_app(settings, clock=FixedClock(datetime(2026, 11, 21, 9, 30, tzinfo=UTC)))
    with TestClient(app, raise_server_exceptions=False, headers={"Accept": "text/html"}) as visitor:
        yield visitor
    app.state.folkmoot.engine.dispose()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_at_twelve(name, visitor, sentences):
    answer = visitor.get(PAGES[name])
    assert answer.status_code == REFUSED.get(name, 200)
    assert (found := sentences(answer.text))
    assert not (said := too_hard(found)), said


@pytest.mark.parametrize("name", FORMS)
def test_what_a_form_answers_is_read_at_twelve(name, visitor, sentences):
    path, typed = FORMS[name]
    token = visitor.get(path).text.split('name="form_token" value="')[1].split('"')[0]
    answer = visitor.post(path, data=typed | {"form_token": token})
    assert answer.status_code == (200 if name == "comment, sent" else 422)
    assert (found := sentences(answer.text))
    assert not (said := too_hard(found)), said


@pytest.mark.parametrize("family", sorted({each.id.rsplit("-", 1)[0] for each in rules()}))
def test_the_rules_are_read_at_twelve(family):
    found = [each.summary for each in rules() if each.id.rsplit("-", 1)[0] == family]
    assert not (said := too_hard(found)), said


def test_the_measure_is_what_it_says(sentences):
    plain, hard = ["The cat sat on the mat."], ["Designation necessitates consultation."]
    assert reading_age(plain) == round(0.39 * 6 + 11.8 * 6 / 6 - 15.59 + 5, 1)
    assert reading_age(hard) > OLDEST
    page = "<h1>What applies here?</h1><p>It is <a>Thornlow</a>. <b class='govuk-tag'>Open</b></p><dd>A bare name</dd>"
    assert sentences(f"<main>{page}</main>") == ["What applies here?", "It is Ash."]
