"""The rule of access that every route carries: what its caller must be allowed to do.

A route says one of: `Depends(Require(May...))` (or a `Deed` made by `deed_for`), `ANYONE` (reading what is public),
`CHANGES_NOTHING` (a question too large for an address), `FROM_OUR_FORM` (signing in). A test goes through every
route and fails where one says nothing.
"""

from typing import Annotated, Any

from fastapi import Depends, Request

from app.audit import Deed
from app.auth.forms import OfferedToken, check_form, form_sent_from_here
from app.auth.once import OfferedOnce, answer_or_claim
from app.auth.visitor import CurrentVisitor, Visitor
from app.errors import FreshSignInError, NotAllowedError, NotSignedInError
from app.roles import NEEDS_SECOND_FACTOR, ROLE_WORDS, SIGNED, May, Role, may
from app.state import CurrentState


class Require:
    """Lets through only who may do something, and returns who it is."""

    def __init__(self, what: May) -> None:
        self.what = what

    def __repr__(self) -> str:
        return f"Require({self.what.name})"

    def __call__(
        self, request: Request, state: CurrentState, visitor: CurrentVisitor, offered: OfferedToken
    ) -> Visitor:
        """Return the visitor.

        Raises:
            NotSignedInError: nobody is signed in.
            NotAllowedError: their role may not do this, a form from elsewhere, or a first step is left to them.
            FreshSignInError: it is signed, and they have not just said who they are.
        """
        if visitor is None:
            raise NotSignedInError("Sign in, or send a token: Authorization: Bearer <token>.")
        if visitor.session_id is not None:
            check_form(request, offered)
        if self.what is May.SIGN_IN:
            if visitor.session_id is None:
                raise NotSignedInError("This is done by a person who is signed in, not by a program's token.")
            return visitor
        _refuse_role(visitor, self.what)
        _refuse_unready(visitor)
        if self.what in SIGNED and not visitor.is_fresh(state.clock.now()):
            raise FreshSignInError("Sign in again with your second factor: this is a signature, so it must be you.")
        return visitor


def _refuse_role(visitor: Visitor, what: May) -> None:
    role = visitor.actor.role
    if not may(role, what):
        words = ROLE_WORDS[Role(role)].lower() if role in set(Role) else "nobody with a role"
        raise NotAllowedError(f"You act here as {words}, who may not {what.value}: ask an administrator for the role.")


def _refuse_unready(visitor: Visitor) -> None:
    if visitor.has_first_password:
        raise NotAllowedError("Choose a password of your own first, on your account page.")
    if visitor.actor.role in NEEDS_SECOND_FACTOR and not visitor.has_second_factor:
        raise NotAllowedError("Set up a second factor first, on your account page: your role needs one.")


def open_to_anyone() -> None:
    """Say that a route shows only what is public."""


def changes_nothing() -> None:
    """Say that a route answers a question and stores nothing, although it is sent like a change."""


ANYONE: Any = Depends(open_to_anyone)
CHANGES_NOTHING: Any = Depends(changes_nothing)
FROM_OUR_FORM: Any = Depends(form_sent_from_here)


def required(what: May) -> Any:  # noqa: ANN401 - what FastAPI calls a dependency
    """Return the dependency of a route that only some may use."""
    return Depends(Require(what))


class DeedFor:
    """Makes the deed of a caller who may do something: who, in what role and organisation, and when."""

    def __init__(self, what: May) -> None:
        self.require = Require(what)

    def __call__(
        self,
        request: Request,
        state: CurrentState,
        visitor: CurrentVisitor,
        offered: OfferedToken,
        once: OfferedOnce = None,
    ) -> Deed:
        """Return the deed; the errors are those of `Require`, and a request sent twice is answered as it was."""
        allowed = self.require(request, state, visitor, offered)
        answer_or_claim(request, state, allowed.actor, once)
        return Deed(by=allowed.actor, at=state.clock.now())


SignedIn = Annotated[Visitor, Depends(Require(May.SIGN_IN))]
DrawDeed = Annotated[Deed, Depends(DeedFor(May.DRAW_AREA))]
ApplyDeed = Annotated[Deed, Depends(DeedFor(May.APPLY_FOR_AREA))]
DecideDeed = Annotated[Deed, Depends(DeedFor(May.DECIDE_AREA))]
RepresentationsDeed = Annotated[Deed, Depends(DeedFor(May.KEEP_REPRESENTATIONS))]
ApplyForumDeed = Annotated[Deed, Depends(DeedFor(May.APPLY_FOR_FORUM))]
DecideForumDeed = Annotated[Deed, Depends(DeedFor(May.DECIDE_FORUM))]
AttachDeed = Annotated[Deed, Depends(DeedFor(May.ATTACH_PLAN))]
MoveDeed = Annotated[Deed, Depends(DeedFor(May.MOVE_PLAN))]
PrepareDeed = Annotated[Deed, Depends(DeedFor(May.PREPARE_PLAN))]
ExamineDeed = Annotated[Deed, Depends(DeedFor(May.EXAMINE_PLAN))]
MakeDeed = Annotated[Deed, Depends(DeedFor(May.MAKE_PLAN))]
DevelopmentPlanDeed = Annotated[Deed, Depends(DeedFor(May.KEEP_DEVELOPMENT_PLAN))]
ArrangeDeed = Annotated[Deed, Depends(DeedFor(May.ARRANGE_REFERENDUM))]
PlaceDeed = Annotated[Deed, Depends(DeedFor(May.PLACE_ELECTORS))]
BusinessDeed = Annotated[Deed, Depends(DeedFor(May.KEEP_BUSINESS_REGISTER))]
FreezeDeed = Annotated[Deed, Depends(DeedFor(May.FREEZE_ELECTORATE))]
ImportBoundariesDeed = Annotated[Deed, Depends(DeedFor(May.IMPORT_BOUNDARIES))]
ImportRegisterDeed = Annotated[Deed, Depends(DeedFor(May.IMPORT_REGISTER))]
RegistersDeed = Annotated[Deed, Depends(DeedFor(May.SEE_REGISTERS))]
KeyDeed = Annotated[Deed, Depends(DeedFor(May.KEY_COUNT))]
CountDeed = Annotated[Deed, Depends(DeedFor(May.RECORD_COUNT))]
SignDeed = Annotated[Deed, Depends(DeedFor(May.SIGN_COUNT))]
DeclareDeed = Annotated[Deed, Depends(DeedFor(May.DECLARE_RESULT))]
GroupDeed = Annotated[Deed, Depends(DeedFor(May.KEEP_GROUPS))]
AccountsDeed = Annotated[Deed, Depends(DeedFor(May.MANAGE_ACCOUNTS))]
RecordDeed = Annotated[Deed, Depends(DeedFor(May.READ_RECORD))]
TrainingDeed = Annotated[Deed, Depends(DeedFor(May.RESET_TRAINING))]
