"""The fast bundled model, a mean of the vectors of a text's tokens, read with NumPy alone.

Imports the errors and ports of `rag`. The folder is a sentence-transformers model, and a test sees that
both ways of reading it give the same vectors; but this one is ready in half a second and 100 MB, where
loading torch takes eight seconds and 700 MB of every process that searches.
"""

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from rag.errors import ModelUnavailable
from rag.ports import Vector

FAST_FOLDER = Path(__file__).parent / "models" / "bundled-fast"
# So many texts at a time keep the rows of their tokens within some 10 MB.
_BATCH = 256
_LONG = 1_000


class StaticModel:
    """Rows of small numbers, one per token, each with a weight that scales it."""

    def __init__(self, tokenizer: Tokenizer, rows: NDArray[np.int8], weights: NDArray[np.float32]) -> None:
        self._tokenizer = tokenizer
        self._rows = rows
        self._weights = weights

    @classmethod
    def load(cls, folder: Path = FAST_FOLDER) -> Self:
        """Read the files. Raises ModelUnavailable when they are not whole."""
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tensors = load_file(folder / "model.safetensors")
            return cls(tokenizer, tensors["embeddings"], tensors["weights"])
        # `Tokenizer.from_file` raises nothing narrower.
        except Exception as error:
            raise ModelUnavailable(
                f"自带向量模型不完整（{type(error).__name__}）：{folder}。请重新安装本程序。"
            ) from error

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        found: dict[str, int] = self._tokenizer.get_vocab()
        return found

    @property
    def dimension(self) -> int:
        """How long a vector is."""
        return int(self._rows.shape[1])

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vector:  # noqa: ARG002 - alike to it
        """Means of the vectors of the texts' tokens, shape (len(texts), dimension); zeros without tokens."""
        means = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            some = slice(start, start + _BATCH)
            means[some] = self._means(texts[some])
        return means

    def embed_words(self, words: Sequence[str]) -> Vector:
        """Vectors of words, shape (len(words), dimension); one that the vocabulary has is not cut further."""
        vectors = np.zeros((len(words), self.dimension), dtype=np.float32)
        ids = np.array([self._vocabulary.get(word, 0) for word in words], dtype=np.intp)
        vectors[:] = self._rows[ids] * self._weights[ids, np.newaxis]
        cut = np.flatnonzero(ids == 0)
        vectors[cut] = self.embed([words[row] for row in cut.tolist()])
        return vectors

    def _means(self, texts: Sequence[str]) -> Vector:
        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        tokens = [encoding.ids for encoding in found]
        counts = np.array(list(map(len, tokens)), dtype=np.intp)
        means = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not counts.any():
            return means
        flat = np.fromiter(chain.from_iterable(tokens), dtype=np.intp, count=int(counts.sum()))
        rows = self._rows[flat] * self._weights[flat, np.newaxis]
        filled = counts > 0
        starts = np.cumsum(counts) - counts
        # A hundred thousand tokens added up in single precision are off by a thousandth.
        precision = np.float64 if counts.max() > _LONG else np.float32
        sums = np.add.reduceat(rows, starts[filled], axis=0, dtype=precision)
        means[filled] = sums / counts[filled, np.newaxis]
        return means


@cache
def fast_model() -> StaticModel:
    """The fast bundled model, read once for all in a process who use it. Raises ModelUnavailable."""
    return StaticModel.load()
