"""The graph of vectors: an embedded Chroma, cosine, one entry per vector under its number.

The only file that may import chromadb. Imports the errors and ports of `rag`, and the vectors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Self

import numpy as np

from rag.errors import LibraryDamaged
from rag.ports import Vector
from vectorstore.points import Numbers
from vectorstore.vectors import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_COLLECTION = "vectors"
# A light graph: what it misses is found by the codes (see `exact`), and building one of Chroma's default
# size takes as long as all the rest of taking a document in. Chroma keeps its whole graph in memory and
# writes all of it to disk each time so many vectors have come.
_HNSW = {
    "space": "cosine",
    "max_neighbors": 8,
    "ef_construction": 48,
    "ef_search": 500,
    "sync_threshold": 10_000,
}
# Chroma lets no other thread run while it adds; this many take it a third of a second.
_BATCH = 2_048
_NEAR = 1e-3
_HEADER_BYTES = 100


class DenseIndex:
    """Vectors in a folder of their own, under rising numbers; none is ever removed or replaced.

    Chroma keeps what was removed and finds less with every removal, so a fresh one is built instead.
    For one process at a time: Chroma writes to the folder even when it is only asked to search, and a
    second process finds it missing or damaged in between.
    """

    def __init__(self, folder: Path, client: "ClientAPI", collection: "Collection") -> None:
        self.folder = folder
        self._client = client
        self._collection = collection
        self._batch = min(_BATCH, client.get_max_batch_size())
        self._last: int | None = None

    @classmethod
    def create(cls, folder: Path, token: str) -> Self:
        """A new, empty index in a folder that does not exist yet, to be known again by a token."""
        with _translated(folder):
            folder.mkdir(parents=True)
            client = _client(folder)
            # Without `embedding_function=None` Chroma would fetch a model of its own.
            collection = client.create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration={"hnsw": dict(_HNSW)},
                metadata={"token": token},
            )
            return cls(folder, client, collection)

    @classmethod
    def open(cls, folder: Path, token: str) -> Self:
        """The index in a folder. Raises LibraryDamaged when there is none or it has another token."""
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
                found = cls(folder, client, collection)
            except BaseException:
                client.close()
                raise
        if (collection.metadata or {}).get("token") != token:
            found.close()
            raise _damaged(folder, "它属于另一个文件库或另一次建立")
        return found

    def add(self, numbers: Numbers, rows: Vector) -> None:
        """Keep vectors under numbers above all that there are."""
        for start in range(0, len(numbers), self._batch):
            some = slice(start, start + self._batch)
            with _translated(self.folder):
                self._collection.upsert(
                    ids=[str(number) for number in numbers[some]], embeddings=np.ascontiguousarray(rows[some])
                )

    def follow(self, vectors: Vectors) -> None:
        """Take in the vectors of a catalogue that are not here yet.

        They come in the order of their numbers and none goes, so what is missing is the end.
        """
        if self._last is None:
            self._last = vectors.number_at(self.count())
        for numbers, rows in vectors.after(self._last):
            self.add(numbers, rows)
            self._last = int(numbers[-1])

    def nearest(self, vector: Vector, limit: int) -> Numbers:
        """Numbers of `limit` vectors that are near, or as many as there are; a few may be missed."""
        with _translated(self.folder):
            found = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return np.array([int(number) for number in found["ids"][0]], dtype=np.int64)

    def count(self) -> int:
        """How many vectors are kept."""
        with _translated(self.folder):
            return int(self._collection.count())

    def lost(self, numbers: Numbers, rows: Vector) -> list[int]:
        """Those of the vectors that are not kept as they should be. Raises LibraryDamaged."""
        if not len(numbers):
            return []
        with _translated(self.folder):
            kept = self._collection.get(ids=[str(number) for number in numbers], include=["embeddings"])
            vectors = dict(zip(kept["ids"], kept["embeddings"], strict=True))
        # What a search does not find proves nothing: the graph misses some.
        self.nearest(rows[0], 1)
        return [
            number
            for number, row in zip(numbers.tolist(), rows, strict=True)
            if str(number) not in vectors or not np.allclose(vectors[str(number)], row, atol=_NEAR)
        ]

    def close(self) -> None:
        """Release the folder."""
        self._client.close()


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
