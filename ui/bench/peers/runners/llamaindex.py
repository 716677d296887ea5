"""LlamaIndex as its guides put it together: sentence splitter, Chroma, BM25, the fusion of both.

Runs in the environment of the peers.
"""

from collections.abc import Sequence

import chromadb
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore
from sentence_transformers import SentenceTransformer

from ui.bench.peers.runners.minilm import model_folder
from ui.bench.peers.task import LIMIT, Passage, Task

# Its BM25 takes a pattern alone, so that no dictionary can be asked: single characters of Chinese.
_CHARACTERS = {"token_pattern": r"(?u)[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+"}


class Static(BaseEmbedding):  # type: ignore[misc]  # known in the environment of the peers alone
    """A model without a longest text, which its own class for sentence-transformers does not load."""

    _model: SentenceTransformer = PrivateAttr()

    def __init__(self, folder: str) -> None:
        super().__init__(model_name=folder)
        self._model = SentenceTransformer(folder)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return rows


class LlamaIndex:
    """By default its BM25 takes for words what stands between punctuation."""

    def __init__(self, embedding: BaseEmbedding, folder: str, *, chinese: bool) -> None:
        self._embedding = embedding
        self._folder = folder
        self._words = _CHARACTERS if chinese else {}

    def build(self, passages: Sequence[Passage]) -> None:
        """Split, embed into Chroma, index for BM25."""
        documents = [Document(text=each.text, id_=str(number)) for number, each in enumerate(passages)]
        nodes = SentenceSplitter().get_nodes_from_documents(documents)
        collection = chromadb.PersistentClient(self._folder).get_or_create_collection("passages")
        context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        index = VectorStoreIndex(nodes, storage_context=context, embed_model=self._embedding)
        words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=LIMIT, **self._words)
        # One query means that no language model is asked for more; without a mock it wants a key.
        self._retriever = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=LIMIT), words],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            similarity_top_k=LIMIT,
            num_queries=1,
        )

    def search(self, question: str) -> list[int]:
        """Passages by the ranks of both."""
        return [int(found.node.ref_doc_id) for found in self._retriever.retrieve(question)]


def load(task: Task) -> LlamaIndex:
    """With its model."""
    embedding = Static(task.model) if task.model else HuggingFaceEmbedding(model_name=model_folder(task))
    return LlamaIndex(embedding, task.folder, chinese=task.chinese)
