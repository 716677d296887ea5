"""How alike words are in meaning: for each word of a question, the nearest word of a text.

May import the ports. Words are embedded one by one, so it wants a model that is fast on words.
"""

from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from rag.ports import Embedder, Vector

# Cosines of words in the bundled model: unrelated words are often as near as the first (晚上, 占 .15),
# words of one meaning as near as the second (晚上, 夜间 .71); likeness runs from 0 to 1 between them.
UNRELATED = 0.2
SYNONYMOUS = 0.7
# Words whose vectors are kept: at 256 dimensions about 50 MB.
CAPACITY = 50_000

Rows = NDArray[np.intp]


class Likeness:
    """Best likeness of wanted words in texts. Vectors of words seen are kept; safe to share by threads."""

    def __init__(self, embedder: Embedder, *, capacity: int = CAPACITY) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._rows: dict[str, int] = {}
        self._vectors: Vector = np.zeros((0, 0), dtype=np.float32)
        self._lock = Lock()

    def best(self, wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Array of shape (len(texts), len(wanted)), 0..1.

        1 where a text has the word itself or one of the same meaning, 0 where nothing is like it.
        Figures are like nothing but themselves. Costs time linear in the words of the texts.
        """
        table = np.zeros((len(texts), len(wanted)), dtype=np.float32)
        filled = [row for row, text in enumerate(texts) if text]
        if not wanted or not filled:
            return table
        words = [word for row in filled for word in texts[row]]
        starts = np.cumsum([0, *(len(texts[row]) for row in filled[:-1])])
        distinct = {word: column for column, word in enumerate(dict.fromkeys(words))}
        near = self._near(wanted, distinct)[:, [distinct[word] for word in words]]
        table[filled] = np.maximum.reduceat(near, starts, axis=1).T
        return table

    def _near(self, wanted: Sequence[str], distinct: dict[str, int]) -> NDArray[np.float32]:
        """Likeness of each wanted word with each distinct word of the texts."""
        vectors = self._look_up([*wanted, *distinct])
        # Row by row in this thread; `@` would ask BLAS for all of them, 20 times slower on a busy machine.
        cosine = np.vecdot(vectors[: len(wanted), np.newaxis], vectors[np.newaxis, len(wanted) :])
        near: NDArray[np.float32] = np.clip((cosine - UNRELATED) / (SYNONYMOUS - UNRELATED), 0.0, 1.0)
        for row, word in enumerate(wanted):
            if any(character.isdigit() for character in word):
                near[row] = 0.0
            if word in distinct:
                near[row, distinct[word]] = 1.0
        return near

    def _look_up(self, words: Sequence[str]) -> Vector:
        """A row for each word; those not seen before are embedded in one batch."""
        with self._lock:
            new = list(dict.fromkeys(word for word in words if word not in self._rows))
            if len(self._rows) + len(new) > self._capacity:
                self._rows = {}
                new = list(dict.fromkeys(words))
            if new:
                self._keep(new, self._embedder.embed_documents(new))
            rows: Rows = np.fromiter((self._rows[word] for word in words), dtype=np.intp, count=len(words))
            return self._vectors[rows]

    def _keep(self, words: Sequence[str], vectors: Vector) -> None:
        """Put vectors behind those there are, in a table that doubles, so that few words cost little."""
        start, end = len(self._rows), len(self._rows) + len(words)
        if end > len(self._vectors):
            grown = np.zeros((max(end, 2 * start), vectors.shape[1]), dtype=np.float32)
            if start:
                grown[:start] = self._vectors[:start]
            self._vectors = grown
        self._vectors[start:end] = vectors
        self._rows.update((word, row) for row, word in enumerate(words, start))
