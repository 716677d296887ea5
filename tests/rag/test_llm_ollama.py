"""Ollama's own protocol, lines of JSON at /api/chat, against a real server that speaks it."""

from collections.abc import Iterator

import pytest

from rag.datatypes import Evidence, Hit, Paragraph, Question
from rag.errors import AnswererFailed
from rag.generation.llm import load_answerer
from rag.generation.prompt import REFUSAL
from rag.settings import Settings
from ui.bench.model.server import ModelServer, model_server

pytest.importorskip("langchain_ollama")

QUESTION = Question("谁牵头新增学位？", "谁牵头新增学位？", "谁牵头新增学位?")
TEXT = "新增学位1200个，由区教育局牵头。"
EVIDENCE = Evidence((Hit(Paragraph("d1", 1, TEXT, 0, len(TEXT)), "任务分解", 1.0),))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def ask(server: ModelServer, *, timeout: float = 5.0, **settings: object) -> str:
    given = {"llm": "ollama:qwen3:8b", "llm_base_url": server.root, "llm_timeout": timeout, **settings}
    return "".join(load_answerer(Settings(_env_file=None, **given)).stream(QUESTION, EVIDENCE))


def test_it_is_asked_with_a_window_that_holds_the_paragraphs(server: ModelServer) -> None:
    server.say("由区教育局", "牵头[", "1]。")
    assert ask(server, llm_tokens=5000) == "由区教育局牵头[1]。"
    (asked,) = server.asked
    assert asked.path == "/api/chat"
    assert asked.body["model"] == "qwen3:8b"
    assert asked.body["options"]["temperature"] == 0
    assert asked.body["options"]["num_ctx"] > 5000
    assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
    assert TEXT in asked.body["messages"][1]["content"]


def test_thinking_can_be_switched_off(server: ModelServer) -> None:
    server.say("牵头[1]。")
    ask(server, llm_options='{"reasoning": false}')
    assert server.asked[0].body["think"] is False


def test_it_may_refuse(server: ModelServer) -> None:
    server.say(REFUSAL)
    assert ask(server) == REFUSAL


@pytest.mark.parametrize(
    "flaw",
    [
        {"cut_after": 1},
        {"unfinished": True},
        {"finish": "length"},
        {"stall_after": 1},
        {"stall_after": 0},
        {"mute": True},
        {"status": 500},
        {"status": 404},
        {"raw": b"{not json}\n"},
        {"raw": b'{"error": "model not found"}\n'},
    ],
)
def test_what_goes_wrong_is_a_failure(server: ModelServer, flaw: dict) -> None:
    server.say("由区教育局牵头[1]。", "", **flaw)
    with pytest.raises(AnswererFailed, match="ollama:qwen3:8b"):
        ask(server, timeout=1.0)


def test_what_fails_in_passing_is_tried_again(server: ModelServer) -> None:
    server.say(status=503)
    server.say("牵头[1]。")
    assert ask(server) == "牵头[1]。"


def test_nobody_listening_is_a_failure() -> None:
    settings = Settings(
        _env_file=None, llm="ollama:qwen3:8b", llm_base_url="http://127.0.0.1:9", llm_timeout=0.8
    )
    with pytest.raises(AnswererFailed, match="ollama"):
        list(load_answerer(settings).stream(QUESTION, EVIDENCE))
