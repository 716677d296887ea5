"""The bundled reranker: reads the question together with the best window of each of a few paragraphs.

Imports the ports and Chinese text of `rag`, and the reading of graphs. A window is about as long as
those it has learnt from; which one of a paragraph is read, the vectors of a fast model tell.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from tokenizers import Tokenizer

from rag.language.chinese import normalise
from rag.ports import Embedder
from vectorstore.embedding import encodable
from vectorstore.graphs import TRANSFORMER_FOLDER, Graph
from vectorstore.stretches import nearest_windows
from vectorstore.transformer import load_tokenizer

BUNDLED_RERANKER = "bundled"
# Tokens of question and window together.
_TOKENS = 64
_QUESTION = 200


class BundledReranker:
    """Four layers of the bundled transformer. Implements `rag.ports.Reranker`; threads may share it."""

    def __init__(self, embedder: Embedder, *, seconds: float, folder: Path = TRANSFORMER_FOLDER) -> None:
        """`seconds` is what one question may take before it is read, loading apart."""
        self._embedder = embedder
        self._seconds = seconds
        self._folder = folder
        self._lock = Lock()
        self._loaded: tuple[Tokenizer, Graph] | None = None

    @property
    def name(self) -> str:
        """What the setting calls it."""
        return BUNDLED_RERANKER

    def rerank(self, query: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """A score for each text, in the order given. Raises OutOfTime, ModelUnavailable."""
        if not texts:
            return []
        tokenizer, graph = self._ready()
        question = normalise(encodable(query))[:_QUESTION]
        whole = ["\n".join(told) for told in texts]
        windows = nearest_windows(self._embedder, question, whole, seconds=self._seconds)
        found = tokenizer.encode_batch([(question, window) for window in windows])
        scores: list[float] = graph.run(found)[:, 0].tolist()
        return scores

    def _ready(self) -> tuple[Tokenizer, Graph]:
        with self._lock:
            if self._loaded is None:
                tokenizer = load_tokenizer(self._folder)
                tokenizer.enable_truncation(_TOKENS, strategy="longest_first")
                self._loaded = tokenizer, Graph(self._folder / "onnx" / "reranker.onnx", "scores")
        return self._loaded
