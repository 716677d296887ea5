"""The bundled transformer as a reranker: how near a question is to the best window of a few paragraphs.

Imports the ports and Chinese text of `rag`. It embeds a window with the end of what stands above it, its
headings and who is in charge, so it reads in order what the fast model, which found the paragraph, takes for
a bag of words; question and window apart, so it costs half of what the bundled cross-encoder does a window.
"""

from collections.abc import Sequence

import numpy as np

from rag.language.chinese import normalise
from rag.ports import Embedder
from vectorstore.embedding import encodable
from vectorstore.stretches import nearest_windows

BUNDLED_COMPARER = "bundled-embedding"
# Characters of what stands above a paragraph that are read: the end says most of it.
_CONTEXT = 60
_QUESTION = 200


class BundledComparer:
    """Implements `rag.ports.Reranker` with two models: a fast one finds the window that a good one reads."""

    def __init__(self, fast: Embedder, good: Embedder, *, seconds: float) -> None:
        """`seconds` is what one question may take before it is read."""
        self._fast = fast
        self._good = good
        self._seconds = seconds

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return BUNDLED_COMPARER

    def rerank(self, query: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """The cosine of each text, in the order given. Raises OutOfTime, ModelUnavailable."""
        if not texts:
            return []
        question = normalise(encodable(query))[:_QUESTION]
        asked = self._good.embed_query(question)
        windows = nearest_windows(self._fast, question, [text for _, text in texts], seconds=self._seconds)
        told = [f"{_head(context)} {window}" for (context, _), window in zip(texts, windows, strict=True)]
        cosines: list[float] = np.vecdot(self._good.embed_documents(told), asked).tolist()
        return cosines


def _head(context: str) -> str:
    return normalise(encodable(context)).replace("\n", " ")[-_CONTEXT:]
