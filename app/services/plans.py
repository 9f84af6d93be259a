"""Plans and orders: attach one to an area, and take it through its lawful stages."""

from app.services.plan_beginnings import PlanFacts, attach_plan
from app.services.plan_moves import move_plan, set_course
from app.services.plan_parties import acting_as, current_line, is_body_of, plan_by_reference, planning_authorities
from app.services.plan_steps import StepFacts, take_step

__all__ = [
    "PlanFacts",
    "StepFacts",
    "acting_as",
    "attach_plan",
    "current_line",
    "is_body_of",
    "move_plan",
    "plan_by_reference",
    "planning_authorities",
    "set_course",
    "take_step",
]
