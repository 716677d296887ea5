"""The chat model answerer against a real server that streams, stalls, fails and lies."""

import time
from collections.abc import Iterator

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from rag.datatypes import Attributes, Evidence, Hit, Paragraph, Question
from rag.errors import AnswererFailed, ModelUnavailable, SettingsError
from rag.generation.chat_model import PROVIDERS, ChatModel
from rag.generation.llm import ANSWER_CHARACTERS, ChatModelAnswerer, Opening, load_answerer
from rag.generation.prompt import REFUSAL
from rag.settings import Settings
from tests.rag.openai_server import OpenAIServer, openai_server

KEY = "sk-very-secret"
QUESTION = Question("谁牵头新增学位？", "谁牵头新增学位？", "谁牵头新增学位?")
TEXTS = ("新增学位1200个，由区教育局牵头。", "区财政局保障资金6000万元。", "区民政局负责养老。")
EVIDENCE = Evidence(
    tuple(
        Hit(Paragraph("d1", number, text, 0, len(text), attributes=Attributes()), "任务分解", 1.0 / number)
        for number, text in enumerate(TEXTS, 1)
    )
)


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with openai_server() as running:
        yield running


def ask(server: OpenAIServer, *, timeout: float = 5.0, **settings: object) -> list[str]:
    pieces = _answerer(server, timeout=timeout, **settings).stream(QUESTION, EVIDENCE)
    return [piece for piece in pieces if piece]


def _answerer(server: OpenAIServer, *, timeout: float = 5.0, **settings: object):
    given = {"llm": "double", "llm_base_url": server.url, "llm_api_key": KEY, **settings}
    return load_answerer(Settings(llm_timeout=timeout, **given))


def test_streams_the_answer_sentence_by_sentence(server: OpenAIServer) -> None:
    server.say("由区教育局", "牵头", "[1]。", "区民政局", "负责养老。[3]")
    assert ask(server) == ["由区教育局牵头[1]。", "区民政局负责养老。[3]"]


def test_asks_with_model_key_temperature_and_numbered_paragraphs(server: OpenAIServer) -> None:
    server.say("由区教育局牵头[1]。")
    ask(server, llm_paragraphs=2)
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.key == f"Bearer {KEY}"
    assert (asked.body["model"], asked.body["temperature"], asked.body["stream"]) == ("double", 0, True)
    system, user = asked.body["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert TEXTS[0] in user["content"]
    assert TEXTS[1] in user["content"]
    assert TEXTS[2] not in user["content"]


def test_the_first_sentence_comes_before_the_reply_is_over(server: OpenAIServer) -> None:
    server.say("由区教育局牵头[1]。", "区财", stall_after=2)
    pieces = _answerer(server).stream(QUESTION, EVIDENCE)
    assert next(pieces) == "由区教育局牵头[1]。"
    pieces.close()
    assert server.left.wait(3), "closing the iterator must end the request"


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("由区教育局牵头[", "1", "]", "。"), "由区教育局牵头[1]。"),
        (("牵头[0][99]", "[1]。"), "牵头[1]。"),
        (("学位1200个，资金6000万元【", "１】[[2", "]]。"), "学位1200个，资金6000万元[1][2]。"),
        (("学位1200个，资金6000万元[1", ", 2]。"), "学位1200个，资金6000万元[1][2]。"),
        (("牵头[1]，保障[2",), "牵头[1]，保障"),
        (("<think>先看[3]段", "……</think>", "\n\n牵头[1]。"), "牵头[1]。"),
        (("所给段落", "写明由区教育局牵头[1]。"), "所给段落写明由区教育局牵头[1]。"),
        (("  \n牵头[1]。",), "牵头[1]。"),
    ],
)
def test_markers_and_openings_are_cleaned_on_the_way(
    server: OpenAIServer, pieces: tuple[str, ...], expected: str
) -> None:
    server.say(*pieces)
    assert "".join(ask(server)) == expected


