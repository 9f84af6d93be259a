"""A draft becomes an application: nothing missing, once, with its map; links end; comments wait to be read."""

from datetime import timedelta

import pytest

from app.audit import Actor, Deed
from app.auth.tokens import new_token, token_hash
from app.db import reading, writing
from app.document_store import document_store
from app.errors import ConflictError, InvalidRequestError, NotAllowedError, NotFoundError, WithdrawnError
from app.models import AreaApplication, BoundaryKind, CommentStanding
from app.services.documents import documents_of
from app.services.draft_answers import save_answer
from app.services.draft_comments import Remark, comment, comment_by_link, comments_of, settle_comment
from app.services.draft_parts import (
    LineFacts,
    Part,
    body_statement,
    missing_parts,
    parts_of_application,
)
from app.services.draft_shares import end_share, open_share, share_draft
from app.services.draft_starts import Part as Piece
from app.services.draft_starts import start_from_parts
from app.services.draft_submissions import MissingPartsError, submit_draft
from app.services.drafts import Save, save_version, start_draft
from app.services.record import state_faults

COUNCIL = {"kind": "parish", "applicant_name": "Alder Parish Council", "parish_code": "E04999101", "declared": "yes"}
FORUM = {"kind": "forum", "applicant_name": "Cedar Forum", "declared": "yes"}
WHOLE = {
    Part.MAP: {"paper": "a4", "scale": "10000"},
    Part.NAME: {"name": "Alder"},
    Part.STATEMENT: {"statement": "It is one place round its green."},
    Part.BODY: COUNCIL,
}
LINE = LineFacts(bounds_bng=(400_000, 300_000, 401_000, 301_000))
WITH_BIRCH = LineFacts(bounds_bng=(400_000, 300_000, 402_000, 301_000), other_councils=["Birch"])
BARRED = LineFacts(bounds_bng=LINE.bounds_bng, barred=["It holds no part of the parish."])
BY_FORUM = LineFacts(bounds_bng=LINE.bounds_bng, is_likely_forum=True)
LATER = {Part.CONSENTS: {"later": "yes"}}
AGREED = {Part.CONSENTS: {"consents": "Birch, 3 June 2026, minute 12"}}
ABLE = {Part.CAPABILITY: {"capability": "We are 25 people who live here."}}


@pytest.mark.rule("AREA-6")
@pytest.mark.parametrize(
    ("answers", "line", "missing"),
    [
        pytest.param({}, LINE, ["map", "name", "statement", "body"], id="nothing yet"),
        pytest.param({}, BY_FORUM, ["map", "name", "statement", "body", "capability"], id="nothing yet, by a forum"),
        pytest.param(WHOLE, LINE, [], id="a whole parish by its council"),
        pytest.param(WHOLE | {Part.MAP: {}}, LINE, ["map"], id="no map chosen"),
        pytest.param(WHOLE | {Part.MAP: {"paper": "a4", "scale": "1250"}}, LINE, ["map"], id="a map it does not fit"),
        pytest.param(WHOLE | {Part.NAME: {"name": "  "}}, LINE, ["name"], id="a name of spaces"),
        pytest.param(WHOLE | {Part.BODY: COUNCIL | {"declared": ""}}, LINE, ["body"], id="not declared"),
        pytest.param(WHOLE | {Part.BODY: COUNCIL | {"parish_code": ""}}, LINE, ["body"], id="no parish"),
        pytest.param(WHOLE, BARRED, ["map"], id="a line that is barred"),
        pytest.param(WHOLE, WITH_BIRCH, ["consents"], id="another council's parish"),
        pytest.param(WHOLE | LATER, WITH_BIRCH, [], id="another council is asked later"),
        pytest.param(WHOLE | AGREED, WITH_BIRCH, [], id="another council has agreed"),
        pytest.param(WHOLE | {Part.BODY: FORUM}, WITH_BIRCH, ["capability"], id="a forum asks no council"),
        pytest.param(WHOLE | {Part.BODY: FORUM} | ABLE, LINE, [], id="a forum that says how"),
    ],
)
def test_what_is_missing(answers, line, missing):
    assert [each.part.value for each in missing_parts(parts_of_application(answers, line))] == missing


@pytest.mark.rule("AREA-5")
def test_the_statement_on_the_body_tells_of_other_councils_and_of_a_forum_only_where_they_count():
    council = WHOLE | AGREED | ABLE
    forum = council | {Part.BODY: FORUM}
    told = body_statement(council, parts_of_application(council, WITH_BIRCH))
    assert told.startswith("Alder Parish Council is a relevant body")
    assert "minute 12" in told
    assert "25 people" not in told
    of_forum = body_statement(forum, parts_of_application(forum, WITH_BIRCH))
    assert "25 people" in of_forum
    assert "minute 12" not in of_forum


@pytest.fixture
def store(settings):
    return document_store(settings)


@pytest.fixture
def clerk(deed):
    """The clerk of Alder, who acts for its council alone."""
    actor = Actor(
        name="clerk", role="volunteer-signatory", organisation="E04999101", organisation_name="Alder Parish Council"
    )
    return Deed(by=actor, at=deed.at)


@pytest.fixture
def stranger(clerk):
    return Deed(by=Actor(name="other", role="volunteer-signatory", organisation="E04999102"), at=clerk.at)


@pytest.fixture
def draft(district, clerk):
    """The whole of Alder, kept as a draft."""
    with writing(district) as session:
        started = start_from_parts(session, [Piece(kind=BoundaryKind.PARISH, code="E04999101")], clerk.at.date())
        save = Save(boundary_bng=started.boundary_bng)
        return start_draft(session, clerk, name="Alder", start=started.start, save=save).reference


