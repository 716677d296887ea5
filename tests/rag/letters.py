"""An embedder small enough to reason about: texts are near when they share characters."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from rag.matching.likeness import Likeness
from rag.matching.overlap import Matcher
from rag.ports import Vector
from tests.rag.shelf import Flat

_DIMENSION = 512


class Letters:
    """Implements rag.ports.Embedder by counting characters."""

    @property
    def name(self) -> str:
        return "letters"

    def embed_documents(self, texts: Sequence[str]) -> Vector:
        rows = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in text:
                row[crc32(character.encode()) % _DIMENSION] += 1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        vectors: Vector = (rows / np.maximum(lengths, 1.0)).astype(np.float32)
        return vectors

    def embed_query(self, text: str) -> Vector:
        row: Vector = self.embed_documents([text])[0]
        return row


def matcher() -> Matcher:
    """A matcher of a library in which every word is equally rare."""
    return Matcher(Flat(), Likeness(Letters()))
