"""Finds paragraphs by meaning with nothing but NumPy: exact, in memory, for tests and small sets.

Imports the records and ports of `rag`.
"""

from collections.abc import Iterable

import numpy as np

from rag.datatypes import Chunk, Match
from rag.ports import Embedder, Vector

_DIGITS = 6


class MemoryIndex:
    """Vectors of chunks in memory; a chunk's paragraph is what is found. Implements `rag.ports.Searcher`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[tuple[str, int], list[Vector]] = {}

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        """Best paragraphs by the cosine of their best chunk, best first, ties by document id and number."""
        vector = self._embedder.embed_query(query)
        if not query.strip() or not vector.any():
            return []
        matches = [
            Match(*key, round(float(np.max(np.stack(vectors) @ vector)), _DIGITS))
            for key, vectors in self._vectors.items()
            if not document_ids or key[0] in document_ids
        ]
        matches.sort(key=lambda match: (-match.score, match.document_id, match.paragraph))
        return matches[: max(limit, 0)]

    def add(self, chunks: Iterable[Chunk]) -> None:
        """Embed and keep chunks of documents that are not held yet."""
        kept = list(chunks)
        vectors = self._embedder.embed_documents([chunk.text for chunk in kept])
        for chunk, vector in zip(kept, vectors, strict=True):
            self._vectors.setdefault((chunk.document_id, chunk.first), []).append(vector)

    def remove(self, document_id: str) -> None:
        """Forget a document's chunks, if there are any."""
        self._vectors = {key: vectors for key, vectors in self._vectors.items() if key[0] != document_id}

    def count(self) -> int:
        """How many chunks are kept."""
        return sum(map(len, self._vectors.values()))
