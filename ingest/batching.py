"""Parsed documents gathered until it is worth storing them: many small ones, or a moment's waiting.

May import the core.
"""

from collections.abc import Callable
from time import monotonic

from rag.datatypes import ParsedDocument

# Enough to embed and index in one go, and little enough to hold in memory.
MOST_CHUNKS = 4_000
LONGEST_WAIT = 5.0


class Batch:
    """Documents waiting to be stored together, each with a key of the caller's."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` counts seconds."""
        self._clock = clock
        self._waiting: list[tuple[int, ParsedDocument]] = []
        self._chunks = 0
        self._since = 0.0

    def add(self, key: int, parsed: ParsedDocument) -> None:
        """Let one more wait."""
        if not self._waiting:
            self._since = self._clock()
        self._waiting.append((key, parsed))
        self._chunks += len(parsed.chunks)

    @property
    def is_due(self) -> bool:
        """Whether there are enough, or some have waited long enough."""
        if not self._waiting:
            return False
        return self._chunks >= MOST_CHUNKS or self._clock() - self._since >= LONGEST_WAIT

    def take(self) -> list[tuple[int, ParsedDocument]]:
        """All that wait, oldest first; nothing waits any more."""
        waiting, self._waiting, self._chunks = self._waiting, [], 0
        return waiting
