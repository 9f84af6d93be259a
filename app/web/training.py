"""Training: one click puts the invented district back as it was on its first day."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.auth import TrainingDeed
from app.routing import Route
from app.services.training import start_again
from app.state import CurrentState, Writing
from app.web.form_page import see

router = APIRouter(route_class=Route, include_in_schema=False)


@router.post("/training/start-again")
def start_training_again(state: CurrentState, session: Writing, deed: TrainingDeed) -> Response:
    """Put the invented district back, and send whoever asked to sign in again: everybody is signed out by it."""
    start_again(session, deed.by, state.settings)
    return see("/sign-in?next=/account")
