"""Whether a body may propose a community right to build order, from what it says of itself."""

from dataclasses import dataclass
from datetime import date

from referendum.designation_facts import Reason
from referendum.findings import Severity
from referendum.law import figure


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityOrganisation:
    """What is known of a community organisation on the day of its proposal.

    Attributes:
        on: that day.
        is_parish_council: a parish council uses the same right and need meet none of the conditions (CRTBO-6).
        company_number: its number as a body corporate; empty where it is none.
        is_for_local_wellbeing: set up expressly for the social, economic and environmental well-being of people who
            live, or want to live, in a particular area.
        is_open_to_locals: people who live or work there may become voting members.
        residents_control: residents hold most votes, and most places on the governing body.
        gains_stay_local: profits and assets are used for local benefit.
        assets_pass_on: when it is wound up, its assets go to a similar body.
        members: how many members it has.
        members_living_in_area: how many of them live in the neighbourhood area.
        dwellings_of_members: how many different dwellings in the area members live in.
    """

    on: date
    is_parish_council: bool = False
    company_number: str = ""
    is_for_local_wellbeing: bool = False
    is_open_to_locals: bool = False
    residents_control: bool = False
    gains_stay_local: bool = False
    assets_pass_on: bool = False
    members: int = 0
    members_living_in_area: int = 0
    dwellings_of_members: int = 0


def organisation_reasons(body: CommunityOrganisation) -> tuple[Reason, ...]:
    """Return why a body may not propose a community right to build order; nothing where it may.

    Reading: "at least ten members in different dwellings" is met by ten dwellings in the area in which members live;
    "more than half" is strict. The figures of the prescribed conditions are unverified.
    Source: CRTBO-2, CRTBO-3, CRTBO-4, CRTBO-6, Town and Country Planning Act 1990 Sch 4C paras 3, 4;
    Neighbourhood Planning (General) Regulations 2012 reg 13. Unverified.
    """
    if body.is_parish_council:
        return ()
    needed = figure("CRTBO-3", "members", on=body.on).whole
    checks = (
        (not body.company_number.strip(), "CRTBO-2", "The organisation must be a body corporate: give its number."),
        (
            not body.is_for_local_wellbeing,
            "CRTBO-2",
            "It must be set up expressly for the well-being of people who live, or want to live, in the area.",
        ),
        (not body.is_open_to_locals, "CRTBO-3", "People who live or work in the area must be able to join and vote."),
        (
            not body.residents_control,
            "CRTBO-3",
            "Residents must hold most of the votes and most places on its governing body.",
        ),
        (not body.gains_stay_local, "CRTBO-3", "Its profits and assets must be used for the benefit of the area."),
        (not body.assets_pass_on, "CRTBO-3", "When it is wound up, its assets must go to a similar body."),
        (
            body.dwellings_of_members < needed,
            "CRTBO-3",
            f"Members live in {body.dwellings_of_members} different dwellings in the area, and {needed} are needed.",
        ),
        (
            2 * body.members_living_in_area <= body.members,
            "CRTBO-4",
            f"{body.members_living_in_area} of its {body.members} members live in the area: it must be more than half.",
        ),
    )
    return tuple(
        Reason(code="community-organisation", severity=Severity.ERROR, message=message, rule=rule)
        for fails, rule, message in checks
        if fails
    )
