"""What a dense index keeps of a chunk: which paragraph it stands for, and its vector.

Imports the records and ports of `rag`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.datatypes import Chunk
from rag.ports import Embedder, Vector


@dataclass(frozen=True, slots=True)
class Point:
    """A chunk as a vector; the same chunk and model give the same point."""

    chunk_id: str
    document_id: str
    paragraph: int
    vector: Vector = field(repr=False, compare=False)


def embed(chunks: Sequence[Chunk], embedder: Embedder) -> list[Point]:
    """Points of chunks, in their order."""
    vectors = embedder.embed_documents([chunk.text for chunk in chunks])
    return [
        Point(chunk.id, chunk.document_id, chunk.first, vector)
        for chunk, vector in zip(chunks, vectors, strict=True)
    ]
