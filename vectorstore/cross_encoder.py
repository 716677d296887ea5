"""Reads question and paragraph together with any cross-encoder that sentence-transformers loads.

May import the errors and ports of `rag`. The library is imported when the first question is read.
"""

import logging
from collections.abc import Sequence
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from rag.errors import ModelUnavailable, OutOfTime
from vectorstore.embedding import encodable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Pairs read between two looks at the clock.
BATCH = 4
# Paragraphs are read up to here; what a cross-encoder takes at most differs, and costs grow with it.
CHARACTERS = 1_000

_log = logging.getLogger(__name__)


class CrossEncoderReranker:
    """A cross-encoder by its hub name or folder. Implements `rag.ports.Reranker`; threads take turns."""

    def __init__(self, model: str, *, seconds: float) -> None:
        """`seconds` is what reading the paragraphs of one question may take, loading apart."""
        self._model = model
        self._seconds = seconds
        self._lock = Lock()
        self._loaded: CrossEncoder | None = None

    @property
    def name(self) -> str:
        """The hub name or folder as given."""
        return self._model

    def rerank(self, query: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """A score for each text, in the order given. Raises OutOfTime, ModelUnavailable."""
        started = perf_counter()
        with self._lock:
            waited = perf_counter() - started
            model = self._ready()
            deadline = perf_counter() + self._seconds - waited
            scores: list[float] = []
            for start in range(0, len(texts), BATCH):
                if perf_counter() >= deadline:
                    raise OutOfTime(
                        f"精排模型 {self._model!r} 在 {self._seconds:g} 秒内只读完 {start}/{len(texts)} 段，"
                        "本次按拟合的次序。可调大 RAG_RERANKER_SECONDS，或换一个小的模型。"
                    )
                pairs = [
                    (encodable(query), encodable("\n".join(told)[:CHARACTERS]))
                    for told in texts[start : start + BATCH]
                ]
                scores += model.predict(pairs, batch_size=BATCH, show_progress_bar=False).tolist()
        return scores

    def _ready(self) -> "CrossEncoder":
        if self._loaded is None:
            self._loaded = _load(self._model)
        return self._loaded


def _load(model: str) -> "CrossEncoder":
    """The model from its folder or the hub; every failure becomes ModelUnavailable."""
    try:
        # Importing costs 2 to 13 seconds, so a program that reranks nothing must not pay for it.
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        loaded = CrossEncoder(model, num_labels=1)
    # Loading reaches into files, JSON, tensors and the network: the kinds of failure have no common base.
    except Exception as error:
        raise ModelUnavailable(
            f"无法加载精排模型 {model!r}（{type(error).__name__}）。"
            "请检查 RAG_RERANKER 是否为正确的名称或文件夹；"
            "联网下载不可用时，请先把模型放到本地文件夹并填写该路径，或设 RAG_RERANKER=none 不用精排。"
        ) from error
    _log.info("reranker %s loaded", model)
    return loaded
