"""Finds paragraphs by their words: BM25 over words and character bigrams in an embedded Tantivy.

The only file that may import tantivy. Imports the records, errors and Chinese text of `rag`.
"""

import json
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import tantivy

from rag.datatypes import FieldScores, Match
from rag.errors import LibraryDamaged
from vectorstore.asking import Asked, Terms, ask
from vectorstore.wording import Entry, Wording, entries

# Grows with every change of what is written into an index; one of another layout is built anew.
LAYOUT = 3
_LAYOUT = "layout_"
_TOKEN = "token_"
_ANALYSER = "terms"
_WRITER_BYTES = 50_000_000
# Fields of terms; that of sounds is asked only for what these do not hold, and names only tell aliases.
_TEXTS = ("body", "context", "title")
# So many more than asked for are read, so that ties at the cut are broken by id and not by chance.
_SPARE = 32
_DIGITS = 4
# Names of offices that begin and end alike; more are not compared.
_MOST_NAMES = 64

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
        analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_ANALYSER, analyser)

    @classmethod
    def create(cls, folder: Path, token: str) -> Self:
        """A new, empty index to write to, in a folder that does not exist yet, to be known by a token."""
        with _translated(folder):
            folder.mkdir(parents=True)
            index = tantivy.Index(_schema(token), path=str(folder))
            return cls(folder, index, _writer(index))

    @classmethod
    def open(cls, folder: Path, token: str, *, writable: bool) -> Self:
        """The index in a folder.

        Raises LibraryDamaged when there is none, it is not whole, of another layout or of another token.
        """
        with _translated(folder):
            fields = _described(folder)["fields"]
            if f"{_TOKEN}{token}" not in fields:
                raise ValueError("它属于另一个文件库或另一次建立")
            if f"{_LAYOUT}{LAYOUT}" not in fields:
                raise ValueError("它是另一版本的程序建立的")
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
            searcher = self._index.searcher()
            asked = self._asked(query, searcher)
            if not asked:
                return []
            weighted = [
                tantivy.Query.boost_query(part, getattr(self._weights, field))
                for field, part in asked.items()
            ]
            parts = [(tantivy.Occur.Must, _any(weighted)), *self._bounds(scope, hidden)]
            found = searcher.search(
                tantivy.Query.boolean_query(parts), limit=limit + _SPARE, count=False
            ).hits
            matches = [_match(searcher.doc(address), score) for score, address in found]
        return sorted(matches, key=lambda match: (-match.score, match.document_id, match.paragraph))[:limit]

    def fields(
        self, query: str, keys: Sequence[Key], *, hidden: frozenset[int] = frozenset()
    ) -> dict[Key, FieldScores]:
        """What the query scores in each field of these paragraphs, not weighted."""
        scores = {key: {"body": 0.0} for key in keys}
        if not scores:
            return {}
        with _translated(self.folder):
            searcher = self._index.searcher()
            chosen = tantivy.Query.term_set_query(
                self._index.schema, "key", sorted(_key_number(*key) for key in scores)
            )
            only = [
                (tantivy.Occur.Must, tantivy.Query.const_score_query(chosen, 0.0)),
                *self._bounds([], hidden),
            ]
            for field, part in self._asked(query, searcher).items():
                asked = tantivy.Query.boolean_query([*only, (tantivy.Occur.Must, part)])
                for score, address in searcher.search(asked, limit=len(scores), count=False).hits:
                    match = _match(searcher.doc(address), score)
                    scores[match.document_id, match.paragraph][field] = match.score
        return {key: FieldScores(**parts) for key, parts in scores.items()}

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
                    writer.add_document(_document(wording.edition, entry))
            writer.commit()
            self._index.reload()

    def remove(self, editions: Collection[int]) -> None:
        """Forget the paragraphs of some editions, if there are any."""
        if not editions:
            # A commit without a change would still be a later one than the catalogue knows of.
            return
        with _translated(self.folder):
            writer = self._writing()
            for edition in editions:
                writer.delete_documents_by_term("edition", edition)
            writer.commit()
            self._index.reload()

    def stamp(self) -> int:
        """Which commit this is: the number grows with each."""
        with _translated(self.folder):
            return int(_described(self.folder)["stamp"])

    def count(self) -> int:
        """How many paragraphs are kept."""
        with _translated(self.folder):
            return int(self._index.searcher().num_docs)

    def close(self) -> None:
        """Finish what is being merged and release the folder."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with _translated(self.folder):
                writer.wait_merging_threads()

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise LibraryDamaged(f"词语索引 {self.folder} 以只读方式打开，不能写入。")
        return self._writer

    def _asked(self, query: str, searcher: tantivy.Searcher) -> dict[str, tantivy.Query]:
        """What is looked for in each field; nothing for a query without terms."""
        asked = ask(query, _Held(searcher))
        fields = {field: self._any_of(field, asked) for field in _TEXTS if asked}
        return {**fields, "sound": self._terms("sound", asked.sounds)} if asked.sounds else fields

    def _any_of(self, field: str, asked: Asked) -> tantivy.Query:
        return _any(
            [
                self._terms(field, asked.terms),
                *(
                    tantivy.Query.disjunction_max_query([self._terms(field, name) for name in named.names])
                    for named in asked.named
                ),
            ]
        )

    def _terms(self, field: str, weights: Terms) -> tantivy.Query:
        return _any([_term(self._index.schema, field, term, weight) for term, weight in weights.items()])

    def _bounds(
        self, scope: Sequence[str], hidden: frozenset[int]
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """In which documents, and not in which editions."""
        schema, parts = self._index.schema, []
        if scope:
            inside = tantivy.Query.term_set_query(schema, "document_id", scope)
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(inside, 0.0)))
        if hidden:
            outside = tantivy.Query.term_set_query(schema, "edition", sorted(hidden))
            parts.append((tantivy.Occur.MustNot, outside))
        return parts


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


def _any(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


def _term(schema: tantivy.Schema, field: str, term: str, weight: float) -> tantivy.Query:
    query = tantivy.Query.term_query(schema, field, term, index_option="freq")
    return tantivy.Query.boost_query(query, weight)


def _described(folder: Path) -> dict[str, Any]:
    """What Tantivy's own description of the index says of its fields and its last commit."""
    meta = json.loads((folder / "meta.json").read_bytes())
    try:
        return {"fields": [field["name"] for field in meta["schema"]], "stamp": meta["opstamp"]}
    except (KeyError, TypeError) as error:
        raise ValueError("meta.json 不完整") from error


