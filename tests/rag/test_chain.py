"""The chain as a LangChain Runnable: every way of calling it gives the same answer."""

import asyncio
from dataclasses import replace

import pytest
from langchain_core.runnables import RunnableLambda, RunnableParallel

from rag.answer.answering import Answering
from rag.answer.extractive import ExtractiveAnswerer
from rag.answers import Answer, AnswerEvent, Delta, Done, Retrieved, Timings
from rag.assistant import Assistant
from rag.chain import AnswerChain, Preparation
from rag.datatypes import Attributes, Hit, Inquiry, Turn
from rag.documents.shelf import Shelves
from rag.documents.tasks import MAX_TASKS, TaskFinder
from rag.generation.llm import load_answerer
from rag.markers import used
from rag.ports import Retriever
from rag.reading.evidence import EvidenceReader
from rag.reading.labels import LabelFinder
from rag.reading.points import PointFinder
from rag.settings import Settings
from tests.rag.conftest import Founding
from tests.rag.letters import Letters, matcher
from tests.rag.openai_server import OpenAIServer
from tests.rag.shelf import Page, Shelf, task

QUESTIONS = (
    "2024年固定资产投资目标是多少？",
    "区教育局牵头哪些工作？",
    "怎样打造财政铁军？",
    "火星上有多少家咖啡馆？",
)
INQUIRIES = [Inquiry(question) for question in QUESTIONS]


def told(answer: Answer) -> Answer:
    """The answer without its timings."""
    return replace(answer, timings=Timings())


@pytest.fixture
def chain(assistant: Assistant) -> AnswerChain:
    return assistant.as_runnable()


def in_order(events: list[AnswerEvent]) -> Answer:
    """The answer at the end of well-ordered events."""
    assert [type(event) for event in events] == [Retrieved, *[Delta] * (len(events) - 2), Done]
    assert isinstance(events[-1], Done)
    return events[-1].answer


def test_every_way_of_calling_gives_the_same(chain: AnswerChain) -> None:
    async def gather() -> tuple[list[Answer], list[list[AnswerEvent]], list[Answer]]:
        invoked = [await chain.ainvoke(inquiry) for inquiry in INQUIRIES]
        streamed = [[event async for event in chain.astream(inquiry)] for inquiry in INQUIRIES]
        return invoked, streamed, await chain.abatch(INQUIRIES)

    expected = [told(chain.invoke(inquiry)) for inquiry in INQUIRIES]
    invoked, streamed, batched = asyncio.run(gather())
    assert [told(answer) for answer in invoked] == expected
    assert [told(answer) for answer in batched] == expected
    assert [told(in_order(events)) for events in streamed] == expected
    assert [told(answer) for answer in chain.batch(INQUIRIES)] == expected
    assert [told(in_order(list(chain.stream(inquiry)))) for inquiry in INQUIRIES] == expected
    assert [answer.answered for answer in expected] == [True, True, True, False]


def test_the_pieces_of_an_extractive_answer_are_its_text(chain: AnswerChain) -> None:
    for inquiry in INQUIRIES:
        events = list(chain.events(inquiry))
        answer = in_order(events)
        pieces = "".join(event.text for event in events if isinstance(event, Delta))
        assert bool(pieces) is answer.answered
        assert pieces.count("\n") == (answer.text.count("\n") + 1 if answer.answered else 0)


def test_several_questions_are_answered_in_order_and_cited_once(chain: AnswerChain) -> None:
    events = list(chain.events(Inquiry("2024年加装电梯要完成多少台？区教育局和区民政局的局长分别是谁？")))
    answer = in_order(events)
    assert answer.answered
    assert answer.short_answer == "200台以上；赵群筠；陈小蕾"
    assert used(answer.text) == tuple(one.number for one in answer.citations)
    hits = next(event.hits for event in events if isinstance(event, Retrieved))
    told = "".join(event.text for event in events if isinstance(event, Delta))
    assert [hits[handle - 1].paragraph.number for handle in used(told)] == [
        citation.paragraph for citation in answer.citations
    ]


