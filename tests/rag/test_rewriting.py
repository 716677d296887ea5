"""A follow-up rewritten by a model: taken when it keeps to the conversation, else the rules' own stands."""

import time
from collections.abc import Iterator

import pytest

from rag.datatypes import Inquiry, Question, Turn
from rag.generation.prompt import compose_rewriting
from rag.generation.rewriting import SHARE, is_faithful, load_rewriter
from rag.query.question import understand
from rag.settings import Settings
from ui.bench.model.orders import ORDERS
from ui.bench.model.server import ModelServer, model_server

HISTORY = (
    Turn("user", "2024年区教育局牵头新增学位多少个？"),
    Turn("assistant", "2024年区教育局牵头新增学位5600个[1]。"),
)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def ruled(text: str, history: tuple[Turn, ...] = HISTORY) -> Question:
    return understand(Inquiry(text, history=history), history_turns=20)


def rewrite(server: ModelServer, text: str, *, timeout: float = 8.0) -> str:
    settings = Settings(_env_file=None, llm="double", llm_base_url=server.url, llm_timeout=timeout)
    return load_rewriter(settings).rewrite(ruled(text), HISTORY)


def test_a_faithful_question_is_taken(server: ModelServer) -> None:
    server.say("<think>问的是年份</think>\n“2023年区教育局牵头", "新增学位多少个？”")
    assert rewrite(server, "2023年呢？") == "2023年区教育局牵头新增学位多少个？"
    system, user = (message["content"] for message in server.asked[0].body["messages"])
    assert "新增学位5600个" in user
    assert "5600" not in system


@pytest.mark.parametrize(
    "reply",
    [
        "区教育局牵头新增学位多少个？",  # the year is lost
        "2023年新增学位多少个？",  # the office is lost
        "2022年区教育局牵头新增学位多少个？",  # another year
        "2023年区教育局和区体育局牵头新增学位多少个？",  # an office that nobody named
        "2023年区教育局牵头新增学位是否超过9000个？",  # a figure that nobody named
        "2023年区教育局牵头新增学位5600个。\n还有别的吗？",  # two lines
        "2023年区教育局牵头新增学位多少个？" * 20,  # endless
        "",
        "无可奉告",
        "火星上有多少家咖啡馆？",
    ],
)
def test_an_unfaithful_one_is_not(server: ModelServer, reply: str) -> None:
    server.say(reply)
    assert rewrite(server, "2023年呢？") == ruled("2023年呢？").standalone


@pytest.mark.parametrize(
    "flaw",
    [{"status": 500}, {"mute": True}, {"stall_after": 1}, {"unfinished": True}, {"raw": b"data: {\n\n"}],
)
def test_a_failing_model_leaves_the_rules_in_charge_within_its_share_of_time(
    server: ModelServer, flaw: dict
) -> None:
    server.say("2023年区教育局牵头新增学位多少个？", "", **flaw)
    started = time.monotonic()
    assert rewrite(server, "2023年呢？", timeout=2.0) == ruled("2023年呢？").standalone
    assert time.monotonic() - started < 2.0 * SHARE + 1.0


@pytest.mark.parametrize(
    "text", ["那新增学位呢？", "2023年呢？", "区民政局呢？", "它由谁牵头？", "今年财政收入目标是多少？"]
)
def test_what_the_rules_made_is_faithful_to_itself(text: str) -> None:
    question = ruled(text)
    assert is_faithful(question.standalone, question, HISTORY)


def test_the_words_of_the_follow_up_are_kept() -> None:
    question = ruled("那加装电梯呢？")
    assert not is_faithful("2024年区教育局牵头新增学位多少个？", question, HISTORY)


@pytest.mark.parametrize("order", ORDERS[::7], ids=lambda order: order.name)
def test_a_conversation_that_gives_orders_stays_in_its_fence(order: object) -> None:
    prompt = compose_rewriting("那新增学位呢？", (*HISTORY, Turn("assistant", order.text)))
    lines = prompt.user.split("\n")
    assert lines[0] == f"<<对话 {prompt.seal}>>"
    assert lines.index(f"<<对话 {prompt.seal} 完>>") == len(HISTORY) + 2
    assert prompt.user.count(prompt.seal) == 4
    assert all(line.startswith(("问：", "答：")) for line in lines[1 : len(HISTORY) + 2])