def answer(engine, deed, draft, answers):
    with writing(engine) as session:
        for part, typed in answers.items():
            save_answer(session, deed, draft, part, typed)


def submit(engine, deed, store, draft, version=1):
    with writing(engine) as session:
        return submit_draft(session, deed, store, draft, version=version).area.reference


@pytest.mark.rule("AREA-6", "AREA-10")
def test_a_complete_draft_becomes_one_application_with_its_map(district, clerk, store, draft):
    answer(district, clerk, draft, WHOLE)
    first = submit(district, clerk, store, draft)
    assert submit(district, clerk, store, draft) == first
    with reading(district) as session:
        (application,) = session.query(AreaApplication).all()
        (filed,) = documents_of(session, first)
        assert application.route == "must-designate"
        assert application.map_scale == 10_000
        assert application.map_sha256 == filed.sha256
        assert store.get(filed.sha256).startswith(b"%PDF")
        assert application.statement == "It is one place round its green."
        assert state_faults(session) == []


def test_a_part_that_is_missing_is_named_and_nothing_is_made(district, clerk, store, draft):
    answer(district, clerk, draft, WHOLE | {Part.STATEMENT: {"statement": ""}})
    with pytest.raises(MissingPartsError, match="finish why this area is right") as refusal:
        submit(district, clerk, store, draft)
    assert [each.part for each in refusal.value.parts] == [Part.STATEMENT]
    with reading(district) as session:
        assert session.query(AreaApplication).count() == 0


def test_a_newer_line_is_checked_before_it_is_applied_for(district, clerk, store, draft, shapes):
    answer(district, clerk, draft, WHOLE)
    with writing(district) as session:
        save_version(session, clerk, draft, Save(boundary_bng=shapes.square(0, 0, 1, 2), based_on=1))
    with pytest.raises(ConflictError, match="has saved version 2"):
        submit(district, clerk, store, draft, version=1)


def test_a_submitted_draft_is_closed(district, clerk, store, draft, shapes):
    answer(district, clerk, draft, WHOLE)
    submit(district, clerk, store, draft)
    with pytest.raises(ConflictError, match="is closed"), writing(district) as session:
        save_version(session, clerk, draft, Save(boundary_bng=shapes.square(0, 0, 1, 2), based_on=1))
    with pytest.raises(ConflictError, match="is closed"):
        answer(district, clerk, draft, {Part.NAME: {"name": "Other"}})


def test_another_body_neither_answers_nor_submits_nor_shares(district, clerk, stranger, store, draft):
    answer(district, clerk, draft, WHOLE)
    with pytest.raises(NotAllowedError):
        answer(district, stranger, draft, {Part.NAME: {"name": "Ours"}})
    with pytest.raises(NotAllowedError):
        submit(district, stranger, store, draft)
    with pytest.raises(NotAllowedError), writing(district) as session:
        share_draft(session, stranger, draft, label="us", token_hash=token_hash(new_token()))


def test_a_council_cannot_apply_in_anothers_name(district, clerk, store, draft):
    answer(
        district, clerk, draft, WHOLE | {Part.BODY: COUNCIL | {"parish_code": "E04999102"}, Part.MAP: WHOLE[Part.MAP]}
    )
    with pytest.raises((NotAllowedError, MissingPartsError)):
        submit(district, clerk, store, draft)


def test_a_link_opens_until_it_is_ended(district, clerk, draft):
    token = new_token()
    with writing(district) as session:
        share = share_draft(session, clerk, draft, label="Birch council", token_hash=token_hash(token))
        assert open_share(session, token_hash(token)) is share
        end_share(session, clerk, draft, share.number)
    with reading(district) as session:
        with pytest.raises(WithdrawnError, match="was ended"):
            open_share(session, token_hash(token))
        with pytest.raises(NotFoundError):
            open_share(session, token_hash(new_token()))
        assert state_faults(session) == []


def test_what_comes_by_a_link_waits_and_what_a_member_says_is_open(district, clerk, draft):
    public = Deed(by=Actor(name="Holder of a link", role="public"), at=clerk.at + timedelta(minutes=1))
    with writing(district) as session:
        share = share_draft(session, clerk, draft, label="Neighbours", token_hash=token_hash(new_token()))
        comment_by_link(session, public, share, Remark(text="Our field", version=1, place_bng=(400_100.5, 300_200.0)))
        own = comment(session, clerk, draft, Remark(text="Agreed", version=1))
        assert [each.standing for each in comments_of(session, own.draft)] == ["waiting", "open"]
        settle_comment(session, clerk, draft, 1, CommentStanding.OPEN)
        settle_comment(session, clerk, draft, 2, CommentStanding.RESOLVED)
        with pytest.raises(InvalidRequestError, match="does not wait again"):
            settle_comment(session, clerk, draft, 1, CommentStanding.WAITING)
        with pytest.raises(InvalidRequestError, match="Write your comment"):
            comment(session, clerk, draft, Remark(text=" ", version=1))
        with pytest.raises(NotFoundError, match="no version 7"):
            comment(session, clerk, draft, Remark(text="Where?", version=7))
        first, second = comments_of(session, own.draft)
        assert (first.standing, first.easting, first.written_as) == ("open", 400_100.5, "")
        assert (second.standing, second.settled_by) == ("resolved", "clerk")
    with reading(district) as session:
        assert state_faults(session) == []
