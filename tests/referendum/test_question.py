import pytest

from referendum.errors import ReferendumError
from referendum.question import Instrument, compare_question, prescribed_question

PLACE = {"area": "Alderbrook", "authority": "Alder District Council"}
PLAN = (
    "Do you want Alder District Council to use the neighbourhood plan for Alderbrook to help it decide planning "
    "applications in the neighbourhood area?"
)


@pytest.mark.rule("Q-1", "Q-3")
@pytest.mark.parametrize(
    ("instrument", "text"),
    [
        pytest.param(Instrument.NDP, PLAN, id="plan"),
        pytest.param(
            Instrument.NDO,
            "Do you want the type of development in the neighbourhood development order for Alderbrook to have "
            "planning permission?",
            id="order",
        ),
        pytest.param(
            Instrument.CRTBO,
            "Do you want the development in the community right to build order for Alderbrook to have planning "
            "permission?",
            id="right to build order",
        ),
    ],
)
def test_the_words_are_the_prescribed_ones(instrument, text):
    assert prescribed_question(instrument, **PLACE) == text
    assert compare_question(text, instrument, **PLACE).exact


@pytest.mark.parametrize("instrument", list(Instrument))
def test_a_name_with_braces_is_only_a_name(instrument):
    assert "{authority} & {0}" in prescribed_question(instrument, area="{authority} & {0}", authority="X")


@pytest.mark.parametrize("name", ["", "   ", "Alder\nbrook", "Alder\u2028brook", "a\x00b"])
def test_a_blank_is_refused(name):
    with pytest.raises(ReferendumError, match="one line"):
        prescribed_question(Instrument.NDP, area=name, authority="X")


@pytest.mark.rule("Q-5")
@pytest.mark.parametrize(
    ("published", "said"),
    [
        pytest.param(
            PLAN.replace("neighbourhood area", "neighbourhood plan area"), "“plan” has been added", id="plan area"
        ),
        pytest.param(PLAN.replace("help it decide", "help decide"), "“it” is missing", id="it left out"),
        pytest.param(
            PLAN.replace(" Alder District Council", ""), "“Alder District Council” is missing", id="council left out"
        ),
        pytest.param(
            PLAN.replace("Alder District", "Elder Borough"),
            "the prescribed words are “Alder District”",
            id="another council",
        ),
        pytest.param(PLAN.replace("Do you", "do you"), "“Do”", id="capitals"),
        pytest.param(PLAN.replace("area?", "area"), "“area?”", id="question mark"),
        pytest.param(PLAN.replace(" to use", "  to use"), "spaces", id="a double space"),
        pytest.param(PLAN.replace(" to use", "\nto use"), "line breaks", id="a line break"),
        pytest.param("", "is missing", id="nothing"),
    ],
)
def test_slips_seen_in_print_are_named(published, said):
    comparison = compare_question(published, Instrument.NDP, **PLACE)
    assert not comparison.exact
    assert comparison.prescribed == PLAN
    assert any(said in difference for difference in comparison.differences)


def test_accents_composed_differently_are_the_same_name():
    composed, apart = "Caf\u00e9", "Cafe\u0301"
    published = prescribed_question(Instrument.NDO, area=apart, authority="X")
    assert compare_question(published, Instrument.NDO, area=composed, authority="X").exact