def test_a_search_for_several_things_finds_the_best_of_each_first(chain: AnswerChain) -> None:
    inquiry = Inquiry("2024年加装电梯要完成多少台？区教育局和区民政局的局长分别是谁？", top_k=6)
    (retrieved,) = (event for event in chain.events(inquiry) if isinstance(event, Retrieved))
    turns = [retrieved.hits[start::6] for start in range(6)]
    found = chain.search(inquiry)
    assert len(found) == 6
    assert found == tuple(dict.fromkeys(hit for turn in turns for hit in turn))[:6]


def test_what_is_refused_beside_an_answer_is_said(chain: AnswerChain) -> None:
    answer = chain.invoke(Inquiry("2024年加装电梯要完成多少台？《三体》的作者是谁？"))
    assert answer.answered
    assert answer.short_answer == "200台以上"
    assert "没有找到能回答“《三体》的作者是谁？”的内容" in answer.text


def test_it_composes_with_other_runnables(chain: AnswerChain) -> None:
    ask = RunnableLambda(Inquiry) | RunnableParallel(answer=chain, question=RunnableLambda(str))
    found = ask.invoke(QUESTIONS[0])
    assert found["answer"].short_answer == "740亿元以上"


def test_the_time_of_each_part_is_told(chain: AnswerChain) -> None:
    timings = chain.invoke(INQUIRIES[0]).timings
    assert 0.0 < timings.retrieve < timings.total
    assert timings.retrieve + timings.answer == pytest.approx(timings.total, abs=0.01)


def test_history_is_understood(chain: AnswerChain) -> None:
    history = (Turn("user", QUESTIONS[0]), Turn("assistant", "740亿元以上[1]。"))
    answer = chain.invoke(Inquiry("由哪个部门牵头？", history))
    assert answer.question == "由哪个部门牵头？"
    assert "固定资产投资" in answer.standalone_question


def test_closing_a_stream_early_ends_it(chain: AnswerChain) -> None:
    events = chain.events(INQUIRIES[0])
    assert isinstance(next(events), Retrieved)
    events.close()
    assert list(events) == []


def test_leaving_an_asynchronous_stream_early_ends_the_models_work(
    founding: Founding, server: OpenAIServer
) -> None:
    async def leave() -> list[AnswerEvent]:
        seen: list[AnswerEvent] = []
        events = chain.astream(INQUIRIES[0])
        async for event in events:
            seen.append(event)
            if isinstance(event, Delta):
                break
        assert not server.left.is_set(), "the model is still writing"
        await events.aclose()
        return seen

    server.say("固定资产投资[1]", "。", stall_after=1)
    settings = Settings(_env_file=None, llm="double", llm_base_url=server.url, llm_timeout=5.0)
    chain = founding.assistant(llm=load_answerer(settings)).as_runnable()
    assert [type(event) for event in asyncio.run(leave())] == [Retrieved, Delta]
    assert server.left.wait(3)


def test_the_event_loop_is_free_while_an_answer_is_written(founding: Founding, server: OpenAIServer) -> None:
    async def beside() -> tuple[Answer, int]:
        asking = asyncio.create_task(chain.ainvoke(INQUIRIES[0]))
        turns = 0
        while not asking.done():
            turns += 1
            await asyncio.sleep(0.01)
        return await asking, turns

    server.say("固定资产投资[1]", "。", stall_after=1)
    settings = Settings(_env_file=None, llm="double", llm_base_url=server.url, llm_timeout=0.5)
    chain = founding.assistant(llm=load_answerer(settings)).as_runnable()
    answer, turns = asyncio.run(beside())
    assert answer.answerer == "extractive"
    assert turns > 10


