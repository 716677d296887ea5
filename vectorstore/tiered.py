"""The dense index of a process that writes: Chroma keeps the vectors, and proposes some in a huge library.

Imports the records and ports of `rag`, and its neighbours in this room.
"""

from collections.abc import Callable, Iterable, Sequence
from threading import Lock

from rag.datatypes import Closeness, Match
from rag.ports import Embedder, Vector
from vectorstore.dense import DenseIndex
from vectorstore.exact import CANDIDATES, ExactIndex
from vectorstore.meaning import MeaningIndex
from vectorstore.points import Reading
from vectorstore.vectors import Vectors

# Up to here looking through the codes of all vectors takes 20 ms or less and misses nothing that is near.
# Chroma's graph can lose an island: among 1,500 sentences of one pattern it missed the only paragraph that
# answered 10 times in 24.
SCANNED = 3_000_000
_PER_PARAGRAPH = 4


class TieredIndex(MeaningIndex):
    """Searches in memory; with more than `scanned` vectors, only among those that Chroma proposes."""

    def __init__(
        self,
        make: Callable[[], DenseIndex],
        exact: ExactIndex,
        *,
        vectors: Vectors,
        embedder: Embedder,
        scanned: int = SCANNED,
    ) -> None:
        """`make` opens Chroma, when it is first needed."""
        super().__init__(embedder)
        self._make = make
        self._opened: DenseIndex | None = None
        self._opening = Lock()
        self._exact = exact
        self._vectors = vectors
        self._scanned = scanned

    def nearest(
        self,
        vector: Vector,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[int] = frozenset(),
    ) -> list[Match]:
        """The same for a vector."""
        among = None
        # Where only some may be shown, others could crowd them out: then the codes are looked through.
        if vector.any() and not document_ids and not hidden and self._exact.vectors() > self._scanned:
            among = self.open().nearest(vector, max(CANDIDATES, limit * _PER_PARAGRAPH))
        return self._exact.nearest(vector, limit=limit, document_ids=document_ids, hidden=hidden, among=among)

    def closeness(
        self,
        query: str,
        keys: Sequence[tuple[str, int]],
        *,
        hidden: frozenset[int] = frozenset(),
    ) -> list[Closeness]:
        """Cosines of the two best chunks of each paragraph."""
        return self._exact.closeness(query, keys, hidden=hidden)

    def open(self) -> DenseIndex:
        """Chroma, opened now if it was not."""
        with self._opening:
            if self._opened is None:
                self._opened = self._make()
            return self._opened

    def add(self, readings: Sequence[Reading]) -> None:
        """Keep documents whose vectors the catalogue has."""
        self.open().follow(self._vectors)
        self._exact.add(readings)

    def remove(self, editions: Iterable[int]) -> None:
        """Forget the chunks of some editions, if there are any; Chroma keeps their vectors until tidied."""
        self._exact.remove(editions)

    def count(self) -> int:
        """How many chunks there are."""
        return self._exact.count()

    def close(self) -> None:
        """Release the folder and the memory."""
        if self._opened is not None:
            self._opened.close()
        self._exact.close()
