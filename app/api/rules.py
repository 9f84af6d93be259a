"""The rules that the service goes by, in plain words."""

from datetime import date

from fastapi import APIRouter

from app.auth import ANYONE
from app.routing import Route
from app.schemas.rules import RuleOut, RuleSummary, rule_out, summary_of_rule
from app.state import CurrentState
from referendum.rulebook import rule, rules

router = APIRouter(route_class=Route, tags=["rules"], dependencies=[ANYONE])


@router.get("/rules", summary="Every rule that the service goes by")
def list_rules() -> list[RuleSummary]:
    """Return the whole rule book, in its own order."""
    return [summary_of_rule(each) for each in rules()]


@router.get("/rules/{rule_id}", summary="One rule, with its figures in force on a day")
def get_rule(state: CurrentState, rule_id: str, on: date | None = None) -> RuleOut:
    """Return one rule in plain words, with its source, how far it was checked, and its figures on a day."""
    return rule_out(rule(rule_id), on or state.clock.today())
