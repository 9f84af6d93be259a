"""Rules of the rule book, in plain words, with the figures in force on a day."""

from datetime import date

from app.schemas.common import Shape
from referendum.law import figures, is_in_force, times_in_force
from referendum.rulebook import Rule


class RuleFigure(Shape):
    """A figure of a rule: a number of days, a share, a sum of money."""

    name: str
    value: str
    unit: str
    source: str
    mark: str
    from_date: date | None
    until_date: date | None


class RuleSummary(Shape):
    """One rule in a list; its marks say how far it was checked."""

    id: str
    kind: str
    summary: str
    source: str
    marks: list[str]


class RuleOut(RuleSummary):
    """One rule as it stands on a day."""

    on: date
    in_force: bool
    from_date: date | None
    until_date: date | None
    figures: list[RuleFigure]


def summary_of_rule(rule: Rule) -> RuleSummary:
    """Return one rule for a list."""
    marks = [mark.value for mark in rule.marks]
    return RuleSummary(id=rule.id, kind=rule.kind.value, summary=rule.summary, source=rule.source, marks=marks)


def rule_out(rule: Rule, on: date) -> RuleOut:
    """Return one rule with its figures in force on a day."""
    begins, ends = times_in_force(rule.id)
    return RuleOut(
        **summary_of_rule(rule).model_dump(),
        on=on,
        in_force=is_in_force(rule.id, on=on),
        from_date=begins,
        until_date=ends,
        figures=[
            RuleFigure(
                name=each.name,
                value=str(each.value),
                unit=each.unit.value,
                source=each.source,
                mark=each.mark.value,
                from_date=each.from_date,
                until_date=each.until_date,
            )
            for each in figures(rule.id, on=on)
        ],
    )
