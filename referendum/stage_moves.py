"""Every lawful move of a plan or order, as a table: from, to, what is done, by whom, under which rule, for which."""

from dataclasses import dataclass

from referendum.question import Instrument
from referendum.stage_names import Actor, Course, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A lawful move: who takes a proposal from one stage to another, doing what, under which rule.

    Attributes:
        courses: the courses on which it is lawful.
    """

    from_stage: Stage
    to_stage: Stage
    action: str
    by: Actor
    rule: str
    instruments: frozenset[Instrument]
    courses: frozenset[Course]


_ALL = frozenset(Instrument)
_PLAN = frozenset({Instrument.NDP})
_ORDERS = _ALL - _PLAN
_QB, _LPA, _COURT, _SOS = Actor.QUALIFYING_BODY, Actor.AUTHORITY, Actor.COURT, Actor.SECRETARY_OF_STATE
_CO = Actor.COUNTING_OFFICER
_S = Stage

BEFORE_EXAMINATION = (_S.PREPARATION, _S.PRE_SUBMISSION, _S.SUBMITTED, _S.PUBLICISED)
BEFORE_DECISION = (*BEFORE_EXAMINATION, _S.EXAMINATION, _S.REPORT_RECEIVED, _S.DIFFERING_VIEW)

_EXAMINED = frozenset(Course) - {Course.MINOR_CHANGE}
_POLLED = frozenset({Course.NEW, Course.CHANGE_WITH_REFERENDUM})
_PLAIN = frozenset({Course.CHANGE_WITHOUT_REFERENDUM})
_MINOR = frozenset({Course.MINOR_CHANGE})
_ANEW, _CHANGES = frozenset({Course.NEW}), frozenset(Course) - {Course.NEW}

_Row = tuple[Stage, Stage, str, Actor, str, frozenset[Instrument]]
_ON_THE_WAY: tuple[_Row, ...] = (
    (_S.PREPARATION, _S.PRE_SUBMISSION, "publicise the draft for comment", _QB, "STEP-1", _ALL),
    (_S.PRE_SUBMISSION, _S.SUBMITTED, "submit the proposal", _QB, "STEP-2", _ALL),
    (_S.SUBMITTED, _S.PUBLICISED, "publicise the proposal", _LPA, "STEP-5", _ALL),
    (_S.SUBMITTED, _S.REFUSED, "refuse a proposal that is incomplete or unlawful", _LPA, "STEP-3", _ALL),
    (_S.PUBLICISED, _S.EXAMINATION, "send the proposal to the examiner", _LPA, "STEP-7", _ALL),
    (_S.EXAMINATION, _S.REPORT_RECEIVED, "receive the examiner's report", Actor.EXAMINER, "EXAM-1", _ALL),
    (_S.REPORT_RECEIVED, _S.REFUSED, "refuse the proposal", _LPA, "STEP-12", _ALL),
    *((stage, _S.FALLEN, "lose the forum's designation", Actor.LAW, "FORUM-17", _ALL) for stage in BEFORE_EXAMINATION),
    *((stage, _S.WITHDRAWN, "withdraw the proposal", _QB, "STEP-8", _ALL) for stage in BEFORE_DECISION),
)
_BY_VOTE: tuple[_Row, ...] = (
    (_S.REPORT_RECEIVED, _S.REFERENDUM_DUE, "decide that a referendum must be held", _LPA, "EXAM-5", _ALL),
    (_S.REPORT_RECEIVED, _S.DIFFERING_VIEW, "invite comments on departing from the report", _LPA, "STEP-11", _ALL),
    (_S.DIFFERING_VIEW, _S.REFERENDUM_DUE, "decide that a referendum must be held", _LPA, "STEP-11", _ALL),
    (_S.DIFFERING_VIEW, _S.REFUSED, "refuse the proposal", _LPA, "STEP-11", _ALL),
    (_S.REPORT_RECEIVED, _S.INTERVENTION, "ask the Secretary of State to intervene", _QB, "STEP-15", _ALL),
    (_S.DIFFERING_VIEW, _S.INTERVENTION, "ask the Secretary of State to intervene", _QB, "STEP-15", _ALL),
    (_S.REFERENDUM_DUE, _S.INTERVENTION, "ask the Secretary of State to intervene", _QB, "STEP-15", _ALL),
    (_S.INTERVENTION, _S.REFERENDUM_DUE, "direct that a referendum must be held", _SOS, "STEP-15", _ALL),
    (_S.INTERVENTION, _S.REFUSED, "direct that the proposal is refused", _SOS, "STEP-15", _ALL),
    (_S.INTERVENTION, _S.REPORT_RECEIVED, "leave the decision to the authority", _SOS, "STEP-15", _ALL),
    (_S.REFERENDUM_DUE, _S.REFERENDUM_HELD, "hold the poll", _CO, "REF-1", _ALL),
    (_S.REFERENDUM_DUE, _S.SUSPENDED, "stop the poll", _COURT, "REF-23", _ALL),
    (_S.SUSPENDED, _S.REFERENDUM_DUE, "let the poll go ahead", _COURT, "REF-23", _ALL),
    (_S.SUSPENDED, _S.QUASHED, "quash the decision", _COURT, "RESULT-11", _ALL),
    (_S.REFERENDUM_DUE, _S.QUASHED, "quash the decision", _COURT, "RESULT-11", _ALL),
    (_S.REFERENDUM_HELD, _S.IN_DEVELOPMENT_PLAN, "declare a result in favour", _CO, "RESULT-5", _PLAN),
    (_S.REFERENDUM_HELD, _S.APPROVED, "declare a result in favour", _CO, "RESULT-6", _ORDERS),
    (_S.REFERENDUM_HELD, _S.DIVIDED, "declare that residents and businesses differ", _CO, "RESULT-8", _ALL),
    (_S.REFERENDUM_HELD, _S.NOT_APPROVED, "declare a result not in favour", _CO, "RESULT-9", _ALL),
    (_S.IN_DEVELOPMENT_PLAN, _S.MADE, "make the plan", _LPA, "RESULT-3", _PLAN),
    (_S.IN_DEVELOPMENT_PLAN, _S.NOT_MADE, "decide on a lawful ground not to make it", _LPA, "RESULT-4", _PLAN),
    (_S.IN_DEVELOPMENT_PLAN, _S.QUASHED, "quash the result", _COURT, "RESULT-11", _PLAN),
    (_S.APPROVED, _S.MADE, "make the order", _LPA, "RESULT-3", _ORDERS),
    (_S.APPROVED, _S.NOT_MADE, "decide on a lawful ground not to make it", _LPA, "RESULT-4", _ORDERS),
    (_S.APPROVED, _S.QUASHED, "quash the result", _COURT, "RESULT-11", _ORDERS),
    (_S.DIVIDED, _S.MADE, "choose, with reasons, to make it", _LPA, "RESULT-7", _ALL),
    (_S.DIVIDED, _S.NOT_MADE, "choose, with reasons, not to make it", _LPA, "RESULT-7", _ALL),
)
_WHEN_MADE: tuple[_Row, ...] = (
    (_S.MADE, _S.QUASHED, "quash it", _COURT, "RESULT-11", _ALL),
    (_S.MADE, _S.REVOKED, "revoke it, with the Secretary of State's consent", _LPA, "MOD-9", _ALL),
    (_S.MADE, _S.SUPERSEDED, "make a plan that replaces it", _LPA, "PLAN-4", _PLAN),
)
_REPEATS: tuple[_Row, ...] = ((_S.SUBMITTED, _S.DECLINED, "decline a repeat proposal", _LPA, "STEP-4", _ALL),)
_REPEATED_CHANGES: tuple[_Row, ...] = ((_S.SUBMITTED, _S.DECLINED, "decline a repeat proposal", _LPA, "MOD-8", _PLAN),)
_WITHOUT_A_VOTE: tuple[_Row, ...] = (
    (_S.EXAMINATION, _S.BODY_CHOICE, "find that it changes the nature of the plan", Actor.EXAMINER, "MOD-4", _PLAN),
    (_S.BODY_CHOICE, _S.EXAMINATION, "go on to a full examination and a referendum", _QB, "MOD-4", _PLAN),
    (_S.BODY_CHOICE, _S.WITHDRAWN, "withdraw the proposal", _QB, "MOD-4", _PLAN),
    (_S.REPORT_RECEIVED, _S.APPROVED, "decide that the changed plan must be made", _LPA, "MOD-5", _PLAN),
)
_SMALL: tuple[_Row, ...] = (
    (_S.PREPARATION, _S.APPROVED, "decide on a minor change, with the body's consent", _LPA, "MOD-6", _PLAN),
    (_S.PREPARATION, _S.WITHDRAWN, "withdraw the proposal", _QB, "MOD-6", _PLAN),
)
_AGREED: tuple[_Row, ...] = (
    (_S.APPROVED, _S.MADE, "make the changed plan", _LPA, "MOD-7", _PLAN),
    (_S.APPROVED, _S.NOT_MADE, "decide on a lawful ground not to make it", _LPA, "RESULT-4", _PLAN),
    (_S.APPROVED, _S.QUASHED, "quash the decision", _COURT, "RESULT-11", _PLAN),
)
_TABLES: tuple[tuple[frozenset[Course], tuple[_Row, ...]], ...] = (
    (_EXAMINED, _ON_THE_WAY),
    (_ANEW, _REPEATS),
    (_CHANGES & _EXAMINED, _REPEATED_CHANGES),
    (_POLLED, _BY_VOTE),
    (frozenset(Course), _WHEN_MADE),
    (_PLAIN, _WITHOUT_A_VOTE),
    (_MINOR, _SMALL),
    (_PLAIN | _MINOR, _AGREED),
)

MOVES: tuple[Move, ...] = tuple(
    Move(from_stage=start, to_stage=end, action=action, by=by, rule=rule, instruments=instruments, courses=courses)
    for courses, rows in _TABLES
    for start, end, action, by, rule, instruments in rows
)
"""Every move there is.

Source: MOD-3, MOD-4, MOD-5, MOD-6, MOD-7, MOD-8 for changes of a made plan; the others as `stages.lawful_moves` says.
"""
