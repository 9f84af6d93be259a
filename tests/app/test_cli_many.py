import pytest

from app.cli.many import spread


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("AREA --register a b --json", "AREA --register a --register b --json", id="two values"),
        pytest.param("AREA --register a --register b", "AREA --register a --register b", id="repeated already"),
        pytest.param(
            "AREA --locations a b c --poll-date d",
            "AREA --locations a --locations b --locations c --poll-date d",
            id="three",
        ),
        pytest.param("AREA --poll-date d x", "AREA --poll-date d x", id="another option keeps its one value"),
        pytest.param("--register a AREA", "--register a AREA", id="the argument last: nothing is spread"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_several_values_after_one_option(words, expected):
    assert spread(words.split(), ["--register", "--locations"]) == expected.split()
