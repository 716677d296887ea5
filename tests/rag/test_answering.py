"""Who writes the answer, what is checked and when it is refused: on small evidence, real model servers."""

from dataclasses import replace
from time import perf_counter

import pytest

from rag.answer.answering import FALLBACK_NOTE, Answering, Prepared, keep_supported
from rag.answer.extractive import ExtractiveAnswerer
from rag.answers import Answer, AnswerEvent, Delta, Done, Retrieved
from rag.datatypes import Attributes, Evidence, Inquiry
from rag.documents.shelf import Shelf as Labels
from rag.documents.tasks import TaskFinder
from rag.generation.llm import load_answerer
from rag.generation.prompt import REFUSAL
from rag.language.chinese import squeeze
from rag.markers import used
from rag.query.question import understand
from rag.reading.evidence import EvidenceReader
from rag.settings import Settings
from tests.rag.letters import Letters, matcher
from tests.rag.openai_server import OpenAIServer
from tests.rag.shelf import PLAN, SPEECHES, Page, Shelf

SHELF = Shelf(PLAN, SPEECHES)
LIFTS = "加装多少台电梯？"
LISTING = "区教育局牵头哪些工作？"
FOUND = (("plan", 3), ("speeches", 3), ("plan", 1))


def prepared(text: str, *keys: tuple[str, int], confidence: float = 0.9) -> Prepared:
    question = understand(Inquiry(text), history_turns=0)
    evidence = EvidenceReader(Letters(), matcher()).read(question, SHELF.hits(*keys))
    return Prepared(Inquiry(text), question, perf_counter(), evidence, confidence)


def listed(text: str) -> Prepared:
    """A question for tasks with the records it asks for, or with paragraphs where none is of them."""
    found = prepared(text, *FOUND)
    tasks = TaskFinder(SHELF).find(found.question, shelf=Labels())
    hits = tasks.hits if tasks else ()
    return replace(found, tasks=tasks, evidence=Evidence(hits) if hits else found.evidence)


def answering(
    server: OpenAIServer | None = None, *, timeout: float = 5.0, source: Shelf = SHELF
) -> Answering:
    llm = None
    if server is not None:
        settings = Settings(_env_file=None, llm="double", llm_base_url=server.url, llm_timeout=timeout)
        llm = load_answerer(settings)
    return Answering(source, matcher(), extractive=ExtractiveAnswerer(), llm=llm, threshold=0.5)


def last(events: list[AnswerEvent]) -> Answer:
    """The answer of well-ordered events, each of its citations found in the raw text."""
    assert isinstance(events[0], Retrieved)
    assert all(isinstance(event, Delta) for event in events[1:-1])
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert used(answer.text) == tuple(range(1, len(answer.citations) + 1))
    assert [citation.number for citation in answer.citations] == list(used(answer.text))
    for citation in answer.citations:
        raw = SHELF.text(citation.document_id)
        assert squeeze(raw[citation.start : citation.end]) == squeeze(citation.quote)
    assert answer.answered is (answer.refusal is None)
    assert bool(answer.claims) is answer.answered
    assert all(set(claim.numbers) <= set(used(answer.text)) for claim in answer.claims)
    # Whoever wrote it, nothing stays in an answer that what it cites does not hold.
    assert answer.coverage == float(answer.answered)
    return answer


def ask(server: OpenAIServer, *, text: str = LIFTS, confidence: float = 0.9, timeout: float = 5.0) -> Answer:
    found = prepared(text, *FOUND, confidence=confidence)
    return last(list(answering(server, timeout=timeout).stream(found)))


def test_without_a_model_the_sentences_answer() -> None:
    events = list(answering().stream(prepared(LIFTS, *FOUND)))
    answer = last(events)
    assert isinstance(events[0], Retrieved)
    assert [hit.paragraph.number for hit in events[0].hits] == [3, 3, 1]
    assert "".join(event.text for event in events if isinstance(event, Delta)).strip() == answer.text
    assert (answer.answered, answer.answerer, answer.confidence) == (True, "extractive", 0.9)
    assert (answer.question, answer.short_answer) == (LIFTS, "200台以上")
    assert [(one.document_id, one.paragraph, one.title) for one in answer.citations] == [
        ("plan", 3, "责任分解")
    ]
    assert 0.0 <= answer.timings.answer <= answer.timings.total


@pytest.mark.parametrize(("confidence", "answered"), [(0.5, True), (0.4999, False), (0.0, False)])
def test_below_the_threshold_it_is_refused_with_the_nearest_places(confidence: float, answered: bool) -> None:  # noqa: FBT001 - a table's column
    answer = last(list(answering().stream(prepared(LIFTS, *FOUND, confidence=confidence))))
    assert answer.answered is answered
    if not answered:
        assert answer.refusal is not None
        assert answer.refusal.reason == "weak_evidence"
        assert answer.refusal.message in answer.text
        assert 1 <= len(answer.citations) <= 3
        # The passages that came nearest are quoted, whatever words the refusal is put in.
        assert answer.citations[0].quote == PLAN.parts[2][0]
        assert answer.short_answer is None


