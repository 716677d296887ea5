"""txtai as its guide has it: one database of content, vectors and terms, searched together.

Runs in the environment of the peers.
"""

from collections.abc import Sequence
from pathlib import Path

from txtai import Embeddings

from ui.bench.peers.runners.minilm import model_folder
from ui.bench.peers.task import LIMIT, Passage, Task


class Txtai:
    """Its BM25 takes single characters of Chinese for words."""

    def __init__(self, embeddings: Embeddings, folder: str) -> None:
        self._embeddings = embeddings
        self._folder = folder

    def build(self, passages: Sequence[Passage]) -> None:
        """Index, and save as the guide does."""
        self._embeddings.index((number, each.text) for number, each in enumerate(passages))
        self._embeddings.save(str(Path(self._folder, "index")))

    def search(self, question: str) -> list[int]:
        """Passages by the weighted scores of both."""
        return [int(found["id"]) for found in self._embeddings.search(question, LIMIT)]


def load(task: Task) -> Txtai:
    """With its model."""
    # Only a static model must be said to be for sentence-transformers.
    method = {"method": "sentence-transformers"} if task.model else {}
    embeddings = Embeddings(path=model_folder(task), hybrid=True, content=True, **method)
    return Txtai(embeddings, task.folder)
