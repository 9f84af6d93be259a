"""Rules as published documents: one rule explained (`folkmoot.rule/1`), and the whole book (`folkmoot.rules/1`)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from app.rule_coverage import Carrier, Coverage, asked_of_software
from referendum.law import Figure, figures, is_in_force, rule_set, times_in_force
from referendum.rulebook import TRAPS, Rule, rules


def rule_document(rule: Rule, *, on: date, coverage: Coverage) -> dict[str, object]:
    """Return one rule with its figures in force on a day, and the code and tests that carry it."""
    begins, ends = times_in_force(rule.id)
    return {
        "schema": "folkmoot.rule/1",
        **_rule(rule),
        "on": on,
        "in_force": is_in_force(rule.id, on=on),
        "from_date": begins,
        "until_date": ends,
        "figures": [_figure(known) for known in figures(rule.id, on=on)],
        **_carriers(rule.id, coverage),
    }


def rules_document(*, on: date, coverage: Coverage | None = None) -> dict[str, object]:
    """Return the whole rule book; with coverage, who carries each rule that is a duty or a computation, and totals."""
    document: dict[str, object] = {"schema": "folkmoot.rules/1", "rule_set": rule_set(on)}
    if coverage is None:
        return {**document, "rules": [_rule(rule) for rule in rules()]}
    asked = asked_of_software()
    return {
        **document,
        "rules": [{**_rule(rule), "state": coverage.state(rule), **_carriers(rule.id, coverage)} for rule in asked],
        "totals": dict(sorted(Counter(coverage.state(rule) for rule in asked).items())),
        "traps": [{"id": trap, "tests": _places(coverage.tests.get(trap, ()))} for trap in TRAPS],
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "summary": rule.summary,
        "source": rule.source,
        "marks": [mark.value for mark in rule.marks],
    }


def _figure(known: Figure) -> dict[str, object]:
    return {
        "name": known.name,
        "value": str(known.value),
        "unit": known.unit.value,
        "source": known.source,
        "mark": known.mark.value,
        "from_date": known.from_date,
        "until_date": known.until_date,
    }


def _carriers(rule_id: str, coverage: Coverage) -> dict[str, object]:
    return {"code": _places(coverage.code.get(rule_id, ())), "tests": _places(coverage.tests.get(rule_id, ()))}


def _places(carriers: Iterable[Carrier]) -> list[dict[str, str]]:
    return [{"path": carrier.path, "name": carrier.name} for carrier in carriers]
