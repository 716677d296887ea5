"""Haystack as its tutorial on hybrid retrieval puts it together, over its store in memory.

Runs in the environment of the peers.
"""

from collections.abc import Sequence

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from ui.bench.peers.runners.minilm import model_folder
from ui.bench.peers.task import LIMIT, Passage, Task


class Haystack:
    """Its BM25 takes single characters of Chinese for words; nothing is kept on the disk."""

    def __init__(self, model: str) -> None:
        store = InMemoryDocumentStore()
        self._indexing = Pipeline()
        self._indexing.add_component(
            "split", DocumentSplitter(split_by="word", split_length=512, split_overlap=32)
        )
        self._indexing.add_component(
            "embed", SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
        )
        self._indexing.add_component("write", DocumentWriter(document_store=store))
        self._indexing.connect("split", "embed")
        self._indexing.connect("embed", "write")
        self._indexing.warm_up()
        self._asking = Pipeline()
        self._asking.add_component("embed", SentenceTransformersTextEmbedder(model=model, progress_bar=False))
        self._asking.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=LIMIT))
        self._asking.add_component("words", InMemoryBM25Retriever(store, top_k=LIMIT))
        self._asking.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._asking.connect("embed", "dense")
        self._asking.connect("words", "join")
        self._asking.connect("dense", "join")
        self._asking.warm_up()

    def build(self, passages: Sequence[Passage]) -> None:
        """Split, embed, write."""
        documents = [
            Document(content=each.text, meta={"passage": number}) for number, each in enumerate(passages)
        ]
        self._indexing.run({"split": {"documents": documents}})

    def search(self, question: str) -> list[int]:
        """Passages by the ranks of both."""
        joined = self._asking.run({"embed": {"text": question}, "words": {"query": question}})
        return [found.meta["passage"] for found in joined["join"]["documents"]]


def load(task: Task) -> Haystack:
    """With its model, once for documents and once for questions."""
    return Haystack(model_folder(task))
