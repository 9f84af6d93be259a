"""Commands for the rule book: one rule explained, the whole book, and which code and tests carry it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from app.cli.dates import parse_date
from app.cli.output import print_document
from app.clock import Clock
from app.rule_coverage import Carrier, Coverage, asked_of_software, collect
from app.rule_documents import rule_document, rules_document
from referendum.law import Figure, Mark, figures, is_in_force, times_in_force
from referendum.rulebook import TRAPS, Rule, rule, rules

commands = typer.Typer()

MARKS: Mapping[Mark, str] = {
    Mark.V: "checked against the law as amended",
    Mark.VM: "checked against the law as first made",
    Mark.V2: "checked second hand",
    Mark.U: "unverified",
}

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]
RuleId = Annotated[str, typer.Argument(metavar="RULE-ID", help="Such as REF-7.")]
OnDay = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The law of this day; today if not given.")]


@commands.command("explain")
def explain_command(rule_id: RuleId, *, on: OnDay = None, as_json: AsJson = False) -> None:
    """Explain a rule: plain words, source, how far it was checked, figures in force, and the tests that exercise it."""
    known, day, coverage = rule(rule_id), parse_date(on, "--on") or Clock().today(), collect()
    if as_json:
        print_document(rule_document(known, on=day, coverage=coverage))
    else:
        typer.echo("\n".join(_explained(known, day, coverage)))


@commands.command("rules")
def rules_command(
    *,
    coverage: Annotated[bool, typer.Option("--coverage", help="Which code and tests carry each rule.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the rule book, or with --coverage what carries each rule that is a duty or a computation."""
    found, day = collect() if coverage else None, Clock().today()
    if as_json:
        print_document(rules_document(on=day, coverage=found))
    elif found is None:
        typer.echo("\n".join(f"{known.id:<10} {known.summary}" for known in rules()))
    else:
        typer.echo("\n".join(_covered(found)))


def _explained(known: Rule, day: date, coverage: Coverage) -> list[str]:
    checked = "; ".join(f"{mark} ({MARKS[mark]})" for mark in known.marks)
    lines = [f"{known.id}, {known.kind}", known.summary, f"Source: {known.source}", f"Mark: {checked}"]
    lines += _in_force_words(known.id, day)
    current = figures(known.id, on=day)
    if current:
        lines += [f"Figures on {day:%-d %B %Y}:", *(f"  {_figure_words(each)}" for each in current)]
    lines += _places("Code", coverage.code.get(known.id, ()))
    return lines + (_places("Tests", coverage.tests.get(known.id, ())) if coverage.tests_read else [_NO_TESTS])


_NO_TESTS = "Tests: not part of this installation."


def _in_force_words(rule_id: str, day: date) -> list[str]:
    begins, ends = times_in_force(rule_id)
    bounds = [f"from {begins:%-d %B %Y}"] if begins else []
    bounds += [f"until the day before {ends:%-d %B %Y}"] if ends else []
    if not bounds:
        return []
    state = "in force" if is_in_force(rule_id, on=day) else "not in force"
    return [f"In force {' '.join(bounds)}: {state} on {day:%-d %B %Y}."]


def _figure_words(known: Figure) -> str:
    since = f", since {known.from_date:%-d %B %Y}" if known.from_date else ""
    return f"{known.name.replace('-', ' ')}: {known.value} {known.unit} ({known.mark}; {known.source}{since})"


def _places(title: str, carriers: Sequence[Carrier]) -> list[str]:
    if not carriers:
        return [f"{title}: none."]
    return [f"{title}:", *(f"  {carrier.path} {carrier.name}".rstrip() for carrier in carriers)]


def _covered(found: Coverage) -> list[str]:
    asked = asked_of_software()
    lines = [
        f"{known.id:<10} {found.state(known):<15} code {len(found.code.get(known.id, ())):>3}, "
        f"tests {len(found.tests.get(known.id, ())):>3}"
        for known in asked
    ]
    absent = [known for known in asked if found.state(known) == "not implemented"]
    lines += ["", f"Not implemented: {len(absent)}", *(f"  {known.id:<10} {known.summary}" for known in absent)]
    carried = sum(found.state(known) == "code and tests" for known in asked)
    lines += ["", f"{carried} of {len(asked)} duties and computations are carried by code and tests."]
    if not found.tests_read:
        return [*lines, _NO_TESTS]
    unnamed = [trap for trap in TRAPS if not found.tests.get(trap)]
    return [*lines, f"Traps that no test names: {', '.join(unnamed) or 'none'}."]
