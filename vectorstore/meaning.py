"""What every index of vectors does with a question before it looks for what is near.

Imports the records and ports of `rag`.
"""

from abc import ABC, abstractmethod

from rag.datatypes import Match
from rag.ports import Embedder, Vector


class MeaningIndex(ABC):
    """Searches by the vector of the question."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def search(
        self,
        query: str,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[int] = frozenset(),
    ) -> list[Match]:
        """Best paragraphs by the cosine of their best chunk; `hidden` editions are passed over."""
        if limit < 1 or not query.strip():
            return []
        vector = self._embedder.embed_query(query)
        return self.nearest(vector, limit=limit, document_ids=document_ids, hidden=hidden)

    @abstractmethod
    def nearest(
        self,
        vector: Vector,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[int] = frozenset(),
    ) -> list[Match]:
        """The same for a vector."""
