"""Do the tests of tally, timetable and declaration notice when one thing in the code is changed?

Each mutant is one change (an operator, a number, a condition, a branch, an SQL operator) in one module; the tests of
that module run on it in a process of their own. Survivors are named; the run fails below 95 per cent killed.

Run: python tests/bench/bench_mutants.py [MODULE ...]
"""

import ast
import copy
import importlib.abc
import importlib.util
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import ModuleType

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests" / "referendum"
WANTED_SHARE = 0.95
SECONDS_EACH = 60
PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a failure is enough, it need not be small

_TALLY = ("test_ballot", "test_outcome", "test_result", "test_tally", "test_tally_sql")
_TIMETABLE = ("test_timetable", "test_working_days", "test_timetable_naive")
TARGETS = {
    "ballot": _TALLY,
    "declaration": ("test_declaration",),
    "outcome": _TALLY,
    "result": _TALLY,
    "scrutiny": _TALLY,
    "tally": _TALLY,
    "tally_fold": _TALLY,
    "tally_sql": _TALLY,
    "timetable": _TIMETABLE,
    "timetable_events": _TIMETABLE,
    "timetable_findings": _TIMETABLE,
    "timetable_rows": _TIMETABLE,
    "working_days": _TIMETABLE,
}

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
}
SQL_CHANGES = ((r" \+ ", " - "), (r" <> ", " = "), (r" > ", " >= "), (r" = 0,", " <> 0,"), (r"\b20000\b", "20001"),
               (r"\b2 \*", "3 *"), (r"\bsum\(", "max("))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: where it is, what it is, and how to make it on the node at that place of the walk."""

    module: str
    line: int
    place: int
    said: str
    change: Callable[[ast.AST], ast.AST | None]


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of one module of `referendum`."""
    for place, node in enumerate(_mutable(_tree(module))):
        for said, change in _changes(node):
            yield Mutant(module=module, line=node.lineno, place=place, said=said, change=change)


def _tree(module: str) -> ast.Module:
    return ast.parse((ROOT / "referendum" / f"{module}.py").read_text(encoding="utf-8"))


def _mutable(node: ast.AST) -> Iterator[ast.AST]:
    """Walk in a fixed order, leaving out decorators, annotations and docstrings."""
    for field, value in ast.iter_fields(node):
        if field in {"decorator_list", "annotation", "returns"}:
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant):
                continue
            if isinstance(inner, ast.AST):
                if hasattr(inner, "lineno"):
                    yield inner
                yield from _mutable(inner)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    yield from _operator_changes(node)
    yield from _value_changes(node)


def _operator_changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    match node:
        case ast.Compare(ops=[operator]):
            for other in COMPARISONS[type(operator)]:
                yield f"{type(operator).__name__} -> {other.__name__}", _setting("ops", [other()])
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC:
            other = ARITHMETIC[type(operator)]
            yield f"{type(operator).__name__} -> {other.__name__}", _setting("op", other())
        case ast.BoolOp(op=ast.And()):
            yield "and -> or", _setting("op", ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield "or -> and", _setting("op", ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", _setting("op", ast.UAdd())


def _value_changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    match node:
        case ast.Constant(value=bool() as value):
            yield f"{value} -> {not value}", _setting("value", not value)
        case ast.Constant(value=int() as value):
            yield f"{value} -> {value + 1}", _setting("value", value + 1)
        case ast.Constant(value=str() as text) if "SELECT" in text:
            yield from _sql_changes(text)
        case ast.If(test=test) | ast.IfExp(test=test):
            yield "condition reversed", _setting("test", ast.UnaryOp(op=ast.Not(), operand=test))
        case ast.comprehension(ifs=[_, *_]):
            yield "filter dropped", _setting("ifs", [])
        case ast.Return(value=ast.AST() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "returns None", _setting("value", ast.Constant(value=None))


def _sql_changes(text: str) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    for pattern, other in SQL_CHANGES:
        for number, found in enumerate(re.finditer(pattern, text), start=1):
            changed = text[: found.start()] + other + text[found.end() :]
            yield f"SQL {found[0].strip()} -> {other.strip()} ({number})", _setting("value", changed)


def _setting(field: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, field, copy.deepcopy(value))


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed tree."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> object:
        if name != f"referendum.{self.mutant.module}":
            return None
        return importlib.util.spec_from_loader(name, self)

    def exec_module(self, module: ModuleType) -> None:
        tree = _tree(self.mutant.module)
        node = next(node for place, node in enumerate(_mutable(tree)) if place == self.mutant.place)
        self.mutant.change(node)
        module.__file__ = str(ROOT / "referendum" / f"{self.mutant.module}.py")
        exec(compile(ast.fix_missing_locations(tree), module.__file__, "exec"), module.__dict__)


def is_killed(mutant: Mutant | None, tests: tuple[str, ...]) -> bool:
    """Run the tests on the mutant (None: on the code as it is) in a child process; a hang counts as killed."""
    child = os.fork()
    if child == 0:
        os._exit(_run_tests(mutant, tests))
    _, status = os.waitpid(child, 0)
    return status != 0


def _run_tests(mutant: Mutant | None, tests: tuple[str, ...]) -> int:
    signal.alarm(SECONDS_EACH)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, phases=PHASES)
    hypothesis.settings.load_profile("mutants")
    if mutant is not None:
        sys.meta_path.insert(0, _Loader(mutant))
    paths = [str(TESTS / f"{name}.py") for name in tests if (TESTS / f"{name}.py").is_file()]
    return int(
        pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning", *paths])
    )


def main() -> None:
    """Print one line a module, every survivor, and the share killed; exit 1 below the share wanted."""
    os.chdir(ROOT)
    started = perf_counter()
    made = survived = 0
    for module in sys.argv[1:] or [name for name in TARGETS if (ROOT / "referendum" / f"{name}.py").is_file()]:
        if is_killed(None, TARGETS[module]):
            sys.exit(f"the tests of {module} fail on the code as it is")
        of_module = list(mutants(module))
        survivors = [mutant for mutant in of_module if not is_killed(mutant, TARGETS[module])]
        made, survived = made + len(of_module), survived + len(survivors)
        sys.stdout.write(f"{module}: {len(of_module)} mutants, {len(survivors)} survived\n")
        for mutant in survivors:
            sys.stdout.write(f"  survivor referendum/{module}.py:{mutant.line}: {mutant.said}\n")
        sys.stdout.flush()
    share = (made - survived) / made
    sys.stdout.write(f"mutants: {share:.1%} of {made} killed in {perf_counter() - started:.0f} s\n")
    sys.exit(0 if share >= WANTED_SHARE else 1)


if __name__ == "__main__":
    main()
