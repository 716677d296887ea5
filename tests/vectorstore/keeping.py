"""Indexes that take whole documents by name, beside a catalogue that numbers them and keeps their vectors."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.datatypes import Match, ParsedDocument
from rag.ports import Embedder
from tests.vectorstore.embedders import BigramEmbedder
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from vectorstore.drafting import embed
from vectorstore.exact import HELD, ExactIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.points import Reading
from vectorstore.tiered import SCANNED, TieredIndex
from vectorstore.wording import wording


def read(catalogue: Catalogue, document: ParsedDocument, embedder: Embedder | None = None) -> Reading:
    """A document announced and embedded, to be indexed."""
    editions = catalogue.announce(1)
    (reading,) = embed([document], editions, catalogue, embedder or BigramEmbedder())
    return reading


class Kept:
    """An index that documents are added to and removed from by their ids."""

    def __init__(self, catalogue: Catalogue, index: ExactIndex | TieredIndex | LexicalIndex) -> None:
        self.catalogue = catalogue
        self.index = index
        self.editions: dict[str, int] = {}

    def keep(self, document: ParsedDocument) -> None:
        reading = read(self.catalogue, document)
        self.editions[document.document.id] = reading.edition
        if isinstance(self.index, LexicalIndex):
            self.index.add([wording(reading.edition, document)])
        else:
            self.index.add([reading])

    def remove(self, document_id: str) -> None:
        self.index.remove([self.editions.get(document_id, 0)])

    def search(
        self,
        query: str,
        *,
        limit: int,
        document_ids: frozenset[str] = frozenset(),
        hidden: frozenset[int] = frozenset(),
    ) -> list[Match]:
        return self.index.search(query, limit=limit, document_ids=document_ids, hidden=hidden)


@contextmanager
def exact(home: Path, *, held: int = HELD) -> Iterator[Kept]:
    """An empty index in memory."""
    catalogue = Catalogue.open(home / "c.db", writable=True)
    yield Kept(catalogue, ExactIndex(BigramEmbedder(), catalogue.vectors, held=held))
    catalogue.close()


@contextmanager
def tiered(home: Path, *, held: int = HELD, scanned: int = SCANNED) -> Iterator[Kept]:
    """An empty index of a process that writes."""
    with exact(home, held=held) as kept:
        dense = DenseIndex.create(home / "dense", "token")
        kept.index = TieredIndex(
            lambda: dense,
            kept.index,
            vectors=kept.catalogue.vectors,
            embedder=BigramEmbedder(),
            scanned=scanned,
        )
        yield kept
        kept.index.close()


@contextmanager
def lexical(home: Path) -> Iterator[Kept]:
    """An empty index of words."""
    with exact(home) as kept:
        kept.index = LexicalIndex.create(home / "lexical", "token")
        yield kept
        kept.index.close()
