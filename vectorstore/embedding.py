"""Turns text into unit vectors with a sentence-transformers model, the bundled one by default.

The only run-time file that may import sentence_transformers or torch. Imports the errors and ports of
`rag`, and the bundled model.
"""

import hashlib
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelUnavailable
from rag.ports import Vector
from vectorstore.graphs import TRANSFORMER_FOLDER
from vectorstore.static import FAST_FOLDER, fast_model
from vectorstore.transformer import TransformerModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["BUNDLED", "FAST", "FAST_FOLDER", "TRANSFORMER_FOLDER", "SentenceTransformerEmbedder"]

# The transformer reads better, the mean of words a hundred times as fast.
BUNDLED = "bundled"
FAST = "bundled-fast"

# Where each bundled model lies, and the files that make it what it is.
_FOLDERS = {BUNDLED: TRANSFORMER_FOLDER, FAST: FAST_FOLDER}
_WEIGHTS = {BUNDLED: ("onnx/model.onnx", "onnx/words.bin"), FAST: ("model.safetensors",)}

_FINGERPRINT_DIGITS = 12
_BLOCK = 1 << 20
_CHECK_MODEL = (
    "请检查模型名称或文件夹是否正确；联网下载不可用时，请先把模型放到本地文件夹并填写该路径，"
    f"或改用自带模型 {BUNDLED!r}、{FAST!r}。"
)


class _Model(Protocol):
    """A model once it is loaded."""

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str], *, query: bool) -> Vector: ...


class SentenceTransformerEmbedder:
    """An embedder over any sentence-transformers model; it is loaded when the first text is embedded.

    `model` is "bundled", "bundled-fast", a folder, or a name on the model hub. Queries and documents get
    the prompts the model defines for them.
    """

    def __init__(self, model: str, *, batch_size: int = 256) -> None:
        self._model = model
        self._batch_size = batch_size
        self._lock = Lock()
        self._loaded: _Model | None = None
        self._fingerprint: str | None = None
        self._asked: tuple[str, NDArray[np.float32]] | None = None

    @property
    def name(self) -> str:
        """The hub name or folder as given; for a bundled model the start of its weights' hash."""
        if self._model not in _FOLDERS:
            return self._model
        if self._fingerprint is None:
            self._fingerprint = f"{self._model}@{_weights_hash(self._model)[:_FINGERPRINT_DIGITS]}"
        return self._fingerprint

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of shape (len(texts), dimension), L2-normalised; a text without words gives a zero row."""
        model = self._ready()
        if not texts:
            return np.zeros((0, model.dimension), dtype=np.float32)
        return unit(model.embed([encodable(text) for text in texts], query=False))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """One vector of shape (dimension,), L2-normalised, read-only.

        The last one is kept: a question is embedded to be searched with and again to be read with,
        which a large model takes a tenth of a second for each time.
        """
        asked = self._asked
        if asked is not None and asked[0] == text:
            return asked[1]
        vector: NDArray[np.float32] = unit(self._ready().embed([encodable(text)], query=True))[0]
        vector.setflags(write=False)
        self._asked = (text, vector)
        return vector

    def _ready(self) -> _Model:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._load()
        return self._loaded

    def _load(self) -> _Model:
        if self._model == BUNDLED:
            return TransformerModel.load()
        if self._model == FAST:
            return fast_model()
        return _AnyModel(self._model, self._batch_size)


class _AnyModel:
    """Any model that sentence-transformers loads."""

    def __init__(self, model: str, batch_size: int) -> None:
        self._model = _load(model)
        self._batch_size = batch_size

    @property
    def dimension(self) -> int:
        return self._model.get_embedding_dimension() or 0

    def embed(self, texts: Sequence[str], *, query: bool) -> Vector:
        encode = self._model.encode_query if query else self._model.encode_document
        rows: Vector = encode(
            list(texts), batch_size=self._batch_size, show_progress_bar=False, convert_to_numpy=True
        )
        return rows


def _load(model: str) -> "SentenceTransformer":
    """The model from its folder or the hub; every failure becomes ModelUnavailable."""
    try:
        # Importing costs 2 to 13 seconds, so a program that embeds nothing must not pay for it.
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        return SentenceTransformer(model)
    # Loading reaches into files, JSON, tensors and the network: the kinds of failure have no common base.
    except Exception as error:
        raise ModelUnavailable(
            f"无法加载向量模型 {model!r}（{type(error).__name__}）。{_CHECK_MODEL}"
        ) from error


def _weights_hash(model: str) -> str:
    """SHA-256 of the weights of a bundled model, read in blocks."""
    digest = hashlib.sha256()
    for name in _WEIGHTS[model]:
        file = _FOLDERS[model] / name
        try:
            with file.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
        except OSError as error:
            raise ModelUnavailable(f"自带向量模型不完整：无法读取 {file}。请重新安装本程序。") from error
    return digest.hexdigest()


def encodable(text: str) -> str:
    """The text without half surrogates, which broken files yield and tokenizers refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length one in 32 bits; zero and non-finite rows become zero."""
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
