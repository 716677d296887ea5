"""Finds paragraphs by meaning in memory, with nothing but NumPy: every vector, or those whose bits are near.

What every process searches with. Imports the records and ports of `rag`, and its neighbours in this room.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Closeness, Match
from rag.ports import Embedder, Vector
from vectorstore import codes
from vectorstore.codes import Codes
from vectorstore.contents import Contents
from vectorstore.points import Numbers, Points, Reading

# Up to here every vector is kept in memory, 20 MB, and compared with; beyond, its code of 32 bytes is,
# and so many vectors whose codes are nearest are read from the catalogue and compared.
HELD = 20_000
CANDIDATES = 2_000
_PER_PARAGRAPH = 4
_DIGITS = 6
_NUMBER_BITS = 32
_Mask = NDArray[np.bool_]
_Values = TypeVar("_Values", Vector, Codes)


class VectorSource(Protocol):
    """Where vectors are kept; numbers rise."""

    def rows(self, numbers: Numbers) -> Vector:
        """Vectors by number, shape (n, dimension)."""
        ...

    def codes(self, numbers: Numbers) -> Codes:
        """Codes by number, shape (n, words)."""
        ...


class _Arranged(NamedTuple):
    """Entries in the order of `points`; entry `i` has the vector `vectors[places[i]]`.

    `order` are the entries by their `keys`, which rise: those of a paragraph stand together. A document
    has two `editions` while it is being replaced.
    """

    points: Points
    documents: Mapping[int, str]
    places: NDArray[np.intp]
    vectors: Numbers
    codes: Codes
    rows: Vector | None
    order: NDArray[np.intp]
    keys: Numbers
    editions: Mapping[str, list[int]]


class ExactIndex:
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
        self._embedder = embedder
        self._source = source
        self._held = held
        self._kept = dict(documents or {}), points or Points.of([])
        self._arranged: _Arranged | None = None

    @classmethod
    def load(cls, contents: Contents, embedder: Embedder) -> Self:
        """The index of all that a catalogue shows."""
        documents, points = contents.points()
        return cls(embedder, contents.vectors, documents=documents, points=points)

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
        shown = _shown(state, document_ids, hidden)
        if not vector.any() or not shown.any():
            return []
        if among is None:
            places = _candidates(state, shown, vector, max(CANDIDATES, limit * _PER_PARAGRAPH))
        else:
            places = np.flatnonzero(np.isin(state.vectors, among))
        rows = self._source.rows(state.vectors[places]) if state.rows is None else state.rows[places]
        # `vecdot` stays in this thread; `@` asks BLAS for all of them, 20 times slower on a busy machine.
        # In double precision, for rounding in single leaves noise behind.
        scores = np.round(np.vecdot(rows, vector).astype(float), _DIGITS)
        return _best(state, shown, places, scores, limit)

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
        packed = np.array([_shown_edition(state, name, hidden) << _NUMBER_BITS | at for name, at in keys])
        starts = np.searchsorted(state.keys, packed, side="left")
        ends = np.searchsorted(state.keys, packed, side="right")
        entries = [state.order[start:end] for start, end in zip(starts, ends, strict=True)]
        places, back = np.unique(
            state.places[np.concatenate(entries)] if entries else [], return_inverse=True
        )
        if not len(places):
            return [Closeness()] * len(keys)
        rows = self._source.rows(state.vectors[places]) if state.rows is None else state.rows[places]
        scores = np.round(np.vecdot(rows, vector).astype(float), _DIGITS)[back]
        parts = np.split(scores, np.cumsum(ends - starts)[:-1])
        return [_closeness(part) for part in parts]

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
        self._arranged = None

    def _arrange(self) -> _Arranged:
        (documents, points), arranged = self._kept, self._arranged
        if arranged is None or arranged.points is not points:
            arranged = self._arranged = self._arranged_anew(documents, points, arranged)
        return arranged

    def _arranged_anew(
        self, documents: Mapping[int, str], points: Points, old: _Arranged | None
    ) -> _Arranged:
        vectors, places = np.unique(points.vectors, return_inverse=True)
        before = Points.of([]).vectors if old is None else old.vectors
        rows = None
        if len(vectors) <= self._held:
            rows = _gathered(vectors, before, old and old.rows, self._source.rows)
            coded = codes.encode(rows)
        else:
            coded = _gathered(vectors, before, old and old.codes, self._source.codes)
        keys = (points.editions << _NUMBER_BITS) | points.paragraphs
        order = np.argsort(keys, kind="stable")
        editions: dict[str, list[int]] = {}
        for edition, name in documents.items():
            editions.setdefault(name, []).append(edition)
        return _Arranged(points, documents, places, vectors, coded, rows, order, keys[order], editions)


def _gathered(
    numbers: Numbers, before: Numbers, values: _Values | None, read: Callable[[Numbers], _Values]
) -> _Values:
    """What belongs to each number: `values` belong to those of `before`, the others are read."""
    known = np.isin(numbers, before, assume_unique=True)
    if values is None or not known.any():
        return read(numbers)
    gathered = np.empty((len(numbers), values.shape[1]), dtype=values.dtype)
    gathered[known] = values[np.searchsorted(before, numbers[known])]
    if not known.all():
        gathered[~known] = read(numbers[~known])
    return gathered


def _shown_edition(state: _Arranged, document_id: str, hidden: frozenset[int]) -> int:
    """The edition of a document that may be found, -1 if none."""
    return next((each for each in state.editions.get(document_id, ()) if each not in hidden), -1)


def _closeness(scores: NDArray[np.float64]) -> Closeness:
    best = np.sort(scores)[:-3:-1].tolist()
    return Closeness(best[0], best[-1]) if best else Closeness()


def _shown(state: _Arranged, document_ids: frozenset[str], hidden: frozenset[int]) -> _Mask:
    """Which entries may be found."""
    editions = state.points.editions
    shown = np.ones(len(editions), dtype=bool)
    if document_ids:
        inside = [edition for edition, name in state.documents.items() if name in document_ids]
        shown &= np.isin(editions, inside)
    if hidden:
        shown &= np.isin(editions, list(hidden), invert=True)
    return shown


def _candidates(state: _Arranged, shown: _Mask, vector: Vector, limit: int) -> NDArray[np.intp]:
    """Places of the vectors to compare with: all that entries shown have, or those of the nearest codes."""
    used = np.zeros(len(state.vectors), dtype=bool)
    used[state.places[shown]] = True
    places = np.flatnonzero(used)
    if state.rows is not None or len(places) <= limit:
        return places
    near = state.codes if used.all() else state.codes[places]
    return places[codes.nearest(near, vector, limit)]


def _best(
    state: _Arranged, shown: _Mask, places: NDArray[np.intp], scores: NDArray[np.float64], limit: int
) -> list[Match]:
    """One match per paragraph, best first, ties by document id and number."""
    of_vector = np.full(len(state.vectors), -np.inf)
    of_vector[places] = scores
    reached = of_vector[state.places]
    entries = np.flatnonzero(shown & (reached > -np.inf))
    entries = entries[np.argsort(-reached[entries], kind="stable")]
    keys = (state.points.editions[entries] << _NUMBER_BITS) | state.points.paragraphs[entries]
    # The first entry of a paragraph is its best.
    entries = entries[np.unique(keys, return_index=True)[1]]
    if len(entries) > limit:
        least = np.partition(reached[entries], -limit)[-limit]
        entries = entries[reached[entries] >= least]
    matches = [
        Match(state.documents[int(edition)], int(paragraph), float(score))
        for edition, paragraph, score in zip(
            state.points.editions[entries], state.points.paragraphs[entries], reached[entries], strict=True
        )
    ]
    return sorted(matches, key=lambda match: (-match.score, match.document_id, match.paragraph))[:limit]
