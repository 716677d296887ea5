"""Finds paragraphs by meaning in memory, with nothing but NumPy: every vector, or those whose bits are near.

What every process searches with. Imports the records and ports of `rag`, and its neighbours in this room.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Closeness, Match
from rag.ports import Embedder, Vector
from vectorstore.arranged import Arranged, Entries, Mask, VectorSource, packed
from vectorstore.contents import Contents
from vectorstore.meaning import MeaningIndex
from vectorstore.points import Numbers, Points, Reading

# Up to here every vector is kept in memory, 20 MB, and compared with; beyond, its code of 32 bytes is,
# and so many vectors whose codes are nearest are read from the catalogue and compared.
HELD = 20_000
CANDIDATES = 1_000
_PER_PARAGRAPH = 4
_DIGITS = 6


class ExactIndex(MeaningIndex):
    """Chunks and codes of their vectors in memory; a chunk's paragraph is what is found.

    Searches may run while another thread adds or removes: entries are replaced as a whole, never edited.
    """

    def __init__(
        self,
        embedder: Embedder,
        source: VectorSource,
        *,
        documents: Mapping[int, str] | None = None,
        points: Points | None = None,
        held: int = HELD,
    ) -> None:
        """Vectors up to `held` are kept whole, beyond that as codes."""
        super().__init__(embedder)
        self._source = source
        self._held = held
        self._kept = dict(documents or {}), points or Points.of([])
        self._arranged: Arranged | None = None
        self._compared: _Compared | None = None

    @classmethod
    def load(cls, contents: Contents, embedder: Embedder) -> Self:
        """The index of all that a catalogue shows."""
        documents, points = contents.points()
        return cls(embedder, contents.vectors, documents=documents, points=points)

    def nearest(
        self,
        vector: Vector,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[int] = frozenset(),
        among: Numbers | None = None,
    ) -> list[Match]:
        """The same for a vector; `among` names the vectors to compare it with, if others have chosen them."""
        state = self._arrange()
        shown = state.shown(document_ids, hidden)
        if not vector.any():
            return []
        if among is None:
            places = state.near(vector, shown, max(CANDIDATES, limit * _PER_PARAGRAPH))
        else:
            places = np.flatnonzero(np.isin(state.vectors, among))
        scores = self._cosines(state, places, vector)
        self._compared = _Compared(state, vector, places, scores)
        entries, which = state.entries_of(places)
        if shown is not None:
            entries, which = entries[shown[entries]], which[shown[entries]]
        return _best(state, entries, scores[which], limit)

    def closeness(
        self,
        query: str,
        keys: Sequence[tuple[str, int]],
        *,
        hidden: frozenset[int] = frozenset(),
    ) -> list[Closeness]:
        """Cosines of the two best chunks of each paragraph; nothing is near one that is not kept or hidden.

        Costs time linear in the chunks of these paragraphs, whatever else is kept.
        """
        state, vector = self._arrange(), self._embedder.embed_query(query)
        editions = [state.shown_edition(name, hidden) for name, _ in keys]
        wanted = packed(np.array(editions, dtype=np.int64), np.array([at for _, at in keys], dtype=np.int64))
        starts = np.searchsorted(state.keys, wanted, side="left")
        ends = np.searchsorted(state.keys, wanted, side="right")
        entries = [state.order[start:end] for start, end in zip(starts, ends, strict=True)]
        places, back = np.unique(
            state.places[np.concatenate(entries)] if entries else [], return_inverse=True
        )
        if not len(places):
            return [Closeness()] * len(keys)
        scores = self._cosines(state, places, vector)[back]
        every, cuts = scores.tolist(), [0, *np.cumsum(ends - starts).tolist()]
        return [_closeness(every[start:end]) for start, end in pairwise(cuts)]

    def add(self, readings: Iterable[Reading]) -> None:
        """Keep the chunks of documents."""
        documents, points = self._kept
        new = {reading.edition: reading.parsed.document.id for reading in readings}
        self._kept = documents | new, points.and_those(Points.of_readings(readings))

    def remove(self, editions: Iterable[int]) -> None:
        """Forget the chunks of some editions, if there are any."""
        documents, points = self._kept
        gone = set(editions)
        kept = {edition: name for edition, name in documents.items() if edition not in gone}
        self._kept = kept, points.without(gone)

    def count(self) -> int:
        """How many chunks are kept."""
        return len(self._kept[1])

    def vectors(self) -> int:
        """How many different vectors they have."""
        return len(self._arrange().vectors)

    def close(self) -> None:
        """Let go of everything."""
        self._kept = {}, Points.of([])
        self._arranged = self._compared = None

    def _arrange(self) -> Arranged:
        (documents, points), arranged = self._kept, self._arranged
        if arranged is None or arranged.points is not points:
            arranged = self._arranged = Arranged.anew(
                points, documents, self._source, held=self._held, old=arranged
            )
        return arranged

    def _cosines(self, state: Arranged, places: Entries, vector: Vector) -> NDArray[np.float64]:
        """Cosines with the vectors at some places, which rise."""
        before = self._compared
        if before is None or before.state is not state or before.vector is not vector:
            return self._computed(state, places, vector)
        cosines, known = before.among(places)
        if not known.all():
            cosines[~known] = self._computed(state, places[~known], vector)
        return cosines

    def _computed(self, state: Arranged, places: Entries, vector: Vector) -> NDArray[np.float64]:
        rows = self._source.rows(state.vectors[places]) if state.rows is None else state.rows[places]
        if not len(rows):
            return np.zeros(0)
        # `vecdot` stays in this thread; `@` asks BLAS for all of them, 20 times slower on a busy machine.
        # In double precision, for rounding in single leaves noise behind.
        cosines: NDArray[np.float64] = np.round(np.vecdot(rows, vector).astype(float), _DIGITS)
        return cosines


@dataclass(frozen=True, slots=True)
class _Compared:
    """Cosines of a question with vectors at some places, which rise: most are asked for again."""

    state: Arranged
    vector: Vector
    places: Entries
    cosines: NDArray[np.float64]

    def among(self, places: Entries) -> tuple[NDArray[np.float64], Mask]:
        """The cosines at these places, and which of them are known."""
        if not len(self.places):
            return np.zeros(len(places)), np.zeros(len(places), dtype=bool)
        at = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        return self.cosines[at], self.places[at] == places


def _closeness(scores: Sequence[float]) -> Closeness:
    best = sorted(scores, reverse=True)[:2]
    return Closeness(best[0], best[-1]) if best else Closeness()


def _best(state: Arranged, entries: Entries, scores: NDArray[np.float64], limit: int) -> list[Match]:
    """One match per paragraph, best first, ties by document id and number."""
    order = np.argsort(-scores, kind="stable")
    entries, scores = entries[order], scores[order]
    editions, paragraphs = state.points.editions[entries], state.points.paragraphs[entries]
    # The first entry of a paragraph is its best.
    best = np.unique(packed(editions, paragraphs), return_index=True)[1]
    if len(best) > limit:
        best = best[scores[best] >= np.partition(scores[best], -limit)[-limit]]
    found = zip(editions[best].tolist(), paragraphs[best].tolist(), scores[best].tolist(), strict=True)
    matches = [Match(state.documents[edition], paragraph, score) for edition, paragraph, score in found]
    return sorted(matches, key=lambda match: (-match.score, match.document_id, match.paragraph))[:limit]
