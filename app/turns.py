"""Whose turn it is to write where a database takes one writer at a time: first come, first served.

SQLite's writers do not queue: each tries again now and then, and on a busy machine one may be passed over until it
gives up. Within one process they take turns here first, so that nobody waits longer than those before them need.
"""

from collections import deque
from threading import Event, Lock


class Turns:
    """A queue of writers, of whom the first may write."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._guard = Lock()
        self._queue: deque[Event] = deque()

    def take(self, timeout_s: float) -> Event | None:
        """Wait for the turn, at most so many seconds; return what gives it back, or None where it did not come."""
        turn = Event()
        with self._guard:
            self._queue.append(turn)
            if len(self._queue) == 1:
                turn.set()
        if turn.wait(timeout_s):
            return turn
        with self._guard:
            # It may have come between the end of waiting and here.
            if turn.is_set():
                return turn
            self._queue.remove(turn)
        return None

    def give_back(self, turn: Event) -> None:
        """End a turn, so that the next in the queue has theirs."""
        with self._guard:
            self._queue.remove(turn)
            if self._queue:
                self._queue[0].set()