@pytest.mark.parametrize(
    ("source", "keys", "reason"),
    [
        (SHELF, (), "no_evidence"),
        (SHELF, (("speeches", 2),), "weak_evidence"),
        (Shelf(), (), "empty_library"),
    ],
)
def test_without_a_passage_it_is_refused_whatever_the_confidence(
    source: Shelf, keys: tuple[tuple[str, int], ...], reason: str
) -> None:
    events = list(answering(source=source).stream(prepared(LIFTS, *keys, confidence=1.0)))
    answer = last(events)
    assert len(events) == 2
    assert answer.refusal is not None
    assert answer.refusal.reason == reason
    assert len(answer.citations) <= len(keys)


def test_a_models_answer_is_streamed_and_cited(server: OpenAIServer) -> None:
    server.say("区住建局牵头", "加装电梯200台以上", "[1]。", "农贸市场改造共12家[2]。")
    events = list(answering(server).stream(prepared(LIFTS, *FOUND)))
    answer = last(events)
    pieces = [event.text for event in events if isinstance(event, Delta)]
    assert pieces == ["区住建局牵头加装电梯200台以上[1]。", "农贸市场改造共12家[2]。"]
    assert (answer.answered, answer.answerer) == (True, "double")
    assert [(one.document_id, one.paragraph) for one in answer.citations] == [("plan", 3), ("speeches", 3)]
    assert "12家" in answer.citations[1].quote
    assert FALLBACK_NOTE not in answer.text


def test_citations_are_numbered_in_order_of_use(server: OpenAIServer) -> None:
    server.say("农贸市场改造共12家[2]。加装电梯200台以上[1]。")
    answer = ask(server)
    assert [one.document_id for one in answer.citations] == ["speeches", "plan"]
    assert answer.text.index("[1]") < answer.text.index("[2]")


@pytest.mark.parametrize(
    "lie",
    [
        "加装电梯900台以上[1]。",
        "由区体育局牵头加装电梯[1]。",
        "火星移民计划全面启动[2]。",
        "预计2031年完成加装[1]。",
    ],
)
def test_a_sentence_that_its_source_does_not_hold_is_taken_out(server: OpenAIServer, lie: str) -> None:
    server.say("区住建局加装电梯200台以上[1]。", lie)
    answer = ask(server)
    assert lie.partition("[")[0] not in answer.text
    assert "200台以上" in answer.text
    assert answer.answerer == "double"


@pytest.mark.parametrize(
    "pieces", [("加装电梯900台[1]。",), ("加装电梯200台以上。",), ("加装电梯[99]。",), ()]
)
def test_an_answer_of_which_nothing_stands_is_replaced_and_said_so(
    server: OpenAIServer, pieces: tuple[str, ...]
) -> None:
    server.say(*pieces)
    answer = ask(server)
    assert (answer.answered, answer.answerer) == (True, "extractive")
    assert answer.text.endswith(FALLBACK_NOTE)
    assert "200台" in answer.text
    assert "900台" not in answer.text


@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_failing_model_is_replaced_and_said_so(server: OpenAIServer, status: int) -> None:
    server.say(status=status)
    answer = ask(server)
    assert (answer.answerer, answer.text.endswith(FALLBACK_NOTE)) == ("extractive", True)


@pytest.mark.parametrize(
    "broken", [{"stall_after": 0}, {"stall_after": 1}, {"cut_after": 1}, {"unfinished": True}]
)
def test_a_model_that_stalls_or_breaks_off_is_replaced_and_said_so(
    server: OpenAIServer, broken: dict[str, object]
) -> None:
    server.say("加装电梯200台以上[1]", "，还有", **broken)
    answer = ask(server, timeout=0.4)
    assert (answer.answerer, answer.text.endswith(FALLBACK_NOTE)) == ("extractive", True)
    assert "还有" not in answer.text


def test_a_failing_model_does_not_make_weak_evidence_an_answer(server: OpenAIServer) -> None:
    server.say(status=500)
    answer = ask(server, confidence=0.1)
    assert answer.refusal is not None
    assert FALLBACK_NOTE not in answer.text


def test_a_model_that_refuses_is_believed(server: OpenAIServer) -> None:
    server.say(REFUSAL)
    answer = ask(server, confidence=0.99)
    assert answer.refusal is not None
    assert (answer.refusal.reason, answer.answerer, answer.answered) == ("weak_evidence", "double", False)
    assert 1 <= len(answer.citations) <= 3
    assert REFUSAL not in answer.text


