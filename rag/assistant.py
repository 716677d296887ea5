"""The assistant: what every face calls. Checks what comes in, then lets the chain work.

May import the core. `assemble` is given the concrete parts by the composition root.
"""

import re
from collections.abc import Iterator

from rag.answer.answering import Answering
from rag.answer.extractive import ExtractiveAnswerer
from rag.answers import Answer, AnswerEvent
from rag.chain import AnswerChain, ParagraphRetriever, Preparation
from rag.datatypes import Hit, Inquiry
from rag.documents.shelf import Shelves
from rag.documents.tasks import TaskFinder
from rag.errors import InvalidQuestion, InvalidRequest
from rag.matching.likeness import Likeness
from rag.matching.overlap import Matcher
from rag.ports import (
    Answerer,
    Embedder,
    FieldSearcher,
    MeaningSearcher,
    ParagraphSource,
    Reranker,
    Rewriter,
    SpanReader,
    WordStatistics,
)
from rag.reading.decision import THRESHOLD
from rag.reading.evidence import EvidenceReader
from rag.reading.labels import LabelFinder
from rag.reading.points import PointFinder
from rag.retrieval.hybrid import HybridRetriever
from rag.settings import Settings

# Paragraphs asked for at most in one search.
MOST_HITS = 100

_WORD = re.compile(r"\w")
# What no keyboard types: NUL and other controls, lone surrogates, U+FFFD from bad decoding.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd\ufffe\uffff]")


class Assistant:
    """Answers and searches. Safe to call from several threads at once."""

    def __init__(self, chain: AnswerChain, source: ParagraphSource, *, question_characters: int) -> None:
        """`question_characters` bounds the question and each earlier one."""
        self._chain = chain
        self._source = source
        self._limit = question_characters

    def ask(self, inquiry: Inquiry) -> Answer:
        """The answer with its citations. Raises InvalidQuestion, DocumentNotFound."""
        self._admit(inquiry)
        return self._chain.invoke(inquiry)

    def stream(self, inquiry: Inquiry) -> Iterator[AnswerEvent]:
        """The answer as it comes. Raises InvalidQuestion, DocumentNotFound before the first event."""
        self._admit(inquiry)
        return self._chain.events(inquiry)

    def search(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        """The paragraphs a question would be answered from, best first. Raises as `ask`."""
        self._admit(inquiry)
        return self._chain.search(inquiry)

    def as_runnable(self) -> AnswerChain:
        """The chain itself, for use with LangChain (`invoke`, `stream`, `batch` and their async twins)."""
        return self._chain

    def as_retriever(self) -> ParagraphRetriever:
        """The search alone as a LangChain retriever."""
        return ParagraphRetriever(chain=self._chain)

    def _admit(self, inquiry: Inquiry) -> None:
        question = inquiry.question
        if not question.strip():
            raise InvalidQuestion("问题是空的，请输入要问的内容。")
        if len(question) > self._limit:
            raise InvalidQuestion(f"问题有 {len(question)} 字，超过上限 {self._limit} 字，请缩短后再问。")
        if _NOT_TEXT.search(question) or not _WORD.search(question):
            raise InvalidQuestion(f"问题里没有可读的文字：{question[:40]!r}。请用中文或英文提问。")
        earlier = [turn.content for turn in inquiry.history if turn.role == "user"]
        if any(len(content) > self._limit for content in earlier):
            raise InvalidQuestion(f"历史消息里有一个问题超过上限 {self._limit} 字，请去掉后再问。")
        unreadable = next(filter(_NOT_TEXT.search, earlier), None)
        if unreadable is not None:
            raise InvalidQuestion(f"历史消息里有不可读的字符：{unreadable[:40]!r}。请去掉后再问。")
        if inquiry.top_k is not None and not 1 <= inquiry.top_k <= MOST_HITS:
            raise InvalidRequest(f"top_k 是 {inquiry.top_k}，应在 1 到 {MOST_HITS} 之间。")
        for document_id in sorted(inquiry.scope.document_ids):
            self._source.document(document_id)


def assemble(
    settings: Settings,
    *,
    source: ParagraphSource,
    dense: MeaningSearcher,
    lexical: FieldSearcher,
    statistics: WordStatistics,
    sentence_embedder: Embedder,
    word_embedder: Embedder,
    span_reader: SpanReader | None = None,
    llm: Answerer | None = None,
    rewriter: Rewriter | None = None,
    reranker: Reranker | None = None,
) -> Assistant:
    """Put the core together from its parts and the settings.

    `sentence_embedder` compares a hundred sentences with each question, `word_embedder` single words; both
    want to be fast, and what is fitted on them was fitted with the fast bundled model.
    """
    matcher = Matcher(statistics, Likeness(word_embedder))
    shelves = Shelves(source)
    retriever = HybridRetriever(
        source,
        dense=dense,
        lexical=lexical,
        matcher=matcher,
        candidates=settings.candidates,
        shelves=shelves,
        reranker=reranker,
    )
    preparation = Preparation(
        retriever,
        TaskFinder(source),
        EvidenceReader(sentence_embedder, matcher, span_reader),
        points=PointFinder(source),
        labels=LabelFinder(source),
        shelves=shelves,
        top_k=settings.top_k,
        history_turns=settings.history_turns,
        rewriter=rewriter,
    )
    answering = Answering(
        source,
        matcher,
        extractive=ExtractiveAnswerer(settings.answer_sentences),
        llm=llm,
        threshold=THRESHOLD if (given := settings.refusal_threshold) is None else given,
    )
    chain = AnswerChain(preparation, answering)
    return Assistant(chain, source, question_characters=settings.question_characters)
