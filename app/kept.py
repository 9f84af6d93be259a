"""A few answers kept in memory, so that the same question is not worked out again; shared by all threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """The last few answers by what they rest on; the one not asked for the longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, rests_on: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """Return what is kept, or else work it out and keep it.

        Two who ask at once may both work it out: nobody waits for another's long question.
        """
        with self._lock:
            if rests_on in self._answers:
                self._answers.move_to_end(rests_on)
                return self._answers[rests_on]
        found = work_out()
        with self._lock:
            self._answers[rests_on] = found
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return found
