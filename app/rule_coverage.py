"""Which code and which tests carry each rule, read from the sources themselves: docstrings and test markers.

Nothing is listed by hand. A rule id in quotation marks is an example and counts for nothing.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from referendum.rulebook import TRAPS, Kind, Rule, rules

ROOT = Path(__file__).parent.parent
PACKAGES = ("referendum", "geo", "app")

_ID = r"([A-Z]+)-(\d+)"
_MENTION = re.compile(rf"(?<![\w\"'`/-]){_ID}(?:(?: to |\u2013|\.\.)(?:\1-)?(\d+))?\b")
_TRAP_IN_NAME = re.compile(r"_t_?(\d+)(?=_|$)")


class Carrier(NamedTuple):
    """A place that carries a rule: file from the root, and function, class or "" for the module as a whole."""

    path: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who carries what.

    Attributes:
        code: rule or trap id to the code whose docstring names it.
        tests: rule or trap id to the tests marked with it, or for a trap named after it.
        tests_read: False where the sources have no tests beside them, as in an installed package.
    """

    code: Mapping[str, tuple[Carrier, ...]]
    tests: Mapping[str, tuple[Carrier, ...]]
    tests_read: bool

    def state(self, rule: Rule) -> str:
        """Say in one word or two how far a rule is carried."""
        in_code, in_tests = bool(self.code.get(rule.id)), bool(self.tests.get(rule.id))
        if in_code and in_tests:
            return "code and tests"
        if in_code:
            return "code only"
        return "tests only" if in_tests else "not implemented"


def asked_of_software() -> tuple[Rule, ...]:
    """Return the rules that are a duty or a computation, in the order of the rule book."""
    return tuple(rule for rule in rules() if rule.kind is not Kind.CONTEXT)


def collect(root: Path = ROOT) -> Coverage:
    """Read the sources under a folder and return who carries what."""
    tests = root / "tests"
    code_found = _gather(_code_mentions(path, root) for package in PACKAGES for path in _sources(root / package))
    tests_found = _gather(_test_mentions(path, root) for path in _sources(tests))
    return Coverage(code=code_found, tests=tests_found, tests_read=tests.is_dir())


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "node_modules" not in path.parts)


def _gather(files: Iterable[Iterable[tuple[str, Carrier]]]) -> dict[str, tuple[Carrier, ...]]:
    known = {rule.id for rule in rules()} | set(TRAPS)
    found: defaultdict[str, dict[Carrier, None]] = defaultdict(dict)
    for mentions in files:
        for rule_id, carrier in mentions:
            if rule_id in known:
                found[rule_id][carrier] = None
    return {rule_id: tuple(carriers) for rule_id, carriers in found.items()}


def named_ids(text: str) -> list[str]:
    """Return the rule and trap ids that a text names, ranges ("AREA-2 to AREA-5", "Q-1..5") written out.

    An id in quotation marks is an example and is left out.
    """
    ids = []
    for family, first, last in _MENTION.findall(text):
        ids += [f"{family}-{number}" for number in range(int(first), int(last or first) + 1)]
    return ids


_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _named(tree: ast.AST, within: str = "") -> Iterator[tuple[_Documented, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{within}.{node.name}" if within else node.name
            yield node, name
            yield from _named(node, name)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def _code_mentions(path: Path, root: Path) -> Iterator[tuple[str, Carrier]]:
    tree, place = _parsed(path), path.relative_to(root).as_posix()
    for node, name in [(tree, ""), *_named(tree)]:
        for rule_id in named_ids(ast.get_docstring(node) or ""):
            yield rule_id, Carrier(place, name)


def _test_mentions(path: Path, root: Path) -> Iterator[tuple[str, Carrier]]:
    tree, place = _parsed(path), path.relative_to(root).as_posix()
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from ((rule_id, Carrier(place, "")) for rule_id in _marked(statement))
    for node, name in _named(tree):
        if not isinstance(node, ast.Module):
            for rule_id in [*_traps(node), *(found for part in node.decorator_list for found in _marked(part))]:
                yield rule_id, Carrier(place, name)


def _traps(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    said = [ast.get_docstring(node) or "", *(text for part in node.decorator_list for text in _texts(part))]
    traps = [rule_id for text in said for rule_id in named_ids(text) if rule_id.startswith("T-")]
    return [*(f"T-{number}" for number in _TRAP_IN_NAME.findall(node.name)), *traps]


def _texts(tree: ast.AST) -> list[str]:
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _marked(tree: ast.AST) -> list[str]:
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "pytest.mark.rule"]
    return [text for call in calls for argument in call.args for text in _texts(argument)]
