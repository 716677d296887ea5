"""Entries of an index arranged to be searched: by vector, by paragraph, by what may be shown.

Imports the ports of `rag`, and its neighbours in this room.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.ports import Vector
from vectorstore import codes
from vectorstore.codes import Codes
from vectorstore.points import Numbers, Points

_NUMBER_BITS = 32
Entries = NDArray[np.intp]
Mask = NDArray[np.bool_]
_Values = TypeVar("_Values", Vector, Codes)


class VectorSource(Protocol):
    """Where vectors are kept; numbers rise."""

    def rows(self, numbers: Numbers) -> Vector:
        """Vectors by number, shape (n, dimension)."""
        ...

    def codes(self, numbers: Numbers) -> Codes:
        """Codes by number, shape (n, words)."""
        ...


@dataclass(frozen=True, slots=True)
class Arranged:
    """Entries in the order of `points`; entry `i` has the vector `vectors[places[i]]`.

    Those of the vector at place `p` are `sharing[firsts[p] : firsts[p + 1]]`. `order` are the entries by
    their `keys`, which rise: those of a paragraph stand together. A document has two `editions` while it
    is being replaced. `rows` are the vectors themselves, None where they are too many.
    """

    points: Points
    documents: Mapping[int, str]
    places: Entries
    vectors: Numbers
    sharing: Entries
    firsts: Entries
    codes: Codes
    rows: Vector | None
    order: Entries
    keys: Numbers
    editions: Mapping[str, list[int]]

    @classmethod
    def anew(
        cls,
        points: Points,
        documents: Mapping[int, str],
        source: VectorSource,
        *,
        held: int,
        old: "Arranged | None",
    ) -> Self:
        """Arrange entries; up to `held` vectors are kept whole. What `old` has is not read again."""
        vectors, places, counts = np.unique(points.vectors, return_inverse=True, return_counts=True)
        known, rows = None if old is None else old.vectors, None
        if len(vectors) <= held:
            rows = _gathered(vectors, known, None if old is None else old.rows, source.rows)
            coded = codes.encode(rows)
        else:
            coded = _gathered(vectors, known, None if old is None else old.codes, source.codes)
        keys = packed(points.editions, points.paragraphs)
        order = np.argsort(keys, kind="stable")
        editions: dict[str, list[int]] = {}
        for edition, name in documents.items():
            editions.setdefault(name, []).append(edition)
        return cls(
            points,
            documents,
            places=places,
            vectors=vectors,
            sharing=np.argsort(places, kind="stable"),
            firsts=np.concatenate([[0], np.cumsum(counts)]),
            codes=np.asfortranarray(coded),
            rows=rows,
            order=order,
            keys=keys[order],
            editions=editions,
        )

    def shown(self, document_ids: frozenset[str], hidden: frozenset[int]) -> Mask | None:
        """Which entries may be found; None if all of them."""
        editions = self.points.editions
        shown = None
        if document_ids:
            inside = [edition for name in document_ids for edition in self.editions.get(name, ())]
            shown = np.isin(editions, inside)
        if hidden:
            left = np.isin(editions, list(hidden), invert=True)
            shown = left if shown is None else shown & left
        return shown

    def near(self, vector: Vector, shown: Mask | None, limit: int) -> Entries:
        """Places of vectors to compare one with: all that may be shown, or those of the nearest codes."""
        places = None if shown is None else self._places_of(shown)
        if self.rows is not None or (len(self.vectors) if places is None else len(places)) <= limit:
            return np.arange(len(self.vectors)) if places is None else places
        if places is None:
            return codes.nearest(self.codes, vector, limit)
        return places[codes.nearest(codes.taken(self.codes, places), vector, limit)]

    def _places_of(self, shown: Mask) -> Entries:
        """The places that some entries have, each once, in rising order: marked, not sorted."""
        marked = np.zeros(len(self.vectors), dtype=np.bool_)
        marked[self.places[shown]] = True
        return np.flatnonzero(marked)

    def entries_of(self, places: Entries) -> tuple[Entries, Entries]:
        """All entries of the vectors at some places, and for each which of the places it is of."""
        starts, counts = self.firsts[places], self.firsts[places + 1] - self.firsts[places]
        which = np.repeat(np.arange(len(places)), counts)
        within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.sharing[starts[which] + within], which

    def shown_edition(self, document_id: str, hidden: frozenset[int]) -> int:
        """The edition of a document that may be found, -1 if none."""
        return next((each for each in self.editions.get(document_id, ()) if each not in hidden), -1)


def packed(editions: Numbers, paragraphs: Numbers) -> Numbers:
    """One number for each edition and paragraph, in their order."""
    return (editions << _NUMBER_BITS) | paragraphs


def _gathered(
    numbers: Numbers, before: Numbers | None, values: _Values | None, read: Callable[[Numbers], _Values]
) -> _Values:
    """What belongs to each number: `values` belong to those of `before`, the others are read."""
    if before is None or values is None:
        return read(numbers)
    known = np.isin(numbers, before, assume_unique=True)
    if not known.any():
        return read(numbers)
    gathered = np.empty((len(numbers), values.shape[1]), dtype=values.dtype)
    gathered[known] = values[np.searchsorted(before, numbers[known])]
    if not known.all():
        gathered[~known] = read(numbers[~known])
    return gathered
