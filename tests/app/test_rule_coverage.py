"""Coverage is read from the sources, and knows what is missing."""

import ast
from textwrap import dedent

import pytest

from app.rule_coverage import ROOT, Carrier, asked_of_software, collect, named_ids
from referendum.rulebook import TRAPS, Kind, rule, rules

SOURCES = {
    "referendum/made_up.py": '''
        """Of days (TIME-1)."""

        LITERAL = "REF-13"  # a literal is no claim

        class Calendar:
            """Days. Source: TIME-9; ids look like "REF-14"."""

            def count(self):
                """Count. Source: TIME-3 to TIME-5, T-11."""

                def inner():
                    """Source: Q-1..3, REF-99."""
    ''',
    "geo/empty.py": "",
    "app/deep/er/place.py": '"""Source: AREA-15."""\n',
    "tests/deep/test_made_up.py": '''
        import pytest

        pytestmark = pytest.mark.rule("TIME-2")

        @pytest.mark.rule("TIME-3", "TIME-4")
        def test_one_t_12():
            """T-10 too."""

        class TestMany:
            @pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.rule("REF-7"), id="T-9: weeks")])
            def test_two(self, n):
                assert "REF-8"
    ''',
}


@pytest.fixture
def root(tmp_path):
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(dedent(text), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def own():
    """The coverage of this very project."""
    return collect()


def test_docstrings_are_read_at_every_depth(root):
    made_up = "referendum/made_up.py"
    method = Carrier(made_up, "Calendar.count")
    assert collect(root).code == {
        "TIME-1": (Carrier(made_up, ""),),
        "TIME-9": (Carrier(made_up, "Calendar"),),
        "TIME-3": (method,),
        "TIME-4": (method,),
        "TIME-5": (method,),
        "T-11": (method,),
        "Q-1": (Carrier(made_up, "Calendar.count.inner"),),
        "Q-2": (Carrier(made_up, "Calendar.count.inner"),),
        "Q-3": (Carrier(made_up, "Calendar.count.inner"),),
        "AREA-15": (Carrier("app/deep/er/place.py", ""),),
    }


def test_markers_and_trap_names_are_read(root):
    path = "tests/deep/test_made_up.py"
    one, two = Carrier(path, "test_one_t_12"), Carrier(path, "TestMany.test_two")
    assert collect(root).tests == {
        "TIME-2": (Carrier(path, ""),),
        "TIME-3": (one,),
        "TIME-4": (one,),
        "T-12": (one,),
        "T-10": (one,),
        "REF-7": (two,),
        "T-9": (two,),
    }


def test_an_installation_without_tests_says_so(root):
    (root / "tests" / "deep" / "test_made_up.py").unlink()
    (root / "tests" / "deep").rmdir()
    (root / "tests").rmdir()
    found = collect(root)
    assert not found.tests_read
    assert found.state(rule("TIME-3")) == "code only"


@pytest.mark.parametrize(
    ("rule_id", "state"),
    [("TIME-3", "code and tests"), ("TIME-1", "code only"), ("REF-7", "tests only"), ("REF-13", "not implemented")],
)
def test_the_four_states(root, rule_id, state):
    assert collect(root).state(rule(rule_id)) == state


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Source: AREA-2 to AREA-5, AREA-7", ["AREA-2", "AREA-3", "AREA-4", "AREA-5", "AREA-7"]),
        ("T-1..3 and COUNT-3;", ["T-1", "T-2", "T-3", "COUNT-3"]),
        ("TIME-5 to REF-8", ["TIME-5", "REF-8"]),
        ('an id such as "REF-7" or `REF-9`', []),
        ("SI-2012/637, /REF-1, UTF-8", ["SI-2012", "UTF-8"]),
    ],
)
def test_ids_in_prose(text, expected):
    assert named_ids(text) == expected


def test_what_is_asked_of_software_leaves_context_out():
    asked = {known.id for known in asked_of_software()}
    assert asked == {known.id for known in rules() if known.kind in {Kind.DUTY, Kind.COMPUTATION}}
    assert "AREA-23" not in asked
    assert {"REF-7", "REF-13"} <= asked


@pytest.mark.parametrize("trap", [f"T-{n}" for n in (4, 5, 8, 9, 10, 11, 12, 23, 34, 38, 40, 41)])
def test_traps_of_law_and_time_are_named_by_tests(trap, own):
    assert own.tests[trap]
    assert trap in TRAPS


@pytest.mark.rule("TIME-1")
def test_every_rule_of_counting_time_is_carried_by_code_and_tests(own):
    timed = [known for known in rules() if known.id.startswith("TIME-")]
    assert {own.state(known) for known in timed} == {"code and tests"}


def test_every_marker_in_the_tests_names_a_rule_or_a_trap():
    known = {each.id for each in rules()} | set(TRAPS)
    named = {
        argument.value
        for path in (ROOT / "tests").rglob("test_*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.rule"
        for argument in call.args
        if isinstance(argument, ast.Constant) and "made_up" not in path.name
    }
    assert named <= known
    assert len(named) > 50