def test_the_search_alone_is_a_langchain_retriever(founding: Founding, assistant: Assistant) -> None:
    documents = assistant.as_retriever().invoke(QUESTIONS[0])
    hits = assistant.search(INQUIRIES[0])
    assert len(documents) == len(hits)
    for document, hit in zip(documents, hits, strict=True):
        paragraph = hit.paragraph
        assert document.page_content == paragraph.text
        assert document.metadata == {
            "document_id": paragraph.document_id,
            "title": hit.title,
            "section": list(paragraph.section),
            "paragraph": paragraph.number,
            "page": paragraph.page,
            "start": paragraph.start,
            "end": paragraph.end,
            "score": hit.score,
        }
        raw = founding.library.catalogue.text(paragraph.document_id)
        assert raw[paragraph.start : paragraph.end].strip()


def test_the_retriever_works_asynchronously_and_in_a_chain(assistant: Assistant) -> None:
    retriever = assistant.as_retriever()
    expected = retriever.invoke(QUESTIONS[0])
    assert asyncio.run(retriever.ainvoke(QUESTIONS[0])) == expected
    texts = retriever | RunnableLambda(lambda found: [document.page_content for document in found])
    assert texts.invoke(QUESTIONS[0]) == [document.page_content for document in expected]


class Nothing:
    """Implements rag.ports.Retriever over an empty index."""

    def retrieve(
        self, question: object, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[()]:
        return ()


def extractive(retriever: Retriever, shelf: Shelf, *, threshold: float) -> AnswerChain:
    """The extractive path over a shelf, with a retriever of its own."""
    preparation = Preparation(
        retriever,
        TaskFinder(shelf),
        EvidenceReader(Letters(), matcher()),
        points=PointFinder(shelf),
        labels=LabelFinder(shelf),
        shelves=Shelves(shelf),
        top_k=3,
        history_turns=0,
    )
    answering = Answering(shelf, matcher(), extractive=ExtractiveAnswerer(), llm=None, threshold=threshold)
    return AnswerChain(preparation, answering)


def listed(count: int, question: str = "区教育局牵头哪些工作？") -> Answer:
    """The list of so many tasks of one office, asked for with few paragraphs."""
    parts = tuple(task(number, f"工作{number}。", "区教育局", "王平副区长") for number in range(1, count + 1))
    shelf = Shelf(Page("plan", "责任分解", parts))
    return extractive(Nothing(), shelf, threshold=0.5).invoke(Inquiry(question, top_k=2))


@pytest.mark.parametrize("count", [1, 30, MAX_TASKS])
def test_a_list_of_tasks_is_complete_whatever_the_number_of_paragraphs_asked_for(count: int) -> None:
    answer = listed(count)
    assert answer.text.startswith(f"区教育局牵头的工作共{count}项：")
    assert [citation.paragraph for citation in answer.citations] == list(range(1, count + 1))


@pytest.mark.parametrize("count", [MAX_TASKS + 1, MAX_TASKS + 20])
def test_a_list_of_tasks_that_is_cut_says_so_and_how_many_there_are(count: int) -> None:
    answer = listed(count)
    assert answer.text.startswith(f"区教育局牵头的工作共{count}项，先列{MAX_TASKS}项：")
    assert len(answer.citations) == MAX_TASKS
    assert listed(count, "区教育局牵头多少项工作？").short_answer == f"{count}项"


def test_two_documents_that_differ_are_both_told_and_cited() -> None:
    said = [("report", "工作报告", "2024年新增学位5600个。"), ("plan", "责任分解", "2024年新增学位5000个。")]
    shelf = Shelf(*(Page(key, title, ((text, (), Attributes()),)) for key, title, text in said))

    class Both:
        """Implements rag.ports.Retriever: finds all there is."""

        def retrieve(
            self, question: object, *, limit: int, document_ids: frozenset[str] = frozenset()
        ) -> tuple[Hit, ...]:
            return shelf.hits(("report", 1), ("plan", 1))

    answer = extractive(Both(), shelf, threshold=0.0).invoke(Inquiry("2024年新增学位多少个？"))
    assert answer.text.startswith("文件说法不一：《")
    assert {citation.document_id for citation in answer.citations} == {"report", "plan"}
    assert sorted((answer.short_answer or "").split("；")) == ["5000个", "5600个"]
    assert answer.coverage == 1.0
