"""The electorate of a referendum as it stands now, worked out once and kept until something it rests on changes."""

from app.db import ReadSession, WriteSession
from app.kept import Kept
from app.models import Referendum, Register
from app.services.boundaries import geometry_hash
from app.services.electorates_counting import Counted, count_for
from app.services.electorates_placements import placements_for
from app.services.registers import version_of
from geo.boundary import boundary

_KEPT: Kept[Counted] = Kept(2)


def live_electorate(session: ReadSession | WriteSession, referendum: Referendum, register: Register) -> Counted:
    """Return the count as `count_for` does; the last few are kept in memory, entries without names as they are stored.

    A register version never changes, so a count stays true until the area, the poll date or a placement does.
    """
    placed = placements_for(session, referendum, register)
    rests_on = (
        *version_of(session, register),
        referendum.reference,
        referendum.poll_date,
        geometry_hash(boundary(referendum.geometry)),
        placed.sha256,
        placed.last,
    )
    return _KEPT.answer(rests_on, lambda: count_for(session, referendum, register))
