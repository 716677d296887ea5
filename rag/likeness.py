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


class Likeness:
    """Best likeness of wanted words in texts. Vectors of words seen are kept; safe to share by threads."""

    def __init__(self, embedder: Embedder, *, capacity: int = CAPACITY) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._rows: dict[str, Vector] = {}
        self._lock = Lock()

    def best(self, wanted: Sequence[str], texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Array of shape (len(texts), len(wanted)), 0..1.

        1 where a text has the word itself or one of the same meaning, 0 where nothing is like it.
        Figures are like nothing but themselves.
        """
        table = np.zeros((len(texts), len(wanted)), dtype=np.float32)
        if not wanted or not texts:
            return table
        vocabulary = {word: row for row, word in enumerate(dict.fromkeys(w for text in texts for w in text))}
        if vocabulary:
            near = self._near(wanted, list(vocabulary))
            for row, text in enumerate(texts):
                if text:
                    table[row] = near[:, [vocabulary[word] for word in text]].max(axis=1)
        return table

    def _near(self, wanted: Sequence[str], words: Sequence[str]) -> NDArray[np.float32]:
        cosine = self._vectors(wanted) @ self._vectors(words).T
        near: NDArray[np.float32] = np.clip((cosine - UNRELATED) / (SYNONYMOUS - UNRELATED), 0.0, 1.0)
        positions = {word: column for column, word in enumerate(words)}
        for row, word in enumerate(wanted):
            if any(character.isdigit() for character in word):
                near[row] = 0.0
            if word in positions:
                near[row, positions[word]] = 1.0
        return near

    def _vectors(self, words: Sequence[str]) -> Vector:
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._rows]
            if new:
                if len(self._rows) + len(new) > self._capacity:
                    self._rows.clear()
                    new = list(dict.fromkeys(words))
                self._rows.update(zip(new, self._embedder.embed_documents(new), strict=True))
            return np.stack([self._rows[word] for word in words])
