"""The bundled transformer: texts to vectors, read with onnxruntime and without torch.

Imports the errors and ports of `rag`, and the reading of graphs. The folder is a sentence-transformers model
too (`backend="onnx"`), and a test sees that both ways of reading it give the same vectors.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from tokenizers import Tokenizer

from rag.errors import ModelUnavailable
from rag.ports import Vector
from vectorstore.graphs import TRANSFORMER_FOLDER, Graph

# So many tokens at a time keep what the layers hold within some 50 MB.
_BATCH_TOKENS = 4_096
# The first ids are padding, the unknown word, and what stands around a text.
_SPECIAL = 4


class TransformerModel:
    """Six layers over Chinese words and English word pieces."""

    def __init__(self, tokenizer: Tokenizer, graph: Graph, dimension: int) -> None:
        self._tokenizer = tokenizer
        self._graph = graph
        self.dimension = dimension

    @classmethod
    def load(cls, folder: Path = TRANSFORMER_FOLDER) -> Self:
        """Read the files. Raises ModelUnavailable when they are not whole."""
        tokenizer = load_tokenizer(folder)
        graph = Graph(folder / "onnx" / "model.onnx", "sentence_embedding")
        return cls(tokenizer, graph, graph.run([tokenizer.encode("一")]).shape[1])

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vector:  # noqa: ARG002 - alike to it
        """Vectors of length one, shape (len(texts), dimension); zeros for texts without a word."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        found = self._tokenizer.encode_batch_fast(list(texts))
        # A text of nothing but unknown words says nothing: it must not be near to others like it.
        lengths = [len(each.ids) if max(each.ids) >= _SPECIAL else 0 for each in found]
        for rows in _batches(lengths):
            vectors[rows] = self._graph.run([found[row] for row in rows])
        return vectors


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of the folder's models. Raises ModelUnavailable."""
    try:
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    # `Tokenizer.from_file` raises nothing narrower.
    except Exception as error:
        raise ModelUnavailable(
            f"自带模型不完整（{type(error).__name__}）：{folder}。请重新安装本程序。"
        ) from error


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of texts of any length but 0, those of about one length together, as many as fill a batch."""
    order = sorted((row for row in range(len(lengths)) if lengths[row]), key=lengths.__getitem__)
    batch: list[int] = []
    for row in order:
        if batch and (len(batch) + 1) * lengths[row] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
