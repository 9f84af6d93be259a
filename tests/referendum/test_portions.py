import pytest

from referendum.errors import StageError
from referendum.portions import (
    CombinedCount,
    PortionStatement,
    authorise,
    direct_recount,
    give_final,
    give_provisional,
    lead_council,
    portions_to_declare,
)


@pytest.fixture
def combined():
    return CombinedCount(
        lead_council="Alpha", statements=(PortionStatement(council="Alpha"), PortionStatement(council="Beta"))
    )


@pytest.fixture
def alpha(make_portion):
    return make_portion(420, 380, (0, 3, 1, 5), council="Alpha", electorate=1900)


@pytest.fixture
def beta(make_portion):
    return make_portion(88, 126, (0, 1, 0, 2), council="Beta", electorate=531)


def finished(combined, *portions):
    for portion in portions:
        combined = give_final(authorise(give_provisional(combined, portion), portion.council), portion.council)
    return combined


@pytest.mark.rule("REF-4")
def test_the_council_with_most_electors_leads_or_the_one_agreed_on():
    assert lead_council({"Alpha": 1900, "Beta": 531}) == "Alpha"
    assert lead_council({"Alpha": 1900, "Beta": 531}, agreed="Beta") == "Beta"
    with pytest.raises(StageError, match="agree"):
        lead_council({"Alpha": 5, "Beta": 5})
    with pytest.raises(StageError, match="Gamma"):
        lead_council({"Alpha": 5}, agreed="Gamma")
    with pytest.raises(StageError, match="No council"):
        lead_council({})


@pytest.mark.rule("COUNT-14")
def test_worked_example_the_chief_declares_the_sum_once_every_statement_is_final(combined, alpha, beta):
    one = finished(combined, alpha)
    assert one.awaited == ("Beta",)
    with pytest.raises(StageError, match="final statement of Beta"):
        portions_to_declare(one, by_council="Alpha")
    both = finished(one, beta)
    assert portions_to_declare(both, by_council="Alpha") == (alpha, beta)


@pytest.mark.rule("COUNT-14")
def test_t25_no_portion_declares_alone(combined, alpha, beta):
    with pytest.raises(StageError, match="Only the Chief Counting Officer"):
        portions_to_declare(finished(combined, alpha, beta), by_council="Beta")


def test_statements_move_one_way(combined, alpha):
    with pytest.raises(StageError, match="no provisional"):
        authorise(combined, "Alpha")
    provisional = give_provisional(combined, alpha)
    with pytest.raises(StageError, match="before it is authorised"):
        give_final(provisional, "Alpha")
    with pytest.raises(StageError, match="no part"):
        authorise(combined, "Gamma")
    final = finished(combined, alpha)
    for move in (give_provisional, lambda held, portion: direct_recount(held, portion.council)):
        with pytest.raises(StageError, match="is final"):
            move(final, alpha)


@pytest.mark.rule("COUNT-12")
def test_the_chief_may_direct_a_recount_before_the_final_statement(combined, alpha, make_portion):
    again = direct_recount(authorise(give_provisional(combined, alpha), "Alpha"), "Alpha")
    with pytest.raises(StageError, match="before it is authorised"):
        give_final(again, "Alpha")
    changed = make_portion(419, 381, (0, 3, 1, 5), council="Alpha", electorate=1900)
    assert finished(again, changed).statements[0].figures == changed