def test_a_paragraph_that_was_not_handed_over_cannot_be_cited(server: OpenAIServer) -> None:
    server.say("牵头[1]，养老[3]。")
    assert "".join(ask(server, llm_paragraphs=2)) == "牵头[1]，养老。"


@pytest.mark.parametrize(
    "pieces",
    [
        (REFUSAL,),
        (REFUSAL[:3], REFUSAL[3:], "。"),
        ("\n“", REFUSAL, "”"),
        (REFUSAL, "。但可能是区教育局[1]。"),
    ],
)
def test_the_agreed_refusal_comes_alone(server: OpenAIServer, pieces: tuple[str, ...]) -> None:
    server.say(*pieces)
    assert ask(server) == [REFUSAL]


@pytest.mark.parametrize(
    "pieces",
    [(), ("",), ("由区教育局牵头。",), ("[99]",), ("牵头[0]。",), ("<think>想", "不完"), (REFUSAL[:4],)],
)
def test_a_reply_that_cites_nothing_is_a_failure(server: OpenAIServer, pieces: tuple[str, ...]) -> None:
    server.say(*pieces)
    with pytest.raises(AnswererFailed):
        ask(server)


@pytest.mark.parametrize("stall_after", [0, 1])
def test_a_stalled_reply_ends_at_the_deadline_and_frees_the_server(
    server: OpenAIServer, stall_after: int
) -> None:
    server.say("由区教育局牵头[1]", "。", stall_after=stall_after)
    started = time.monotonic()
    with pytest.raises(AnswererFailed, match=r"0\.5 秒"):
        ask(server, timeout=0.5)
    assert time.monotonic() - started < 2
    assert server.left.wait(3)


def test_a_silent_model_gives_whoever_reads_the_chance_to_leave(server: OpenAIServer) -> None:
    server.say("由区教育局牵头[1]。", stall_after=0)
    pieces = _answerer(server, timeout=30.0).stream(QUESTION, EVIDENCE)
    assert next(pieces) == ""
    pieces.close()
    assert server.left.wait(3)


def test_what_was_spent_before_is_not_to_be_had_again(server: OpenAIServer) -> None:
    server.say(*["字"] * 200, pause=0.05)
    started = time.perf_counter()
    pieces = _answerer(server, timeout=6.0).stream(QUESTION, EVIDENCE, started=started - 5.5)
    with pytest.raises(AnswererFailed, match="秒内没有写完"):
        list(pieces)
    assert time.perf_counter() - started < 4


def test_a_trickle_does_not_outlive_the_deadline(server: OpenAIServer) -> None:
    server.say(*["字"] * 100, pause=0.05)
    with pytest.raises(AnswererFailed, match="秒内没有写完"):
        ask(server, timeout=0.5)
    assert server.left.wait(3)


@pytest.mark.parametrize("broken", [{"cut_after": 1}, {"unfinished": True}])
def test_a_reply_cut_in_the_middle_is_a_failure(server: OpenAIServer, broken: dict) -> None:
    server.say("由区教育局牵头[1]，", "区财政局", **broken)
    with pytest.raises(AnswererFailed):
        ask(server)


@pytest.mark.parametrize("failures", [(429,), (500,), (503, 429), (408,)])
def test_what_fails_in_passing_is_tried_again(server: OpenAIServer, failures: tuple[int, ...]) -> None:
    for status in failures:
        server.say(status=status)
    server.say("由区教育局牵头[1]。")
    assert "".join(ask(server)) == "由区教育局牵头[1]。"
    assert len(server.asked) == len(failures) + 1


