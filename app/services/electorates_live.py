"""The electorate of a referendum as it stands now, worked out once and kept until something it rests on changes."""

import threading
from collections import OrderedDict

from app.db import ReadSession, WriteSession
from app.models import Referendum, Register
from app.services.boundaries import geometry_hash
from app.services.electorates_counting import Counted, count_for
from app.services.electorates_placements import placements_for
from geo.boundary import boundary

_MOST = 2
_kept: OrderedDict[tuple[object, ...], Counted] = OrderedDict()
_lock = threading.Lock()


def live_electorate(session: ReadSession | WriteSession, referendum: Referendum, register: Register) -> Counted:
    """Return the count as `count_for` does; the last few are kept in memory, entries without names as they are stored.

    A register version never changes, so a count stays true until the area, the poll date or a placement does.
    """
    placed = placements_for(session, referendum, register)
    key = (
        str(session.get_bind().engine.url),
        register.id,
        register.imported_at,
        tuple(file["sha256"] for file in register.files["files"]),
        referendum.reference,
        referendum.poll_date,
        geometry_hash(boundary(referendum.geometry)),
        placed.sha256,
        placed.last,
    )
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    counted = count_for(session, referendum, register)
    with _lock:
        _kept[key] = counted
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return counted
