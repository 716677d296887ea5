"""Vectors of single words, by the hundred in a millisecond: rows of the fast bundled model.

Imports the ports of `rag`, the reading of the model and the scaling of vectors.
"""

from collections.abc import Sequence

from rag.ports import Vector
from vectorstore.embedding import FAST, unit
from vectorstore.static import fast_model


class WordEmbedder:
    """Implements `rag.ports.Embedder` for words; the model is loaded when it is first asked.

    A word of the model's vocabulary is its row, without a look at how it might be cut; other texts are
    embedded as the fast model embeds them.
    """

    @property
    def name(self) -> str:
        """The model whose rows they are."""
        return f"{FAST}（词）"

    def embed_documents(self, texts: Sequence[str]) -> Vector:
        """Rows of shape (len(texts), dimension), L2-normalised; what has no known word is a zero row."""
        return unit(fast_model().embed_words(texts))

    def embed_query(self, text: str) -> Vector:
        """One vector of shape (dimension,), L2-normalised."""
        row: Vector = self.embed_documents([text])[0]
        return row
