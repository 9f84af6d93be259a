"""The roles people hold, each in one organisation, and what each role may do: a table, and nothing else."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """A part someone plays in one organisation."""

    VOLUNTEER_EDITOR = "volunteer-editor"
    VOLUNTEER_SIGNATORY = "volunteer-signatory"
    PLANNING_OFFICER = "planning-officer"
    PLANNING_MANAGER = "planning-manager"
    ELECTORAL_OFFICER = "electoral-officer"
    COUNT_ASSISTANT = "count-assistant"
    COUNTING_OFFICER = "counting-officer"
    CHIEF_COUNTING_OFFICER = "chief-counting-officer"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_WORDS: Mapping[Role, str] = {
    Role.VOLUNTEER_EDITOR: "Volunteer (prepares)",
    Role.VOLUNTEER_SIGNATORY: "Volunteer (signs)",
    Role.PLANNING_OFFICER: "Planning officer",
    Role.PLANNING_MANAGER: "Planning manager",
    Role.ELECTORAL_OFFICER: "Electoral officer",
    Role.COUNT_ASSISTANT: "Count assistant",
    Role.COUNTING_OFFICER: "Counting officer",
    Role.CHIEF_COUNTING_OFFICER: "Chief counting officer",
    Role.OBSERVER: "Observer",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
}


class May(StrEnum):
    """Something that only some roles may do."""

    SIGN_IN = "use an account"
    DRAW_AREA = "draw and save boundaries"
    APPLY_FOR_AREA = "apply for a neighbourhood area"
    DECIDE_AREA = "publicise and decide applications for neighbourhood areas"
    KEEP_REPRESENTATIONS = "receive, pass and publish representations"
    APPLY_FOR_FORUM = "apply to be a neighbourhood forum"
    DECIDE_FORUM = "publicise and decide applications to be a neighbourhood forum"
    ATTACH_PLAN = "begin a plan or order"
    MOVE_PLAN = "take a plan or order through its stages"
    PREPARE_PLAN = "hand in what a plan or order needs"
    EXAMINE_PLAN = "record the examination of a plan or order"
    MAKE_PLAN = "make a plan or order"
    KEEP_DEVELOPMENT_PLAN = "keep the register of the development plan"
    ARRANGE_REFERENDUM = "arrange a referendum"
    FREEZE_ELECTORATE = "count and freeze an electorate"
    PLACE_ELECTORS = "decide where entries of the register belong"
    KEEP_BUSINESS_REGISTER = "keep the register of business voters"
    IMPORT_BOUNDARIES = "import official boundaries"
    IMPORT_REGISTER = "import an electoral register"
    SEE_REGISTERS = "see which registers are stored"
    KEY_COUNT = "key the figures of a count"
    RECORD_COUNT = "conduct a count: set it up, verify, confirm, recount, release"
    SIGN_COUNT = "sign the figures of a count"
    DECLARE_RESULT = "declare a result"
    KEEP_GROUPS = "keep the register of neighbourhood groups"
    MANAGE_ACCOUNTS = "manage accounts and roles"
    READ_RECORD = "read and export the audit record"
    RESET_TRAINING = "put the training district back to its beginning"


_VOLUNTEERS = {Role.VOLUNTEER_SIGNATORY}
_PLANNERS = {Role.PLANNING_OFFICER, Role.PLANNING_MANAGER}
_COUNTERS = {Role.COUNTING_OFFICER, Role.CHIEF_COUNTING_OFFICER}

HOLDERS: Mapping[May, frozenset[Role]] = {
    May.SIGN_IN: frozenset(Role),
    May.DRAW_AREA: frozenset({Role.VOLUNTEER_EDITOR} | _VOLUNTEERS | _PLANNERS),
    May.APPLY_FOR_AREA: frozenset(_VOLUNTEERS | _PLANNERS),
    May.DECIDE_AREA: frozenset(_PLANNERS),
    May.KEEP_REPRESENTATIONS: frozenset(_VOLUNTEERS | _PLANNERS),
    May.APPLY_FOR_FORUM: frozenset(_VOLUNTEERS | _PLANNERS),
    May.DECIDE_FORUM: frozenset(_PLANNERS),
    May.ATTACH_PLAN: frozenset(_VOLUNTEERS | _PLANNERS),
    May.MOVE_PLAN: frozenset(_VOLUNTEERS | _PLANNERS),
    May.PREPARE_PLAN: frozenset({Role.VOLUNTEER_EDITOR} | _VOLUNTEERS | _PLANNERS),
    May.EXAMINE_PLAN: frozenset(_PLANNERS),
    May.MAKE_PLAN: frozenset(_PLANNERS),
    May.KEEP_DEVELOPMENT_PLAN: frozenset(_PLANNERS),
    May.ARRANGE_REFERENDUM: frozenset({Role.ELECTORAL_OFFICER} | _COUNTERS),
    May.FREEZE_ELECTORATE: frozenset({Role.ELECTORAL_OFFICER}),
    May.PLACE_ELECTORS: frozenset({Role.ELECTORAL_OFFICER}),
    May.KEEP_BUSINESS_REGISTER: frozenset({Role.ELECTORAL_OFFICER}),
    May.IMPORT_BOUNDARIES: frozenset(_PLANNERS),
    May.IMPORT_REGISTER: frozenset({Role.ELECTORAL_OFFICER}),
    May.SEE_REGISTERS: frozenset({Role.ELECTORAL_OFFICER, Role.AUDITOR} | _COUNTERS),
    May.KEY_COUNT: frozenset({Role.COUNT_ASSISTANT} | _COUNTERS),
    May.RECORD_COUNT: frozenset(_COUNTERS),
    May.SIGN_COUNT: frozenset(_COUNTERS),
    May.DECLARE_RESULT: frozenset(_COUNTERS),
    May.KEEP_GROUPS: frozenset({Role.VOLUNTEER_EDITOR, Role.VOLUNTEER_SIGNATORY}),
    May.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    May.READ_RECORD: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    May.RESET_TRAINING: frozenset({Role.ADMINISTRATOR}),
}
"""Who may do what, in the organisation in which they hold the role."""

SIGNED: frozenset[May] = frozenset({May.SIGN_COUNT, May.DECLARE_RESULT})
"""What is signed: it needs a second factor and a fresh sign-in."""

NEEDS_SECOND_FACTOR: frozenset[Role] = frozenset(_COUNTERS)
"""Roles that cannot be used at all before a second factor is set up."""


def may(role: str, deed: May) -> bool:
    """Say whether someone holding a role may do something; a role that is not in the table may do nothing."""
    return role in HOLDERS[deed]
