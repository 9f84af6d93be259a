"""What a referendum area comes to, in plain sentences: one set of words for the page, the script and programs."""

from app.clock import long_day
from app.queries.area_estimates import StoredEstimate
from app.services.draft_verdict import estimate_warning
from app.services.referendum_area_figures import AreaFigures

NO_FIGURES = "Nobody can be counted in this line: put it right first."


def headline(figures: AreaFigures) -> str:
    """Return how many electors an area has, in one sentence that says what it is from. Source: ELEC-1, ELEC-2."""
    if figures.area_ha is None:
        return NO_FIGURES
    if figures.registers:
        count = sum(each.in_area for each in figures.registers)
        days = sorted({each.as_at for each in figures.registers})
        known = f"the register of {long_day(days[0])}" if len(days) == 1 else "the newest registers"
        more = _estimated(figures)
        beside = f", and about {more} where none is counted" if more else ""
        return f"{_many(count, 'elector is', 'electors are')} in this area by {known}{beside}."
    if figures.estimate is None:
        return "Nobody can be counted yet: no register and no counts of people are stored. Ask the electoral office."
    return f"About {_estimated(figures)} live in this area. This is an estimate: no register is stored."


def _estimated(figures: AreaFigures) -> str:
    """Return how many people the estimate comes to: electors, or adults where no register tells of electors."""
    if figures.estimate is None:
        return ""
    found = figures.estimate.estimate
    if figures.estimate.electors_per_adult is None:
        return f"{found.adults:,} adults"
    return f"{found.electors:,} electors"


def _interval(estimate: StoredEstimate) -> str:
    found = estimate.estimate
    if estimate.electors_per_adult is None:
        return f"{found.adults_low:,} and {found.adults_high:,}"
    return f"{found.electors_low:,} and {found.electors_high:,}"


def details(figures: AreaFigures) -> list[str]:
    """Return what else is to be known of the count: who could vote, who is still to be placed, what is estimated.

    Source: ELEC-1, ELEC-2, T-14, T-16.
    """
    told = []
    if figures.registers:
        may_vote = sum(each.may_vote for each in figures.registers)
        told.append(f"{may_vote:,} of them could vote if the poll were today.")
        told += _open(figures)
        if figures.has_unregistered_land:
            told.append("In part of this area no register is stored that may be counted here.")
    if figures.estimate is not None:
        where = "in that part" if figures.registers else "here"
        told.append(f"About {_estimated(figures)} live {where}, probably between {_interval(figures.estimate)}.")
        told.append(estimate_warning(figures.estimate))
    return told


def _open(figures: AreaFigures) -> list[str]:
    near = sum(each.undecided for each in figures.registers)
    lost = sum(each.unplaced for each in figures.registers)
    reasons = [
        words for count, words in ((near, f"{near:,} too near the line"), (lost, f"{lost:,} without a place")) if count
    ]
    if not reasons:
        return []
    return [f"{_many(near + lost, 'more is', 'more are')} undecided: {' and '.join(reasons)}."]


def notices(figures: AreaFigures) -> list[str]:
    """Return what an officer must know before such an area is decided on. Source: REF-1, REF-4, REF-11."""
    told = []
    for each in figures.elsewhere:
        if each.council:
            told.append(
                f"{each.hectares:,.2f} hectares lie in {each.council}, another council: it must hold the vote there, "
                "and the councils with it (REF-1, REF-4)."
            )
        else:
            told.append(
                f"{each.hectares:,.2f} hectares lie in no council that is stored here, so nobody would hold the vote "
                "there: draw the line back, or have the boundary of its council brought in (REF-1)."
            )
    if figures.is_larger and figures.fault is None:
        told.append("This area is larger than the neighbourhood area, so voters will see both maps (REF-11).")
    return told


def business_words(figures: AreaFigures) -> str:
    """Return how many business premises an area has; empty where businesses do not vote. Source: BUS-1, BUS-6."""
    if not figures.is_business_area or figures.area_ha is None:
        return ""
    if figures.premises is None:
        return (
            "Businesses vote as well. No list of their premises is kept yet: the council that sends out business rates "
            "supplies it once the day of the vote is set (BUS-6)."
        )
    found = figures.premises
    text = (
        f"Businesses vote as well. {_many(found.in_area, 'of their premises is', 'of their premises are')} in this area"
    )
    if found.undecided or found.unplaced:
        text += f", {found.undecided:,} too near the line and {found.unplaced:,} without a place"
    return f"{text}, by the list kept on {long_day(found.listed_at.date())}."


def districts_words(figures: AreaFigures) -> str:
    """Return how many polling districts are whole and how many are split. Source: T-14."""
    rows = [each for register in figures.registers for each in register.districts]
    split = sum(each.extent.value == "part" for each in rows)
    whole = len(rows) - split
    if not rows:
        return ""
    return f"{_many(whole, 'polling district is', 'polling districts are')} in it whole, {split:,} split."


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
