"""The dense index of a process that writes: Chroma keeps the vectors, a small library is searched exactly.

Imports the records of `rag`, and its neighbours in this room.
"""

from collections.abc import Iterable, Sequence

from rag.datatypes import Match
from vectorstore.dense import DenseIndex
from vectorstore.exact import ExactIndex
from vectorstore.points import Point

# Up to here comparing with every vector takes a few milliseconds and misses nothing. Chroma's graph can lose
# an island: among 1,500 sentences of one pattern it missed the only paragraph that answered 10 times in 24.
EXACT_CHUNKS = 20_000


class TieredIndex:
    """Searches exactly until there are more than `exact_chunks`, from then on in Chroma."""

    def __init__(self, dense: DenseIndex, exact: ExactIndex, *, exact_chunks: int = EXACT_CHUNKS) -> None:
        self._dense = dense
        self._exact: ExactIndex | None = exact
        self._exact_chunks = exact_chunks
        self._let_go_when_large()

    def search(
        self,
        query: str,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[str] = frozenset(),
    ) -> list[Match]:
        """Best paragraphs by the cosine of their best chunk; `hidden` documents are passed over."""
        tier = self._exact or self._dense
        return tier.search(query, limit=limit, document_ids=document_ids, hidden=hidden)

    def add(self, points: Iterable[Point]) -> None:
        """Keep points; adding one again changes nothing."""
        kept = list(points)
        self._dense.add(kept)
        if self._exact is not None:
            self._exact.add(kept)
            self._let_go_when_large()

    def remove(self, document_id: str) -> None:
        """Forget a document's chunks, if there are any."""
        self._dense.remove(document_id)
        if self._exact is not None:
            self._exact.remove(document_id)

    def count(self) -> int:
        """How many chunks Chroma keeps."""
        return self._dense.count()

    def lost(self, chunk_ids: Sequence[str]) -> list[str]:
        """Those of the chunks that Chroma does not find with their own vector."""
        return self._dense.lost(chunk_ids)

    def close(self) -> None:
        """Release the folder and the memory."""
        self._dense.close()
        self._exact = None

    def _let_go_when_large(self) -> None:
        if self._exact is not None and self._exact.count() > self._exact_chunks:
            self._exact = None
