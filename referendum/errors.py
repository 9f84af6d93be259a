"""What can be wrong with what the rules are given.

ReferendumError
├── CountFileError      figures of a count that cannot be read; carries the path of the offending member
├── TimetableError      dates that contradict each other or lie outside the calendar
├── StageError          a move that is not lawful at this stage
└── UnknownRuleError    a rule id that is not in the rule book

An expected "no" (not entitled, not approved) is a value with reasons, never one of these.
"""


class ReferendumError(Exception):
    """An input that cannot be used; its text is one sentence saying what, where and what to do."""


class CountFileError(ReferendumError):
    """The figures of a count cannot be read.

    Attributes:
        path: where in the document, as a JSON Pointer ("/polls/residential/portions/0/yes").
    """

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class TimetableError(ReferendumError):
    """Dates that contradict each other, or that the calendar does not reach."""


class StageError(ReferendumError):
    """A step that is lawful, but not at this stage."""


class UnknownRuleError(ReferendumError):
    """No rule of that id is in the rule book."""
