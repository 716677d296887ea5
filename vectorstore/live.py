"""The index in use now: follows the catalogue when it is rebuilt, or changed by another process.

Imports the records and ports of `rag`, and the catalogue.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition
from typing import Generic, Protocol, TypeVar

from rag.datatypes import Closeness, FieldScores, Match
from rag.ports import Vector
from vectorstore.catalogue import Catalogue, Standing
from vectorstore.lexical import LexicalIndex
from vectorstore.points import Reading

_TRIES = 5


class Index(Protocol):
    """What the dense and the lexical index have in common."""

    def search(
        self, query: str, *, limit: int, document_ids: frozenset[str], hidden: frozenset[int]
    ) -> list[Match]:
        """Best paragraphs, `hidden` editions left out."""
        ...

    def remove(self, editions: Collection[int]) -> None:
        """Forget editions."""
        ...

    def count(self) -> int:
        """How many entries are kept."""
        ...

    def close(self) -> None:
        """Release the folder."""
        ...


AnyIndex = TypeVar("AnyIndex", bound=Index)


class VectorIndex(Index, Protocol):
    """A dense index, whichever way it searches."""

    def add(self, readings: Sequence[Reading]) -> None:
        """Keep documents."""
        ...

    def nearest(
        self, vector: Vector, *, limit: int, document_ids: frozenset[str], hidden: frozenset[int]
    ) -> list[Match]:
        """Best paragraphs for a vector."""
        ...

    def closeness(
        self, query: str, keys: Sequence[tuple[str, int]], *, hidden: frozenset[int]
    ) -> list[Closeness]:
        """Cosines of the two best chunks of each paragraph."""
        ...


class _Held(Generic[AnyIndex]):
    """An index and how many searches are using it; a retired one is closed by its last user."""

    def __init__(self, index: AnyIndex) -> None:
        self.index = index
        self.users = 0
        self.retired = False

    def close_if_done(self) -> None:
        if self.retired and not self.users:
            self.index.close()


class LiveIndex(Generic[AnyIndex]):
    """Stands for an index that may be replaced while searches run. Implements `rag.ports.Searcher`.

    Its own process replaces it after a rebuild. With `reopen` given (a process that only reads), it
    is opened again whenever the catalogue has changed, for an open index does not see what another
    process writes.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        index: AnyIndex,
        *,
        seen: Standing,
        reopen: Callable[[Standing], AnyIndex] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._held = _Held(index)
        self._revision = seen.revision
        self._reopen = reopen
        self._changed = Condition()

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        """Best `limit` paragraphs of visible documents, best first."""
        standing = self._catalogue.standing()
        found: list[Match] = []
        for _ in range(_TRIES):
            with self.current(standing) as index:
                found = index.search(query, limit=limit, document_ids=document_ids, hidden=standing.hidden)
            # A document replaced meanwhile may have been passed over in both its old and its new self.
            searched, standing = standing, self._catalogue.standing()
            if searched == standing:
                break
        return found

    @contextmanager
    def current(self, standing: Standing | None = None) -> Iterator[AnyIndex]:
        """The index, kept open until the block ends."""
        if self._reopen is not None:
            standing = standing or self._catalogue.standing()
        with self._changed:
            self._follow(standing)
            held = self._held
            held.users += 1
        try:
            yield held.index
        finally:
            with self._changed:
                held.users -= 1
                held.close_if_done()
                self._changed.notify_all()

    def replace(self, index: AnyIndex) -> None:
        """Use another index from now on; searches under way end with the old one."""
        with self._changed:
            old, self._held = self._held, _Held(index)
            old.retired = True
            old.close_if_done()

    def close(self) -> None:
        """Close the index when the searches under way are over."""
        with self._changed:
            self._changed.wait_for(lambda: not self._held.users)
            self._held.index.close()

    def _follow(self, standing: Standing | None) -> None:
        if self._reopen is not None and standing is not None and standing.revision > self._revision:
            self.replace(self._reopen(standing))
            self._revision = standing.revision


class LiveDense(LiveIndex[VectorIndex]):
    """The dense index in use now. Implements `rag.ports.MeaningSearcher` too."""

    def closeness(self, query: str, keys: Sequence[tuple[str, int]]) -> list[Closeness]:
        """Cosines of the two best chunks of each visible paragraph."""
        standing = self._catalogue.standing()
        with self.current(standing) as index:
            return index.closeness(query, keys, hidden=standing.hidden)


class LiveLexical(LiveIndex[LexicalIndex]):
    """The lexical index in use now. Implements `rag.ports.FieldSearcher` and `WordStatistics`."""

    def idf(self, words: Sequence[str]) -> list[float]:
        """Inverse document frequency per word."""
        with self.current() as index:
            return index.idf(words)

    def fields(self, query: str, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], FieldScores]:
        """What the query scores in each field of visible paragraphs, not weighted."""
        standing = self._catalogue.standing()
        with self.current(standing) as index:
            return index.fields(query, keys, hidden=standing.hidden)
