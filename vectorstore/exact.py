"""Finds paragraphs by meaning by comparing with every vector, in memory, with nothing but NumPy.

What a process that only reads uses, and what the other index is tested against. Imports the records
and ports of `rag`.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Match
from rag.ports import Embedder, Vector
from vectorstore.points import Point

_DIGITS = 6


class _Arranged(NamedTuple):
    """Points in arrays: `rows[i]` belongs to paragraph `owners[i]`, paragraphs are sorted by key."""

    points: dict[str, Point]
    keys: list[tuple[str, int]]
    owners: NDArray[np.intp]
    rows: Vector


class ExactIndex:
    """Vectors of chunks in memory; a chunk's paragraph is what is found. Implements `rag.ports.Searcher`.

    Searches may run while another thread adds or removes: points are replaced as a whole, never edited.
    """

    def __init__(self, embedder: Embedder, points: Iterable[Point] = ()) -> None:
        self._embedder = embedder
        self._points = {point.chunk_id: point for point in points}
        self._arranged: _Arranged | None = None

    def search(
        self,
        query: str,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[str] = frozenset(),
    ) -> list[Match]:
        """Best paragraphs by the cosine of their best chunk; `hidden` documents are passed over."""
        if limit < 1 or not query.strip():
            return []
        arranged = self._arrange()
        vector = self._embedder.embed_query(query)
        if not arranged.keys or not vector.any():
            return []
        best = np.full(len(arranged.keys), -np.inf)
        # `vecdot` stays in this thread; `@` asks BLAS for all of them, 20 times slower on a busy machine.
        cosines = np.vecdot(arranged.rows, vector)
        # In double precision, for rounding in single leaves noise behind.
        np.maximum.at(best, arranged.owners, np.round(cosines.astype(float), _DIGITS))
        # A stable sort keeps equal scores in the order of their keys.
        ranked = (arranged.keys[place] + (float(best[place]),) for place in np.argsort(-best, kind="stable"))
        shown = (
            Match(document_id, paragraph, score)
            for document_id, paragraph, score in ranked
            if document_id not in hidden and (not document_ids or document_id in document_ids)
        )
        return list(islice(shown, limit))

    def add(self, points: Iterable[Point]) -> None:
        """Keep points; adding one again changes nothing."""
        self._points = self._points | {point.chunk_id: point for point in points}

    def remove(self, document_id: str) -> None:
        """Forget a document's chunks, if there are any."""
        kept = (point for point in self._points.values() if point.document_id != document_id)
        self._points = {point.chunk_id: point for point in kept}

    def count(self) -> int:
        """How many chunks are kept."""
        return len(self._points)

    def lost(self, chunk_ids: Sequence[str]) -> list[str]:
        """Those of the chunks that are not kept."""
        return sorted(set(chunk_ids) - set(self._points))

    def close(self) -> None:
        """Let go of the vectors."""
        self._points = {}
        self._arranged = None

    def _arrange(self) -> _Arranged:
        points, arranged = self._points, self._arranged
        if arranged is None or arranged.points is not points:
            arranged = self._arranged = _arranged(points)
        return arranged


def _arranged(points: dict[str, Point]) -> _Arranged:
    keys = sorted({(point.document_id, point.paragraph) for point in points.values()})
    place = {key: number for number, key in enumerate(keys)}
    owners = [place[point.document_id, point.paragraph] for point in points.values()]
    rows = np.stack([point.vector for point in points.values()]) if points else np.zeros((0, 0), np.float32)
    return _Arranged(points, keys, np.array(owners, dtype=np.intp), rows)