def test_a_connection_that_breaks_before_a_word_is_tried_again(server: OpenAIServer) -> None:
    server.say("由区教育局牵头[1]。", cut_after=0)
    server.say("由区教育局牵头[1]。")
    assert "".join(ask(server)) == "由区教育局牵头[1]。"


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_is_refused_is_not_asked_for_again(server: OpenAIServer, status: int) -> None:
    server.say(status=status)
    with pytest.raises(AnswererFailed):
        ask(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [(429, "额度"), (500, "500"), (401, "RAG_LLM_API_KEY"), (404, "RAG_LLM_BASE_URL"), (400, "模型名")],
)
def test_a_failing_service_is_named_without_the_key(server: OpenAIServer, status: int, words: str) -> None:
    server.say(status=status)
    with pytest.raises(AnswererFailed, match=words) as caught:
        ask(server)
    assert "double" in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    "raw",
    [
        b"data: {not json}\n\n",
        b"data: [1, 2]\n\n",
        b'data: {"choices": [{"delta": 7}]}\n\n',
        b"data: \xff\xfe\xb0\n\n",
        b"<html>gateway</html>",
        b"",
    ],
)
def test_nonsense_is_a_failure(server: OpenAIServer, raw: bytes) -> None:
    server.say(raw=raw)
    with pytest.raises(AnswererFailed):
        ask(server)


@pytest.mark.parametrize(
    "pieces", [("长" * 1_000_000,), ("长" * 1000,) * 1000, ("<think>" + "长" * 1_000_000,)]
)
def test_an_endless_reply_is_bounded(server: OpenAIServer, pieces: tuple[str, ...]) -> None:
    server.say(*pieces)
    shown: list[str] = []
    with pytest.raises(AnswererFailed):
        shown.extend(_answerer(server).stream(QUESTION, EVIDENCE))
    assert len("".join(shown)) <= ANSWER_CHARACTERS


def test_a_lie_between_true_sentences_is_never_shown(server: OpenAIServer) -> None:
    server.say("由区教育局牵头新增学位1200个[1]。", "保障资金9000万元[2]。区体育局", "负责养老[3]。")
    assert ask(server) == ["由区教育局牵头新增学位1200个[1]。"]


def test_a_true_sentence_with_the_wrong_paragraph_is_never_shown(server: OpenAIServer) -> None:
    server.say("新增学位1200个[2]。", "区民政局负责养老[3]。")
    assert ask(server) == ["区民政局负责养老[3]。"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("新增学位1200个[1-3]。", "新增学位1200个[1]。"),
        ("新增学位1200个，保障资金6000万元[1][2][3]。", "新增学位1200个，保障资金6000万元[1][2]。"),
        ("新增学位1200个[3]，保障资金6000万元[1][2]。", "新增学位1200个，保障资金6000万元[1][2]。"),
    ],
)
def test_a_marker_that_holds_nothing_of_its_sentence_is_never_shown(
    server: OpenAIServer, said: str, shown: str
) -> None:
    server.say(said)
    assert ask(server) == [shown]


def test_nothing_but_lies_is_a_failure(server: OpenAIServer) -> None:
    server.say("保障资金9000万元[2]。")
    with pytest.raises(AnswererFailed, match="出处"):
        ask(server)


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_an_answer_that_was_cut_short_is_a_failure(server: OpenAIServer, finish: str) -> None:
    server.say("由区教育局牵头[1]。", finish=finish)
    with pytest.raises(AnswererFailed, match=finish):
        ask(server)


def test_a_thought_that_was_never_opened_is_a_failure(server: OpenAIServer) -> None:
    server.say("先看由区教育局牵头。", "</thi", "nk>由区教育局牵头[1]。")
    with pytest.raises(AnswererFailed, match="reasoning parser"):
        ask(server)


def test_a_server_that_asks_to_wait_longer_than_there_is_time_is_left(server: OpenAIServer) -> None:
    server.say(status=429, retry_after="60")
    started = time.monotonic()
    with pytest.raises(AnswererFailed, match="额度"):
        ask(server)
    assert time.monotonic() - started < 4
    assert len(server.asked) == 1


def test_what_cannot_be_read_is_not_asked_for_again(server: OpenAIServer) -> None:
    server.say(raw=b"data: {not json}\n\n")
    with pytest.raises(AnswererFailed):
        ask(server)
    assert len(server.asked) == 1


