"""What reading a file may ask of the process it runs in when it honestly needs it: time and memory.

Imports nothing of ours. Outside of a process with limits, asking does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


def _nothing(*_: object) -> None:
    """There are no limits here."""


@dataclass(slots=True)
class _Grants:
    renew: Callable[[], None] = _nothing
    enlarge: Callable[[int], None] = _nothing


_grants = _Grants()


def grant(renew: Callable[[], None], enlarge: Callable[[int], None]) -> None:
    """Say how this process gives more time, and more bytes of memory."""
    _grants.renew, _grants.enlarge = renew, enlarge


def more_time() -> None:
    """Begin a piece of work of bounded size, such as recognising one page: its time counts afresh."""
    _grants.renew()


def more_memory(size: int) -> None:
    """Let so many bytes more be taken from now on, such as for a model that is about to be loaded."""
    _grants.enlarge(size)
