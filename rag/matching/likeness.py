"""How alike words are in meaning: for each word of a question, the nearest word of a text.

May import the ports. Words are embedded one by one, so it wants a model that is fast on words.
"""

from collections.abc import Mapping, Sequence
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
# Of texts the rows of their words are kept: so many in all, 40 MB at most; a text counts some itself.
_READ = 1_000_000
_A_TEXT = 16

Rows = NDArray[np.intp]


class Likeness:
    """Best likeness of wanted words in texts. Vectors of words seen are kept; safe to share by threads."""

    def __init__(self, embedder: Embedder, *, capacity: int = CAPACITY) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._rows: dict[str, int] = {}
        self._read: dict[tuple[str, ...], Rows] = {}
        self._size = 0
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
        (asked, *read), vectors = self._look_up([tuple(wanted), *(tuple(texts[row]) for row in filled)])
        starts = np.cumsum([0, *map(len, read[:-1])])
        distinct, places = np.unique(np.concatenate(read), return_inverse=True)
        near = _near(vectors[asked], vectors[distinct])
        near[[any(map(str.isdigit, word)) for word in wanted]] = 0.0
        near[asked[:, np.newaxis] == distinct] = 1.0
        table[filled] = np.maximum.reduceat(near[:, places], starts, axis=1).T
        return table

    def _look_up(self, texts: Sequence[tuple[str, ...]]) -> tuple[list[Rows], Vector]:
        """For each text the rows of its words, and the vectors; new words are embedded in one batch."""
        with self._lock:
            new = self._unread(texts)
            words = _unknown(new, self._rows)
            if len(self._rows) + len(words) > self._capacity:
                self._rows, self._read = {}, {}
            if self._size > _READ or not self._read:
                self._read, self._size = {}, 0
                new = self._unread(texts)
                words = _unknown(new, self._rows)
            if words:
                self._keep(words, self._embedder.embed_documents(words))
            for text in new:
                self._read[text] = np.array([self._rows[word] for word in text], dtype=np.intp)
                self._size += _A_TEXT + len(text)
            return [self._read[text] for text in texts], self._vectors

    def _unread(self, texts: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        return [text for text in dict.fromkeys(texts) if text not in self._read]

    def _keep(self, words: Sequence[str], vectors: Vector) -> None:
        """Put vectors behind those there are, in a table that doubles, so that few words cost little."""
        start, end = len(self._rows), len(self._rows) + len(words)
        if not start or end > len(self._vectors):
            # Whoever holds the old table goes on reading it, so no row in it is ever written again.
            grown = np.zeros((max(end, 2 * start), vectors.shape[1]), dtype=np.float32)
            if start:
                grown[:start] = self._vectors[:start]
            self._vectors = grown
        self._vectors[start:end] = vectors
        self._rows.update((word, row) for row, word in enumerate(words, start))


def _near(wanted: Vector, found: Vector) -> NDArray[np.float32]:
    """Likeness of each wanted word with each one found, by their vectors alone."""
    # Row by row in this thread; `@` would ask BLAS for all of them, 20 times slower on a busy machine.
    cosine = np.vecdot(wanted[:, np.newaxis], found[np.newaxis])
    near: NDArray[np.float32] = np.clip((cosine - UNRELATED) / (SYNONYMOUS - UNRELATED), 0.0, 1.0)
    return near


def _unknown(texts: Sequence[tuple[str, ...]], rows: Mapping[str, int]) -> list[str]:
    """The words of texts that have no row yet, each once."""
    return list(dict.fromkeys(word for text in texts for word in text if word not in rows))
