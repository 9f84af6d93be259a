"""The business voting register as it stands: holders, entries and refusals, and their counts without any name."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.models import BusinessRegistration, RatepayerLiability, RatepayerList, Referendum
from app.services.business_lists import AnySession, business_calendar, latest_list, list_state_date
from app.services.business_registrations import ADULT_YEARS
from geo.electorate import Decision
from referendum.business_holders import HolderList, Liability, holders
from referendum.business_voters import BusinessRegister, NamedVoter, Registration, business_register

SCHEMA = "folkmoot.business-register/1"
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessStanding:
    """The business voting register as it stands."""

    listed: RatepayerList
    holders: HolderList
    register: BusinessRegister
    registrations: tuple[BusinessRegistration, ...]
    state_on: date


def business_standing(session: AnySession, referendum: Referendum, at: datetime) -> BusinessStanding | None:
    """Return holders, entries and refusals as they stand; None where no list was sent.

    Source: BUS-2, BUS-3, BUS-4, BUS-7, BUS-9, BUS-10.
    """
    listed = latest_list(session, referendum)
    if listed is None:
        return None
    calendar = business_calendar(at)
    state_on = list_state_date(referendum.poll_date, calendar)
    found = holders([_liability(line) for line in listed.liabilities], state_on=state_on)
    chosen = select(BusinessRegistration).where(BusinessRegistration.referendum_id == referendum.id)
    rows = tuple(session.scalars(chosen.order_by(BusinessRegistration.id)))
    register = business_register(
        found,
        [_registration(row) for row in rows if row.struck_because is None],
        poll_date=referendum.poll_date,
        calendar=calendar,
    )
    return BusinessStanding(listed=listed, holders=found, register=register, registrations=rows, state_on=state_on)


def _liability(line: RatepayerLiability) -> Liability:
    """Return the line with the hash in the place of the name: equal names are equal hashes, and a body stays one."""
    where = line.decided or line.placed
    inside = {Decision.IN_AREA.value: True, Decision.OUTSIDE.value: False}.get(where)
    name = bytes(line.name_key).hex()
    return Liability(
        ratepayer_reference=line.account,
        ratepayer=f"{name} limited" if line.is_body else name,
        hereditament=line.premises,
        is_in_area=inside,
        state_date=line.state_on,
        company_number=line.company_number,
    )


def _registration(row: BusinessRegistration) -> Registration:
    born_on = _LONG_AGO if row.attains_on is None else row.attains_on.replace(year=row.attains_on.year - ADULT_YEARS)
    voter = NamedVoter(
        reference=row.voter,
        born_on=born_on,
        is_qualifying_citizen=row.is_qualifying_citizen,
        residential_polling_place=row.polling_place,
    )
    return Registration(holder=row.holder, voter=voter, received_at=row.received_at, left_on=row.left_on)


def business_document(referendum: Referendum, standing: BusinessStanding) -> dict[str, object]:
    """Return the counts of the business register as they are kept: totals and findings, no holder and no voter."""
    bars: dict[str, int] = {}
    for entry in standing.register.refused:
        for bar in entry.bars:
            bars[bar.value] = bars.get(bar.value, 0) + 1
    lines = standing.listed.liabilities
    wheres = [line.decided or line.placed for line in lines]
    return {
        "schema": SCHEMA,
        "poll_date": referendum.poll_date,
        "list": {"version": standing.listed.version, "sha256": standing.listed.sha256, "state_on": standing.state_on},
        "hereditaments": {"read": len(lines), **{each.value: wheres.count(each.value) for each in Decision}},
        "holders": standing.register.holders,
        "entries": len(standing.register.entries),
        "refused": {bar: bars[bar] for bar in sorted(bars)},
        "findings": [
            {"code": each.code, "severity": each.severity.value, "message": each.message, "rule": each.rule}
            for each in (*standing.holders.findings, *standing.register.findings)
        ],
    }
