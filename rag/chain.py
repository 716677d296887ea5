"""The path from question to answer as a LangChain Runnable, and the search as a LangChain retriever.

May import the core; besides `rag/generation/chat_model.py` the only place that imports langchain.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from time import perf_counter
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from langchain_core.runnables.config import run_in_executor
from pydantic import ConfigDict

from rag.answer.answering import Answering, Prepared
from rag.answer.merging import merge
from rag.answer.rows import begun, tell
from rag.answers import Answer, AnswerEvent, Delta, Done, Retrieved
from rag.datatypes import Evidence, Hit, Inquiry, Question, Turn
from rag.documents.constraints import aim_of
from rag.documents.mentions import without_names
from rag.documents.shelf import Shelf, Shelves
from rag.documents.tasks import TaskFinder
from rag.markers import renumbered
from rag.matching.commencement import of_itself_first
from rag.matching.tiers import meant_first
from rag.ports import Retriever, Rewriter
from rag.query.followup import resolve
from rag.query.question import understand
from rag.query.several import split
from rag.query.sides import Comparison, compare
from rag.reading.decision import RECORD_CONFIDENCE, confidence
from rag.reading.evidence import EvidenceReader
from rag.reading.labels import LabelFinder
from rag.reading.points import PointFinder
from rag.reading.precedence import in_order


class Preparation:
    """The steps before an answer is written: understand, retrieve, read."""

    def __init__(
        self,
        retriever: Retriever,
        tasks: TaskFinder,
        reader: EvidenceReader,
        *,
        points: PointFinder,
        labels: LabelFinder,
        shelves: Shelves,
        top_k: int,
        history_turns: int,
        rewriter: Rewriter | None = None,
    ) -> None:
        """`tasks` answers from records when the question asks for them, `retriever` otherwise.

        `points` completes a list whose points stand below the paragraph found, `labels` finds what stands
        under a label; `rewriter` may better what the rules make of a follow-up.
        """
        self._retriever = retriever
        self._tasks = tasks
        self._reader = reader
        self._points = points
        self._labels = labels
        self._shelves = shelves
        self._top_k = top_k
        self._history_turns = history_turns
        self._rewriter = rewriter

    def split(self, inquiry: Inquiry) -> tuple[Inquiry, ...]:
        """An inquiry for each of the questions asked in one; the same one where it asks one alone."""
        parts = split(inquiry.question, self._recent(inquiry))
        if len(parts) < 2:
            return (inquiry,)
        return tuple(replace(inquiry, question=part, history=()) for part in parts)

    def compare(self, inquiry: Inquiry) -> Comparison | None:
        """The sides that an inquiry sets beside each other, each a question of its own; `None` for others."""
        return compare(resolve(inquiry.question.strip(), self._recent(inquiry)))

    def understand(self, inquiry: Inquiry) -> Prepared:
        """Make the question stand alone, tell its kind and where its answer stands."""
        started = perf_counter()
        question = self._rewritten(inquiry, understand(inquiry, history_turns=self._history_turns))
        shelf = self._shelves.current()
        aim = aim_of(question, shelf, scope=inquiry.scope)
        query = without_names(question.query, shelf) if aim.within else question.query
        return Prepared(inquiry, replace(question, aim=aim, query=query), started)

    def apart(self, sides: Sequence[Prepared]) -> list[Prepared]:
        """A side that names no document or place is asked of what the other sides do not name."""
        named = frozenset[str]().union(*(side.question.aim.within for side in sides))
        return [self._beside(side, named) if named else side for side in sides]

    def _beside(self, side: Prepared, named: frozenset[str]) -> Prepared:
        if side.question.aim.within:
            return side
        shelf = self._shelves.current()
        inside = shelf.within(side.inquiry.scope)
        others = frozenset(label.document_id for label in shelf.labels) if inside is None else inside
        aim = replace(side.question.aim, within=others - named)
        return replace(side, question=replace(side.question, aim=aim))

    def _rewritten(self, inquiry: Inquiry, question: Question) -> Question:
        """The question as it is, or, after others, as the rewriter makes it stand alone."""
        history = self._recent(inquiry)
        if self._rewriter is None or not any(turn.role == "user" for turn in history):
            return question
        alone = replace(inquiry, question=self._rewriter.rewrite(question, history), history=())
        return replace(understand(alone, history_turns=0), text=question.text)

    def _recent(self, inquiry: Inquiry) -> Sequence[Turn]:
        """The turns of the conversation that a question may lean on."""
        return inquiry.history[-self._history_turns :] if self._history_turns else ()

    def retrieve(self, prepared: Prepared) -> Prepared:
        """Find the task records asked for, or paragraphs: in the documents that the question asks of first.

        Where those hold nothing at all the whole scope is searched.
        """
        shelf = self._shelves.current()
        inside = shelf.within(prepared.inquiry.scope)
        if inside is not None and not inside:
            return prepared
        wanted = dict.fromkeys((prepared.question.aim.within, inside or frozenset()))
        for document_ids in (ids for ids in wanted if ids or not inside):
            prepared = self._find(prepared, shelf, document_ids)
            if prepared.evidence.hits:
                break
        return prepared

    def read(self, prepared: Prepared) -> Prepared:
        """Score the sentences of what was found and say how likely they answer."""
        if prepared.listed is None:
            evidence = self._reader.read(prepared.question, prepared.evidence.hits)
            evidence = self._labels.complete(prepared.question, evidence)
            for prefer in (meant_first, in_order, of_itself_first):
                evidence = prefer(prepared.question, evidence)
            sure = confidence(prepared.question, evidence)
            evidence = self._points.complete(prepared.question, evidence)
            prepared = replace(prepared, evidence=evidence, confidence=sure)
        return replace(prepared, retrieve_ms=(perf_counter() - prepared.started) * 1000)

    def _find(self, prepared: Prepared, shelf: Shelf, document_ids: frozenset[str]) -> Prepared:
        """Records are exact where there are any; else the best of the indexes, beside an empty list."""
        question = prepared.question
        tasks = self._tasks.find(question, shelf=shelf, document_ids=document_ids)
        if tasks is not None and tasks.hits:
            return replace(prepared, tasks=tasks, evidence=Evidence(tasks.hits), confidence=RECORD_CONFIDENCE)
        limit = prepared.inquiry.top_k or self._top_k
        hits = self._retriever.retrieve(question, limit=limit, document_ids=document_ids)
        return replace(prepared, tasks=tasks, evidence=Evidence(hits))


class AnswerChain(Runnable[Inquiry, Answer]):
    """`understand | retrieve | read | answer`: `invoke` gives the answer, `stream` its events."""

    def __init__(self, preparation: Preparation, answering: Answering) -> None:
        self._preparation = preparation
        self._understand = RunnableLambda(preparation.understand)
        self._find = RunnableLambda(preparation.retrieve) | RunnableLambda(preparation.read)
        self._answering = answering

    def find(self, inquiry: Inquiry) -> Prepared:
        """The first two steps alone, of a question taken as one."""
        return self._preparation.retrieve(self._preparation.understand(inquiry))

    def search(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        """What a question would be answered from, best first.

        Of several questions in one, and of the sides of a comparison, the best of each come first.
        """
        _, parts = self._asked(inquiry, None)
        found = [self._preparation.retrieve(part).evidence.hits for part in parts]
        return found[0] if len(found) == 1 else _interleaved(found)

    def invoke(self, input: Inquiry, config: RunnableConfig | None = None, **_kwargs: Any) -> Answer:  # noqa: A002, ANN401
        """The whole answer."""
        answers = [event.answer for event in self.events(input, config) if isinstance(event, Done)]
        return answers[-1]

    def events(self, inquiry: Inquiry, config: RunnableConfig | None = None) -> Iterator[AnswerEvent]:
        """Retrieved, then pieces of text, then the whole answer; closing the iterator stops the work."""
        comparison, parts = self._asked(inquiry, config)
        parts = [self._find.invoke(part, config) for part in parts]
        if len(parts) == 1:
            yield from self._answering.stream(parts[0])
        else:
            yield from self._in_turn(inquiry, parts, comparison)

    def _asked(
        self, inquiry: Inquiry, config: RunnableConfig | None
    ) -> tuple[Comparison | None, list[Prepared]]:
        """The questions asked in one, understood: those of a comparison, several, or the one there is."""
        comparison = self._preparation.compare(inquiry)
        asked = comparison.asked(inquiry) if comparison else self._preparation.split(inquiry)
        parts = [self._understand.invoke(part, config) for part in asked]
        return comparison, self._preparation.apart(parts) if comparison else parts

    def _in_turn(
        self, inquiry: Inquiry, parts: list[Prepared], comparison: Comparison | None
    ) -> Iterator[AnswerEvent]:
        """Several questions as one: all that was found for them, what is told of each, the whole of it.

        Those of a comparison are told in rows, which are only known when a side is answered.
        """
        yield Retrieved(tuple(hit for part in parts for hit in part.evidence.hits))
        question = inquiry.question.strip()
        answers: list[Answer] = []
        before, sent = 0, ""
        for part in parts:
            among = {handle: before + handle for handle in range(1, len(part.evidence.hits) + 1)}
            for event in self._answering.stream(part):
                if isinstance(event, Delta):
                    # Nothing said is still a sign of life, at which a client that has left is noticed.
                    yield Delta("" if comparison else renumbered(event.text, among))
                elif isinstance(event, Done):
                    answers.append(event.answer)
            if comparison is not None:
                said = begun(comparison, answers)
                if said != sent:
                    yield Delta(said.removeprefix(sent))
                sent = said
            before += len(among)
        whole = tell(question, comparison, answers) if comparison else merge(question, answers)
        if comparison is not None and whole.answered:
            yield Delta(whole.text.removeprefix(sent))
        yield Done(whole)

    def stream(  # type: ignore[override]
        self,
        input: Inquiry,  # noqa: A002
        config: RunnableConfig | None = None,
        **_kwargs: Any,  # noqa: ANN401
    ) -> Iterator[AnswerEvent]:
        """The events of the answer; a stream of a question says more than pieces of its output."""
        yield from self.events(input, config)

    async def astream(  # type: ignore[override]
        self,
        input: Inquiry,  # noqa: A002
        config: RunnableConfig | None = None,
        **_kwargs: Any,  # noqa: ANN401
    ) -> AsyncIterator[AnswerEvent]:
        """The same without blocking the event loop: each event is awaited in a worker thread."""
        events = self.events(input, config)
        while (event := await run_in_executor(config, next, events, None)) is not None:
            yield event


def _interleaved(found: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Of what was found for each question the best, then the second; none twice, as many as for one alone."""
    turns = (hit for turn in zip_longest(*found) for hit in turn if hit is not None)
    once: dict[tuple[str, int], Hit] = {}
    for hit in turns:
        once.setdefault((hit.paragraph.document_id, hit.paragraph.number), hit)
    return tuple(once.values())[: max(map(len, found))]


class ParagraphRetriever(BaseRetriever):
    """The search as a LangChain retriever, for chains of others: paragraphs with their exact place."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    chain: AnswerChain

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - part of LangChain's signature
    ) -> list[LangChainDocument]:
        hits = self.chain.search(Inquiry(query))
        return [
            LangChainDocument(
                page_content=hit.paragraph.text,
                metadata={
                    "document_id": hit.paragraph.document_id,
                    "title": hit.title,
                    "section": list(hit.paragraph.section),
                    "paragraph": hit.paragraph.number,
                    "page": hit.paragraph.page,
                    "start": hit.paragraph.start,
                    "end": hit.paragraph.end,
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
