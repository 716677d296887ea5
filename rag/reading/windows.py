"""Which stretches of the found paragraphs are read closely: those around the passages that look best.

May import the records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.datatypes import Passage

# Characters of a window, unless one passage alone is longer: the bundled reader has learnt on such.
WINDOW = 160


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring passages of the paragraph with this handle, as offsets into its text."""

    handle: int
    start: int
    end: int

    def holds(self, passage: Passage) -> bool:
        """Whether the passage stands in it whole."""
        return self.handle == passage.handle and self.start <= passage.start and passage.end <= self.end


def windows(passages: Sequence[Passage], count: int) -> list[Window]:
    """At most `count` windows that hold the first of the passages, which are given best first.

    Each is a passage with its neighbours, those after it before those in front, as far as they fit.
    """
    order = sorted(passages, key=lambda passage: (passage.handle, passage.start))
    beside = {handle: list(group) for handle, group in groupby(order, key=lambda passage: passage.handle)}
    chosen: list[Window] = []
    for passage in passages:
        if len(chosen) == count:
            break
        if not any(window.holds(passage) for window in chosen):
            chosen.append(_around(passage, beside[passage.handle]))
    return chosen


def _around(passage: Passage, beside: Sequence[Passage]) -> Window:
    start, end = passage.start, passage.end
    for other in beside:
        if other.start >= end and other.end - start <= WINDOW:
            end = other.end
    for other in reversed(beside):
        if other.end <= start and end - other.start <= WINDOW:
            start = other.start
    return Window(passage.handle, start, end)
