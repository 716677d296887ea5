"""Finds paragraphs by their words: BM25 over words and character bigrams in an embedded Tantivy.

May import tantivy, as its layout and its queries may. Imports the records and errors of `rag`.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import tantivy

from rag.datatypes import FieldScores, Match
from rag.errors import LibraryDamaged
from vectorstore import layout
from vectorstore.asking import ask
from vectorstore.queries import Parts, Queries, bounded, weighted
from vectorstore.wording import Wording, entries

_WRITER_BYTES = 50_000_000
# So many more than asked for are read, so that ties at the cut are broken by id and not by chance.
_SPARE = 32
# Names of offices that begin and end alike; more are not compared.
_MOST_NAMES = 64
_DIGITS = 4

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What a term is worth in each field of a paragraph."""

    body: float = 1.0
    context: float = 0.5
    title: float = 0.25
    sound: float = 1.5


class LexicalIndex:
    """Terms of paragraphs in a folder of their own. Implements `rag.ports.WordStatistics` too."""

    def __init__(
        self,
        folder: Path,
        index: tantivy.Index,
        writer: "tantivy.IndexWriter | None",
        *,
        weights: FieldWeights | None = None,
    ) -> None:
        self.folder = folder
        self._index = index
        self._writer = writer
        self._weights = weights or FieldWeights()
        self._queries = Queries(index.schema)
        # By default a thread of Tantivy's opens the files again when it sees a commit, whenever that is:
        # after `close` too, and where a file is cut short in that moment the whole process dies.
        index.config_reader(reload_policy="manual")
        layout.register(index)
        self._moment = 0
        self._last: tuple[int, str, _Reading] | None = None

    @classmethod
    def create(cls, folder: Path, token: str) -> Self:
        """A new, empty index to write to, in a folder that does not exist yet, to be known by a token."""
        with _translated(folder):
            folder.mkdir(parents=True)
            index = tantivy.Index(layout.schema(token), path=str(folder))
            return cls(folder, index, _writer(index))

    @classmethod
    def open(cls, folder: Path, token: str, *, writable: bool) -> Self:
        """The index in a folder.

        Raises LibraryDamaged when there is none, it is not whole, of another layout or of another token.
        """
        with _translated(folder):
            layout.check(folder, token)
            index = tantivy.Index.open(str(folder))
            return cls(folder, index, _writer(index) if writable else None)

    def search(
        self,
        query: str,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[int] = frozenset(),
    ) -> list[Match]:
        """Paragraphs with any of the query's terms, best first; `hidden` editions are left out."""
        scope = [document_id for document_id in document_ids if document_id.isprintable()]
        if limit < 1 or (document_ids and not scope):
            return []
        with _translated(self.folder):
            reading = self._read(query)
            if not reading.fields:
                return []
            parts = [
                part
                for field, parts in reading.fields.items()
                for part in weighted(parts, getattr(self._weights, field))
            ]
            bounds = self._queries.bounds(document_ids=scope, hidden=sorted(hidden))
            matches = list(reading.find(bounded(parts, bounds), limit + _SPARE))
        return sorted(matches, key=lambda match: (-match.score, match.document_id, match.paragraph))[:limit]

    def fields(
        self, query: str, keys: Sequence[Key], *, hidden: frozenset[int] = frozenset()
    ) -> dict[Key, FieldScores]:
        """What the query scores in each field of these paragraphs, not weighted."""
        scores = {key: {"body": 0.0} for key in keys}
        if not scores:
            return {}
        with _translated(self.folder):
            reading = self._read(query)
            numbers = [layout.key_number(*key) for key in scores]
            bounds = self._queries.bounds(keys=numbers, hidden=sorted(hidden))
            for field, parts in reading.fields.items():
                for match in reading.find(bounded(parts, bounds), len(scores)):
                    scores[match.document_id, match.paragraph][field] = match.score
        return {key: FieldScores(**told) for key, told in scores.items()}

    def idf(self, words: Sequence[str]) -> list[float]:
        """How rare each word is among the paragraphs; an unknown word is as rare as can be."""
        with _translated(self.folder):
            searcher = self._index.searcher()
            total = searcher.num_docs
            # Removed paragraphs are counted until their segment is merged, hence the bound.
            counts = [min(searcher.doc_freq("body", word), total) for word in words]
        return [math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in counts]

    def add(self, wordings: Iterable[Wording]) -> None:
        """Keep the paragraphs of editions that the index does not hold yet, visible at once."""
        with _translated(self.folder):
            writer = self._writing()
            for wording in wordings:
                for entry in entries(wording):
                    writer.add_document(layout.document(wording.edition, entry))
            self._commit(writer)

    def remove(self, editions: Collection[int]) -> None:
        """Forget the paragraphs of some editions, if there are any."""
        if not editions:
            # A commit without a change would still be a later one than the catalogue knows of.
            return
        with _translated(self.folder):
            writer = self._writing()
            for edition in editions:
                writer.delete_documents_by_term("edition", edition)
            self._commit(writer)

    def stamp(self) -> int:
        """Which commit this is: the number grows with each."""
        with _translated(self.folder):
            return layout.stamp(self.folder)

    def count(self) -> int:
        """How many paragraphs are kept."""
        with _translated(self.folder):
            return int(self._index.searcher().num_docs)

    def close(self) -> None:
        """Finish what is being merged and release the folder."""
        writer, self._writer, self._last = self._writer, None, None
        if writer is not None:
            with _translated(self.folder):
                writer.wait_merging_threads()

    def _read(self, query: str) -> "_Reading":
        """The question read against what is kept now; the last one is kept, for it is asked twice."""
        moment, last = self._moment, self._last
        if last is not None and last[:2] == (moment, query):
            return last[2]
        searcher = self._index.searcher()
        reading = _Reading(searcher, self._queries.fields(ask(query, _Held(searcher))))
        self._last = moment, query, reading
        return reading

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        self._index.reload()
        # After it: what a search reads meanwhile is taken for older than it is, never for newer.
        self._moment += 1

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise LibraryDamaged(f"词语索引 {self.folder} 以只读方式打开，不能写入。")
        return self._writer


