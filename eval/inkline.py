"""Two texts side by side, character of ink by character of ink: what differs, and what stands where.

May import `rag`; never a sibling room.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the read text differs: `known[known_start:known_end]` was read as `read`."""

    position: int
    known: str
    read: str


class Inkline:
    """The cheapest alignment of a text as read with the text as known, both given as pieces of ink.

    Levenshtein's distance with unit costs (Levenshtein 1966); among equally cheap alignments the one
    that rapidfuzz gives. Positions count characters from the start of all pieces.

    >>> line = Inkline(read=["第一条", "为了x"], known=["第一条为了", "规范"])
    >>> line.distance, line.boundaries, line.read_boundaries
    (2, [5], [3])
    """

    def __init__(self, *, read: Sequence[str], known: Sequence[str]) -> None:
        self._read, self._known = "".join(read), "".join(known)
        self._read_starts, self._known_starts = _starts(read), _starts(known)
        self._steps = list(Levenshtein.opcodes(self._read, self._known))
        self._ends = [step.src_end for step in self._steps]

    @property
    def distance(self) -> int:
        """Insertions, deletions and substitutions that make one text of the other."""
        return sum(max(len(each.known), len(each.read)) for each in self.differences())

    @property
    def boundaries(self) -> list[int]:
        """Where a known piece ends and the next begins."""
        return self._known_starts[1:]

    @property
    def read_boundaries(self) -> list[int]:
        """Where a read piece ends and the next begins, as positions of the known text.

        Beside missing characters a boundary may stand before them or behind; it is put where the
        known text has one.
        """
        known = set(self.boundaries)
        placed = []
        for start in self._read_starts[1:]:
            places = list(self._places(start))
            placed.append(next((place for place in places if place in known), places[0]))
        return placed

    def differences(self) -> Iterator[Difference]:
        """Where the texts differ, in order."""
        for step in self._steps:
            if step.tag != "equal":
                known = self._known[step.dest_start : step.dest_end]
                yield Difference(step.dest_start, known, self._read[step.src_start : step.src_end])

    def holders(self) -> list[int | None]:
        """For each known piece the read piece that holds most of it; `None` where none holds any."""
        shared: list[dict[int, int]] = [{} for _ in self._known_starts]
        for step in self._steps:
            if step.tag == "equal":
                self._share(step.src_start, step.dest_start, step.dest_end - step.dest_start, shared)
        return [max(counts, key=lambda piece: counts[piece]) if counts else None for counts in shared]

    def _places(self, start: int) -> Iterator[int]:
        """Where a position of the read text may stand in the known one."""
        for step in self._steps[bisect_left(self._ends, start) :]:
            if step.src_start > start:
                break
            yield min(step.dest_start + start - step.src_start, step.dest_end)
            if step.src_end == start:
                yield step.dest_end

    def _share(self, read: int, known: int, length: int, shared: list[dict[int, int]]) -> None:
        """Count the characters that a stretch of equal text has in each pair of pieces."""
        for offset in range(length):
            mine = bisect_right(self._known_starts, known + offset) - 1
            theirs = bisect_right(self._read_starts, read + offset) - 1
            shared[mine][theirs] = shared[mine].get(theirs, 0) + 1


def _starts(pieces: Sequence[str]) -> list[int]:
    return list(accumulate(map(len, pieces), initial=0))[:-1]