def _schema(token: str) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Tantivy keeps no notes of ours, but the names of its fields stand in the file that says which segments
    # there are: fields that no entry has tell whose index this is, and how it is laid out.
    builder.add_integer_field(f"{_TOKEN}{token}")
    builder.add_integer_field(f"{_LAYOUT}{LAYOUT}")
    builder.add_integer_field("edition", indexed=True)
    builder.add_integer_field("key", indexed=True)
    builder.add_text_field("document_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", stored=True)
    for field in _TEXTS:
        builder.add_text_field(field, tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_text_field("sound", tokenizer_name=_ANALYSER, index_option="basic")
    builder.add_text_field("names", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    return index.writer(heap_size=_WRITER_BYTES, num_threads=1)


def _document(edition: int, entry: Entry) -> tantivy.Document:
    document_id, number = entry.paragraph.document_id, entry.paragraph.number
    return tantivy.Document(
        edition=edition,
        key=_key_number(document_id, number),
        document_id=document_id,
        number=number,
        body=entry.body,
        context=entry.context,
        title=entry.title,
        sound=entry.sound,
        names=entry.names,
    )


def _key_number(document_id: str, number: int) -> int:
    """One number for a paragraph, to choose it by."""
    digest = blake2b(f"{document_id}#{number}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def _match(entry: tantivy.Document, score: float) -> Match:
    # The order in which a sum is taken differs between segments; rounding keeps ties real ties.
    return Match(entry["document_id"][0], entry["number"][0], round(score, _DIGITS))


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn Tantivy's errors, all of them ValueError or OSError, into LibraryDamaged."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise LibraryDamaged(
            f"词语索引 {folder} 无法使用：{error}。请运行 `rag doctor --rebuild` 由目录重建。"
        ) from error
