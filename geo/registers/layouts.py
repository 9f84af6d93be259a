"""Layouts of register exports, as tables: which header means what. Columns not named here are never read."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a column tells us; the words are also those of a mapping given by an officer."""

    PREFIX = "prefix"
    NUMBER = "number"
    SUFFIX = "suffix"
    COMBINED = "full_number"
    MARKERS = "markers"
    ATTAINS = "attains"
    POSTCODE = "postcode"
    ADDRESS = "address"
    UPRN = "uprn"
    PERSON = "person_id"
    CHANGE = "change"
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One layout: headers are written without spaces, capitals or punctuation.

    Attributes:
        name: stable name used in documents.
        title: what an officer calls it.
        required: headers that must all be there, by role; a role may be known by several headers.
        signature: further headers of which all must be there to tell this layout from its relatives.
        optional: headers read where they are there.
        update: True for a monthly update, which alters a register and is not one.
    """

    name: str
    title: str
    required: dict[Role, tuple[str, ...]]
    optional: dict[Role, tuple[str, ...]] = field(default_factory=dict)
    signature: tuple[str, ...] = ()
    update: bool = False


_UPRN = ("uprn", "propertyurn", "propertyuprn", "addressuprn")
_ADDRESS_9 = tuple(f"address{line}" for line in range(1, 10))
_REGISTERED = tuple(f"registeredaddress{line}" for line in range(1, 7))

XPRESS_FULL = Layout(
    name="xpress-full",
    title="Xpress full register",
    required={
        Role.PREFIX: ("electornumberprefix",),
        Role.NUMBER: ("electornumber",),
        Role.MARKERS: ("electormarkers",),
        Role.ATTAINS: ("electordob",),
    },
    optional={
        Role.SUFFIX: ("electornumbersuffix",),
        Role.POSTCODE: ("postcode",),
        Role.ADDRESS: _ADDRESS_9,
        Role.UPRN: _UPRN,
        Role.PERSON: ("electorid",),
    },
)
XPRESS_UPDATE = Layout(
    name="xpress-update",
    title="Xpress monthly update",
    required={
        Role.COMBINED: ("electornumber",),
        Role.MARKERS: ("markersregistertext",),
        Role.ATTAINS: ("electordob",),
        Role.CREATED: ("electorcreatedmonth",),
        Role.CHANGED: ("electorchangedmonth",),
        Role.DELETED: ("electordeletedmonth",),
    },
    optional={
        Role.POSTCODE: ("propertypostcode",),
        Role.ADDRESS: tuple(f"propertyaddress{line}" for line in range(1, 6)),
        Role.UPRN: _UPRN,
        Role.PERSON: ("electorid",),
    },
    update=True,
)
_EROS_REQUIRED: dict[Role, tuple[str, ...]] = {
    Role.PREFIX: ("pd",),
    Role.NUMBER: ("eno",),
    Role.ATTAINS: ("dateofattainment",),
    Role.MARKERS: ("franchiseflag",),
}
_EROS_OPTIONAL: dict[Role, tuple[str, ...]] = {
    Role.POSTCODE: ("postcode",),
    Role.ADDRESS: _ADDRESS_9,
    Role.UPRN: _UPRN,
    Role.PERSON: ("electorid",),
}
EROS_FULL = Layout(name="eros-full", title="Idox Eros full register", required=_EROS_REQUIRED, optional=_EROS_OPTIONAL)
EROS_UPDATE = Layout(
    name="eros-update",
    title="Idox Eros monthly update",
    required={**_EROS_REQUIRED, Role.CHANGE: ("status",)},
    optional=_EROS_OPTIONAL,
    signature=("registercode", "clericalerror"),
    update=True,
)
_COUNTS_OPTIONAL: dict[Role, tuple[str, ...]] = {
    Role.POSTCODE: ("postcode",),
    Role.ADDRESS: _REGISTERED,
    Role.UPRN: _UPRN,
    Role.PERSON: ("electorid",),
}
COUNTS_FULL = Layout(
    name="democracy-counts-full",
    title="Democracy Counts full register",
    required={
        Role.PREFIX: ("pdcode",),
        Role.NUMBER: ("rollno",),
        Role.MARKERS: ("franchisemarker",),
        Role.ATTAINS: ("attainersdob", "dateofattainment"),
    },
    optional=_COUNTS_OPTIONAL,
)
COUNTS_UPDATE = Layout(
    name="democracy-counts-update",
    title="Democracy Counts monthly update",
    required={
        Role.PREFIX: ("pdcode",),
        Role.NUMBER: ("rollno",),
        Role.MARKERS: ("franchisemarker",),
        Role.ATTAINS: ("dob", "attainersdob", "dateofattainment"),
        Role.CHANGE: ("changetypeid",),
    },
    optional=_COUNTS_OPTIONAL,
    update=True,
)

# The more telling layout first: an update holds every header of its full register.
LAYOUTS = (XPRESS_UPDATE, EROS_UPDATE, COUNTS_UPDATE, XPRESS_FULL, EROS_FULL, COUNTS_FULL)

# Headers that hold names; an officer's own mapping may not point at one either.
NAME_HEADERS = (
    "surname",
    "forename",
    "forenames",
    "firstname",
    "firstnames",
    "middlename",
    "middlenames",
    "lastname",
    "initials",
    "title",
    "electorname",
    "electortitle",
    "electorsurname",
    "electorforename",
    "electorforenames",
    "electormiddlename",
    "fullname",
    "name",
    "companyname",
)
