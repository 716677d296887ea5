"""LangChain as its guides put it together: recursive splitter, Chroma, BM25, the ensemble of both.

Runs in the environment of the peers.
"""

from collections.abc import Sequence

import jieba
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from ui.bench.peers.runners.minilm import model_folder
from ui.bench.peers.task import LIMIT, Passage, Task


class LangChain:
    """By default its BM25 takes for words what stands between blanks."""

    def __init__(self, embeddings: HuggingFaceEmbeddings, folder: str, *, chinese: bool) -> None:
        self._embeddings = embeddings
        self._folder = folder
        self._words = {"preprocess_func": jieba.lcut} if chinese else {}

    def build(self, passages: Sequence[Passage]) -> None:
        """Split, embed into Chroma, index for BM25."""
        documents = [
            Document(page_content=each.text, metadata={"passage": number})
            for number, each in enumerate(passages)
        ]
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        chunks = splitter.split_documents(documents)
        store = Chroma.from_documents(chunks, self._embeddings, persist_directory=self._folder)
        words = BM25Retriever.from_documents(chunks, k=LIMIT, **self._words)
        dense = store.as_retriever(search_kwargs={"k": LIMIT})
        self._retriever = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])

    def search(self, question: str) -> list[int]:
        """Passages by the ranks of both."""
        return [found.metadata["passage"] for found in self._retriever.invoke(question)]


def load(task: Task) -> LangChain:
    """With its model, and the dictionary if it is asked for."""
    if task.chinese:
        jieba.initialize()
    embeddings = HuggingFaceEmbeddings(model_name=model_folder(task))
    return LangChain(embeddings, task.folder, chinese=task.chinese)
