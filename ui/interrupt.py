"""Ctrl+C and the system's wish to end, heard between two steps rather than in the middle of one.

May import nothing of ours.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_WISHES = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Inside, the first wish to end is only noted, for the yielded function to tell; the second ends.

    Must be used in the main thread.
    """
    wished = Event()
    before = {wish: signal.getsignal(wish) for wish in _WISHES}

    def note(number: int, _frame: FrameType | None) -> None:
        wished.set()
        signal.signal(number, signal.default_int_handler)

    for wish in _WISHES:
        signal.signal(wish, note)
    try:
        yield wished.is_set
    finally:
        for wish, handler in before.items():
            signal.signal(wish, handler)