def test_what_was_begun_is_not_asked_for_again(server: OpenAIServer) -> None:
    server.say("由区教育局", "牵头", cut_after=1)
    with pytest.raises(AnswererFailed):
        ask(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("flaw", [{"mute": True}, {"pings": True}])
def test_a_server_that_says_nothing_is_left_at_the_deadline(server: OpenAIServer, flaw: dict) -> None:
    server.say(**flaw)
    with pytest.raises(AnswererFailed, match="秒内"):
        ask(server, timeout=0.5)
    assert server.left.wait(3)


def test_nobody_listening_is_a_failure() -> None:
    settings = Settings(llm="double", llm_base_url="http://127.0.0.1:9/v1", llm_api_key=KEY, llm_timeout=0.8)
    with pytest.raises(AnswererFailed, match="double"):
        list(load_answerer(settings).stream(QUESTION, EVIDENCE))


def test_a_server_without_keys_never_sees_another_services_key(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    server.say("牵头[1]。")
    assert "".join(ask(server, llm_api_key=None)) == "牵头[1]。"
    assert "sk-of" not in server.asked[0].key


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("openai:double", "double"),
        ("qwen3:8b", "qwen3:8b"),
        ("deepseek-chat", "deepseek-chat"),
        ("gpt-4o", "gpt-4o"),
    ],
)
def test_any_name_reaches_an_openai_compatible_server(server: OpenAIServer, name: str, model: str) -> None:
    server.say("牵头[1]。")
    assert "".join(ask(server, llm=name)) == "牵头[1]。"
    assert server.asked[0].body["model"] == model
    assert _answerer(server, llm=name).name == name


def test_a_provider_that_marks_no_end_is_read_to_its_end() -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage("由区教育局 牵头[1]。")]))
    answerer = ChatModelAnswerer(ChatModel(model, name="own"), timeout=3, paragraphs=3, tokens=6000)
    assert "".join(answerer.stream(QUESTION, EVIDENCE)) == "由区教育局 牵头[1]。"


def test_two_answerers_and_many_callers_share_the_loop(server: OpenAIServer) -> None:
    server.say("牵头[1]。", pause=0.02)
    streams = [_answerer(server).stream(QUESTION, EVIDENCE) for _ in range(3)]
    assert ["".join(stream) for stream in streams] == ["牵头[1]。"] * 3


def test_parameters_of_a_provider_reach_its_server(server: OpenAIServer) -> None:
    server.say("牵头[1]。")
    options = '{"extra_body": {"thinking": {"type": "disabled"}}, "temperature": 0.1}'
    assert "".join(ask(server, llm_options=options)) == "牵头[1]。"
    assert server.asked[0].body["thinking"] == {"type": "disabled"}
    assert server.asked[0].body["temperature"] == 0.1


def test_a_missing_provider_package_is_named_with_its_command() -> None:
    with pytest.raises(ModelUnavailable, match="pip install langchain-cohere"):
        load_answerer(Settings(llm="cohere:command-r"))


@pytest.mark.parametrize("name", [None, "nobody-knows-this"])
def test_an_unusable_name_says_how_to_write_one(name: str | None) -> None:
    with pytest.raises(SettingsError, match="openai:gpt-4o-mini"):
        load_answerer(Settings(llm=name))


def test_a_missing_key_is_a_setting_to_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="RAG_LLM_API_KEY"):
        load_answerer(Settings(llm="openai:gpt-4o-mini"))


def test_the_providers_are_those_of_langchain() -> None:
    from langchain.chat_models.base import _BUILTIN_PROVIDERS  # noqa: PLC0415 - as heavy as in rag/generation/chat_model.py

    assert frozenset(_BUILTIN_PROVIDERS) == PROVIDERS


def test_an_opening_shows_nothing_until_it_is_decided() -> None:
    opening = Opening()
    assert [opening.feed(piece) for piece in ("<th", "ink>想</think>", "由", "区")] == ["", "", "由", "区"]
