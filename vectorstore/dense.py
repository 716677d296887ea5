"""Finds paragraphs by meaning: one vector per chunk in an embedded Chroma, cosine.

The only file that may import chromadb. Imports the records, errors and ports of `rag`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

from rag.datatypes import Match
from rag.errors import LibraryDamaged
from rag.ports import Embedder
from vectorstore.points import Point

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_COLLECTION = "chunks"
# Measured on 14,620 sentences, 4,000 of them of one pattern: Chroma's defaults find .88 of the nearest 50
# and the nearest one in .91 of searches; these find .996 and .99, for three times the time to build.
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 400, "ef_search": 500}
_BATCH = 1024
# A paragraph has a few units, so this many records usually hold enough different paragraphs.
_UNITS_PER_PARAGRAPH = 3
# Distances carry float32 noise; scores equal to this many digits are equal, so that ties are real ties.
_DIGITS = 6
_NEAR = 1e-3
_HEADER_BYTES = 100


class DenseIndex:
    """Vectors of chunks in a folder of their own; a chunk's paragraph is what is found.

    For one process at a time: Chroma writes to the folder even when it is only asked to search, and a
    second process finds it missing or damaged in between.
    """

    def __init__(
        self, folder: Path, client: "ClientAPI", collection: "Collection", embedder: Embedder
    ) -> None:
        self.folder = folder
        self._client = client
        self._collection = collection
        self._embedder = embedder
        self._batch = min(_BATCH, client.get_max_batch_size())

    @classmethod
    def create(cls, folder: Path, embedder: Embedder) -> Self:
        """A new, empty index in a folder that does not exist yet."""
        with _translated(folder):
            folder.mkdir(parents=True)
            client = _client(folder)
            # Without `embedding_function=None` Chroma would fetch a model of its own.
            collection = client.create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": dict(_HNSW)}
            )
            return cls(folder, client, collection, embedder)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> Self:
        """The index in a folder. Raises LibraryDamaged when there is none."""
        # Chroma would make a missing store anew and then find nothing, silently.
        if not (folder / "chroma.sqlite3").is_file():
            raise _damaged(folder, "文件夹或其中的文件不存在")
        # Chroma takes the whole process down when it reads a header that was cut short.
        if any(0 < header.stat().st_size < _HEADER_BYTES for header in folder.glob("*/header.bin")):
            raise _damaged(folder, "文件 header.bin 不完整")
        with _translated(folder):
            client = _client(folder)
            try:
                collection = client.get_collection(_COLLECTION, embedding_function=None)
                return cls(folder, client, collection, embedder)
            except BaseException:
                client.close()
                raise

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
        vector = self._embedder.embed_query(query)
        if not vector.any():
            return []
        scope = None
        if document_ids:
            known = sorted(document_id for document_id in document_ids if document_id.isprintable())
            if not known:
                return []
            scope = {"document_id": {"$in": known}}
        wanted = limit * _UNITS_PER_PARAGRAPH
        with _translated(self.folder):
            while True:
                found = self._collection.query(
                    query_embeddings=[vector],
                    n_results=wanted,
                    where=scope,
                    include=["metadatas", "distances"],
                )
                matches = _best(found["metadatas"][0], found["distances"][0], hidden)
                if len(matches) >= limit or len(found["ids"][0]) < wanted:
                    return matches[:limit]
                wanted *= 2

    def add(self, points: Iterable[Point]) -> None:
        """Keep points; adding one again changes nothing."""
        left = iter(points)
        while batch := list(islice(left, self._batch)):
            with _translated(self.folder):
                self._collection.upsert(
                    ids=[point.chunk_id for point in batch],
                    embeddings=[point.vector for point in batch],
                    metadatas=[{"document_id": p.document_id, "paragraph": p.paragraph} for p in batch],
                )

    def remove(self, document_id: str) -> None:
        """Forget a document's chunks, if there are any."""
        with _translated(self.folder):
            self._collection.delete(where={"document_id": document_id})

    def discard(self, chunk_ids: Sequence[str]) -> None:
        """Forget chunks by id."""
        left = iter(chunk_ids)
        while batch := list(islice(left, self._batch)):
            with _translated(self.folder):
                self._collection.delete(ids=batch)

    def count(self) -> int:
        """How many chunks are kept."""
        with _translated(self.folder):
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Ids of all chunks kept."""
        with _translated(self.folder):
            return set(self._collection.get(include=[])["ids"])

    def lost(self, chunk_ids: Sequence[str]) -> list[str]:
        """Those of the chunks that a search with their own vector does not find; embeds nothing."""
        if not chunk_ids:
            return []
        with _translated(self.folder):
            kept = self._collection.get(ids=list(chunk_ids), include=["embeddings"])
            vectors = {i: v for i, v in zip(kept["ids"], kept["embeddings"], strict=True) if v.any()}
            lost = set(chunk_ids) - set(kept["ids"])
            for chunk_id, vector in vectors.items():
                found = self._collection.query(query_embeddings=[vector], n_results=1, include=["distances"])
                # A chunk with the very same words may come first.
                if not found["ids"][0] or found["distances"][0][0] > _NEAR:
                    lost.add(chunk_id)
        return sorted(lost)

    def close(self) -> None:
        """Release the folder."""
        self._client.close()


def _best(
    metadatas: Sequence[dict[str, Any]], distances: Sequence[float], hidden: frozenset[str]
) -> list[Match]:
    """One match per paragraph, best first, ties by document id and number."""
    best: dict[tuple[str, int], float] = {}
    for metadata, distance in zip(metadatas, distances, strict=True):
        key = (metadata["document_id"], metadata["paragraph"])
        if key[0] not in hidden:
            best[key] = max(best.get(key, -1.0), round(1.0 - distance, _DIGITS))
    return [Match(*key, score) for key, score in sorted(best.items(), key=lambda item: (-item[1], item[0]))]


def _chroma() -> ModuleType:
    # Importing costs 0.7 seconds, which a command that opens no library must not pay.
    import chromadb  # noqa: PLC0415

    module: ModuleType = chromadb
    return module


def _client(folder: Path) -> "ClientAPI":
    chroma = _chroma()
    # `_env_file=None`: the .env of this program is not Chroma's to read.
    settings = chroma.config.Settings(anonymized_telemetry=False, _env_file=None)
    return chroma.PersistentClient(path=folder, settings=settings)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn Chroma's errors into LibraryDamaged: embedded, it fails when its files are not as it left them."""
    chroma = _chroma()
    try:
        yield
    # AttributeError: what Chroma raises when a folder is opened again that it failed to open before.
    except (chroma.errors.ChromaError, AttributeError, OSError) as error:
        raise _damaged(folder, str(error)) from error


def _damaged(folder: Path, reason: str) -> LibraryDamaged:
    return LibraryDamaged(f"语义索引 {folder} 无法使用：{reason}。请运行 `rag doctor --rebuild` 由目录重建。")
