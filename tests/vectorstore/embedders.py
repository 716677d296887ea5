"""A small real embedder: hashed character bigrams; texts that share pairs of characters are near."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rag.language.chinese import normalise, squeeze


class BigramEmbedder:
    def __init__(self, *, dimension: int = 256, name: str | None = None) -> None:
        self.dimension = dimension
        self.name = name or f"bigrams-{dimension}"

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        characters = squeeze(normalise(text))
        vector = np.zeros(self.dimension, dtype=np.float32)
        for position in range(len(characters) - 1):
            vector[crc32(characters[position : position + 2].encode()) % self.dimension] += 1
        length = np.linalg.norm(vector)
        return vector / length if length else vector