def test_a_model_is_asked_even_where_words_alone_would_not_do(server: OpenAIServer) -> None:
    server.say("加装电梯200台以上[1]。")
    assert ask(server, confidence=0.01).answered


def test_a_complete_list_from_the_records_is_not_sent_to_the_model(server: OpenAIServer) -> None:
    server.say("一项也没有[1]。")
    answer = last(list(answering(server).stream(listed(LISTING))))
    assert server.asked == []
    assert answer.text == "区教育局牵头的工作共2项：\n1. 新增学位5600个。[1]\n2. 建成学校4所。[2]"
    assert answer.answerer == "extractive"


@pytest.mark.parametrize(
    ("text", "short"),
    [("区教育局牵头的工作有多少项？", "2项"), ("区教育局牵头多少项工作？", "2项"), (LISTING, None)],
)
def test_asked_how_many_tasks_it_counts_the_tasks_and_not_what_they_count(
    text: str, short: str | None
) -> None:
    answer = last(list(answering().stream(listed(text))))
    assert (answer.short_answer, len(answer.citations)) == (short, 2)


def test_of_editions_that_differ_the_short_answer_is_the_newest_with_its_year() -> None:
    pages = [
        Page(f"y{year}", "公报", ((f"加装电梯{year - 1800}台。", (), Attributes()),)) for year in (2024, 2025)
    ]
    shelf = Shelf(*pages)
    hits = tuple(
        replace(hit, year=int(hit.paragraph.document_id[1:]))
        for hit in shelf.hits(("y2024", 1), ("y2025", 1))
    )
    question = understand(Inquiry(LIFTS), history_turns=0)
    read = EvidenceReader(Letters(), matcher()).read(question, [replace(hit, score=1.0) for hit in hits])
    found = Prepared(Inquiry(LIFTS), question, perf_counter(), read, 0.9)
    (*_, done) = answering(source=shelf).stream(found)
    assert isinstance(done, Done)
    assert (
        done.answer.text == "《公报》（2025年）：加装电梯225台。[1]\n《公报》（2024年）：加装电梯224台。[2]"
    )
    assert done.answer.short_answer == "225台（2025年）"


@pytest.mark.parametrize("with_model", [False, True])
def test_who_no_record_names_is_said_to_lead_nothing(server: OpenAIServer, with_model: bool) -> None:
    answer = last(list(answering(server if with_model else None).stream(listed("区民政局牵头哪些工作？"))))
    assert answer.refusal is not None
    assert answer.refusal.message == "任务清单里没有写明由“区民政局”牵头的工作。"
    assert answer.text.startswith(answer.refusal.message)
    assert server.asked == []


def test_no_paragraphs_nothing_is_sent_to_the_model(server: OpenAIServer) -> None:
    server.say("随便说说[1]。")
    answer = last(list(answering(server).stream(prepared(LIFTS))))
    assert server.asked == []
    assert answer.refusal is not None


def test_closing_the_stream_ends_the_models_work(server: OpenAIServer) -> None:
    server.say("加装电梯200台以上[1]。", "农贸市场", stall_after=2)
    events = answering(server).stream(prepared(LIFTS, *FOUND))
    assert isinstance(next(events), Retrieved)
    assert isinstance(next(events), Delta)
    events.close()
    assert server.left.wait(3)
    assert list(events) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("加装电梯200台以上[1]。", "加装电梯200台以上[1]。"),
        ("加装电梯200台以上[2]。", ""),
        ("加装电梯200台以上[1][2]。", "加装电梯200台以上[1][2]。"),
        ("加装电梯200台以上。改造共12家[2]。", "改造共12家[2]。"),
        # Without a marker a sentence is held against all that the answer cites, and gets what supports it.
        ("农贸市场改造完成。共12家[2]。加装电梯[1]。", "农贸市场改造完成。[2]共12家[2]。加装电梯[1]。"),
        (
            "加装电梯200台以上，农贸市场改造共12家。共12家[2]。加装电梯[1]。",
            "加装电梯200台以上，农贸市场改造共12家。[2][1]共12家[2]。加装电梯[1]。",
        ),
        (
            "加装电梯：\n加装电梯200台以上；筹集租赁住房[1]。",
            "加装电梯：[1]\n加装电梯200台以上；筹集租赁住房[1]。",
        ),
        (
            "加装电梯200台以上；改造共12家[2]。加装电梯[1]。",
            "加装电梯200台以上；[1]改造共12家[2]。加装电梯[1]。",
        ),
        ("加装电梯200台以上。", ""),
        ("", ""),
    ],
)
def test_what_is_kept_is_what_its_source_holds(text: str, kept: str) -> None:
    assert keep_supported(text, SHELF.hits(("plan", 3), ("speeches", 3))) == kept