class _Reading:
    """A question at one moment: what is looked for in each field, and which paragraphs were met."""

    def __init__(self, searcher: tantivy.Searcher, fields: Mapping[str, Parts]) -> None:
        self.fields = fields
        self._searcher = searcher
        self._met: dict[tuple[int, int], Key] = {}

    def find(self, query: tantivy.Query, limit: int) -> Iterator[Match]:
        """The best paragraphs for a query."""
        for score, address in self._searcher.search(query, limit=limit, count=False).hits:
            place = address.segment_ord, address.doc
            if place not in self._met:
                self._met[place] = layout.key(self._searcher.doc(address))
            # The order in which a sum is taken differs between segments; rounding keeps ties real ties.
            yield Match(*self._met[place], round(score, _DIGITS))


class _Held:
    """What the index holds at one moment. Implements `Holdings`."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        """Of the searcher's moment."""
        self._searcher = searcher
        self.paragraphs = int(searcher.num_docs)

    def frequency(self, field: str, term: str) -> int:
        """In how many paragraphs a term stands, removed ones included until they are merged away."""
        return int(self._searcher.doc_freq(field, term))

    def beginning(self, field: str, prefix: str) -> list[str]:
        """Terms that begin so, the most frequent first."""
        return [term for term, _ in self._searcher.terms_with_prefix(field, prefix, limit=_MOST_NAMES)]


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    return index.writer(heap_size=_WRITER_BYTES, num_threads=1)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn Tantivy's errors, all of them ValueError or OSError, into LibraryDamaged."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise LibraryDamaged(
            f"词语索引 {folder} 无法使用：{error}。请运行 `rag doctor --rebuild` 由目录重建。"
        ) from error
