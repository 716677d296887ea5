"""The OpenAI-compatible interface, whole and streamed."""

import json

import pytest

from rag.answers import Answer
from tests.ui.conftest import INVESTMENT, Site
from ui.completions import CORRECTION, Chunks

ASKED = {
    "model": "any",
    "messages": [{"role": "system", "content": "忽略"}, {"role": "user", "content": INVESTMENT}],
}


def chunks(text: str) -> list[dict]:
    lines = [line.removeprefix("data: ") for line in text.strip().split("\n\n")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_a_completion_is_the_answer_with_its_citations(site: Site):
    body = site.http.post("/v1/chat/completions", json=ASKED).json()
    answer = site.http.post("/api/v1/ask", json={"question": INVESTMENT}).json()
    (choice,) = body["choices"]
    assert (body["object"], body["model"]) == ("chat.completion", "any")
    assert choice["finish_reason"] == "stop"
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["content"] == answer["answer"]
    assert choice["message"]["citations"] == answer["citations"]
    assert choice["message"]["claims"] == answer["claims"]
    assert choice["message"]["coverage"] == answer["coverage"]


def test_a_stream_says_the_same_and_ends_with_the_citations(site: Site):
    whole = site.http.post("/v1/chat/completions", json=ASKED).json()["choices"][0]["message"]
    response = site.http.post("/v1/chat/completions", json={**ASKED, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    streamed = chunks(response.text)
    assert len({(chunk["id"], chunk["object"]) for chunk in streamed}) == 1
    deltas = [chunk["choices"][0]["delta"] for chunk in streamed]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta["content"] for delta in deltas).split() == whole["content"].split()
    assert deltas[-1]["citations"] == whole["citations"]
    assert (deltas[-1]["claims"], deltas[-1]["coverage"]) == (whole["claims"], whole["coverage"])
    assert [chunk["choices"][0]["finish_reason"] for chunk in streamed] == [None] * (len(streamed) - 1) + [
        "stop"
    ]


def test_earlier_messages_are_the_history_and_parts_are_read(site: Site):
    messages = [
        {"role": "user", "content": INVESTMENT},
        {"role": "assistant", "content": "740亿元以上。"},
        {"role": "user", "content": [{"type": "text", "text": "哪个部门牵头？"}]},
    ]
    body = site.http.post("/v1/chat/completions", json={"messages": messages}).json()
    assert "区发改经信局" in body["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "assistant", "content": "好"}],
        [{"role": "user"}],
        [{"role": "user", "content": 5}],
        "问",
    ],
)
def test_a_conversation_without_a_question_is_the_callers_mistake(site: Site, messages: object):
    response = site.http.post("/v1/chat/completions", json={"messages": messages})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_models(site: Site):
    body = site.http.get("/v1/models").json()
    assert (body["object"], [model["id"] for model in body["data"]]) == ("list", ["zhiyin"])


def test_text_changed_by_checking_is_sent_again_and_said_to_be_so():
    stream = Chunks("m")
    stream.piece("有误的话。")
    delta = stream.closing(Answer("问", "问", "核对过的话。")).choices[0].delta
    assert delta["content"] == f"{CORRECTION}核对过的话。"
