"""Entries of registers kept in memory, so that question after question is answered quickly while a line moves."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.db import ReadSession, WriteSession
from app.electors_persons import answers
from app.kept import Kept
from app.models import Register
from app.services.registers import stored_roll, version_of
from geo.roll import Roll
from referendum.eligibility import MARKER_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRoll:
    """The entries of one register version, and which of them may vote if the poll were on one day."""

    roll: Roll
    may_vote: NDArray[np.bool_]


_KEPT: Kept[KeptRoll] = Kept(3)


def kept_roll(session: ReadSession | WriteSession, register: Register, on: date) -> KeptRoll:
    """Return the entries of a stored register, without names as they are stored; the last few are kept in memory.

    A register version never changes, so what is kept stays true.

    Args:
        session: where to read.
        register: a stored version.
        on: the day on which entitlement is tested.

    Source: ELEC-2.
    """
    rests_on = (*version_of(session, register), on)
    return _KEPT.answer(rests_on, lambda: _read(session, register, on))


def _read(session: ReadSession | WriteSession, register: Register, on: date) -> KeptRoll:
    roll = stored_roll(session, register)
    eligibility, answer = answers(roll, on, MARKER_RULES)
    return KeptRoll(roll=roll, may_vote=np.array([one.entitled for one in eligibility], bool)[answer])
