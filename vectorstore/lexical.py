"""Finds paragraphs by their words: BM25 over words and character bigrams in an embedded Tantivy.

The only file that may import tantivy. Imports the records, errors and Chinese text of `rag`.
"""

import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import tantivy

from rag.chinese import terms
from rag.datatypes import Match, Paragraph
from rag.errors import LibraryDamaged

_ANALYSER = "terms"
_TOKEN = "token_"
_WRITER_BYTES = 50_000_000
# Headings, department, person and leader above or below a paragraph help to find it, but less than its words.
_CONTEXT_WEIGHT = 0.5
# A question word counts once, or twice when it is both a word and a bigram, as it does in the index;
# on CMRC2018 dev that finds R@1 .966, R@5 .995 against .964, .996 when it counts once.
_MOST_REPEATS = 2
# So many more than asked for are read, so that ties at the cut are broken by id and not by chance.
_SPARE = 32
_DIGITS = 4


class LexicalIndex:
    """Terms of paragraphs in a folder of their own. Implements `rag.ports.WordStatistics` too."""

    def __init__(self, folder: Path, index: tantivy.Index, writer: "tantivy.IndexWriter | None") -> None:
        self.folder = folder
        self._index = index
        self._writer = writer
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
        """The index in a folder. Raises LibraryDamaged when there is none, not whole, or of another token."""
        with _translated(folder):
            if f"{_TOKEN}{token}" not in _described(folder)["fields"]:
                raise ValueError("它属于另一个文件库或另一次建立")
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
        """Paragraphs with any of the query's terms, best BM25 first; `hidden` editions are left out."""
        counts = Counter(terms(query))
        if limit < 1 or not counts:
            return []
        scope = [document_id for document_id in document_ids if document_id.isprintable()]
        if document_ids and not scope:
            return []
        with _translated(self.folder):
            searcher = self._index.searcher()
            asked = self._asked(counts, scope, hidden)
            found = searcher.search(asked, limit=limit + _SPARE, count=False).hits
            matches = [_match(searcher.doc(address), score) for score, address in found]
        return sorted(matches, key=lambda match: (-match.score, match.document_id, match.paragraph))[:limit]

    def idf(self, words: Sequence[str]) -> list[float]:
        """How rare each word is among the paragraphs; an unknown word is as rare as can be."""
        with _translated(self.folder):
            searcher = self._index.searcher()
            total = searcher.num_docs
            # Removed paragraphs are counted until their segment is merged, hence the bound.
            counts = [min(searcher.doc_freq("words", word), total) for word in words]
        return [math.log(1 + (total - count + 0.5) / (count + 0.5)) for count in counts]

    def add(self, editions: Iterable[tuple[int, Iterable[Paragraph]]]) -> None:
        """Keep the paragraphs of editions that the index does not hold yet, visible at once."""
        with _translated(self.folder):
            writer = self._writing()
            for edition, paragraphs in editions:
                for paragraph in paragraphs:
                    writer.add_document(_entry(edition, paragraph))
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

    def _asked(self, counts: Counter[str], scope: list[str], hidden: frozenset[int]) -> tantivy.Query:
        schema = self._index.schema
        any_term = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, _weighted(schema, field, term, weight * min(count, _MOST_REPEATS)))
                for term, count in counts.items()
                for field, weight in (("words", 1.0), ("context", _CONTEXT_WEIGHT))
            ]
        )
        parts = [(tantivy.Occur.Must, any_term)]
        if scope:
            inside = tantivy.Query.term_set_query(schema, "document_id", scope)
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(inside, 0.0)))
        if hidden:
            outside = tantivy.Query.term_set_query(schema, "edition", sorted(hidden))
            parts.append((tantivy.Occur.MustNot, outside))
        return tantivy.Query.boolean_query(parts)


def _weighted(schema: tantivy.Schema, field: str, term: str, weight: float) -> tantivy.Query:
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
    # there are: a field that no entry has tells whose index this is.
    builder.add_integer_field(f"{_TOKEN}{token}")
    builder.add_integer_field("edition", indexed=True)
    builder.add_text_field("document_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("words", tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_text_field("context", tokenizer_name=_ANALYSER, index_option="freq")
    return builder.build()


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    return index.writer(heap_size=_WRITER_BYTES, num_threads=1)


def _entry(edition: int, paragraph: Paragraph) -> tantivy.Document:
    attributes = paragraph.attributes
    leader = attributes.task.leader if attributes.task else None
    context = [*paragraph.section, attributes.department, attributes.person, attributes.post, leader]
    return tantivy.Document(
        edition=edition,
        document_id=paragraph.document_id,
        number=paragraph.number,
        words=" ".join(terms(paragraph.text)),
        context=" ".join(terms("\n".join(filter(None, context)))),
    )


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
