"""The index in use now: follows the catalogue when it is rebuilt, or changed by another process.

Imports the records and ports of `rag`, and the catalogue.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition
from typing import Generic, Protocol, TypeVar

from rag.datatypes import Match
from vectorstore.catalogue import Catalogue, Standing
from vectorstore.lexical import LexicalIndex
from vectorstore.points import Point


class Index(Protocol):
    """What the dense and the lexical index have in common."""

    def search(
        self, query: str, *, limit: int, document_ids: frozenset[str], hidden: frozenset[str]
    ) -> list[Match]:
        """Best paragraphs, `hidden` documents left out."""
        ...

    def remove(self, document_id: str) -> None:
        """Forget a document."""
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

    def add(self, points: Iterable[Point]) -> None:
        """Keep points."""
        ...

    def lost(self, chunk_ids: Sequence[str]) -> list[str]:
        """Those of the chunks that are not found again."""
        ...


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
        self._index = index
        self._revision = seen.revision
        self._reopen = reopen
        self._users = 0
        self._idle = Condition()

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        """Best `limit` paragraphs of visible documents, best first."""
        standing = self._catalogue.standing()
        with self.current(standing) as index:
            return index.search(query, limit=limit, document_ids=document_ids, hidden=standing.hidden)

    @contextmanager
    def current(self, standing: Standing | None = None) -> Iterator[AnyIndex]:
        """The index, kept open until the block ends."""
        if self._reopen is not None:
            self._follow(standing or self._catalogue.standing(), self._reopen)
        with self._idle:
            self._users += 1
            index = self._index
        try:
            yield index
        finally:
            with self._idle:
                self._users -= 1
                self._idle.notify_all()

    def replace(self, index: AnyIndex) -> None:
        """Use another index from now on; the old one is closed when its last search is over."""
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
            old, self._index = self._index, index
            old.close()

    def close(self) -> None:
        """Close the index when its last search is over."""
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
            self._index.close()

    def _follow(self, standing: Standing, reopen: Callable[[Standing], AnyIndex]) -> None:
        with self._idle:
            if standing.revision <= self._revision:
                return
            self._idle.wait_for(lambda: self._users == 0)
            # Another thread may have done it while this one waited.
            if standing.revision <= self._revision:
                return
            old, self._index = self._index, reopen(standing)
            self._revision = standing.revision
            old.close()


class LiveLexical(LiveIndex[LexicalIndex]):
    """The lexical index in use now. Implements `rag.ports.WordStatistics` too."""

    def idf(self, words: Sequence[str]) -> list[float]:
        """Inverse document frequency per word."""
        with self.current() as index:
            return index.idf(words)
