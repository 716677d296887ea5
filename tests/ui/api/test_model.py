"""A language model behind the HTTP interface: sentence by sentence, dropped when the client leaves."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ui.api.test_questions import events
from tests.ui.conftest import INVESTMENT, Site, open_site
from ui.bench.model.server import ModelServer, Reply, model_server

TRUE = "2024年固定资产投资740亿元以上[1]。"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture(scope="module")
def modelled(shelf: Path, server: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a model that also rewrites follow-ups."""
    home = Path(shutil.copytree(shelf, tmp_path_factory.mktemp("modelled") / "library"))
    with open_site(home, llm="double", llm_base_url=server.url, llm_timeout=8.0, llm_rewrite=True) as site:
        yield site


@pytest.fixture(autouse=True)
def fresh(server: ModelServer) -> None:
    server.asked.clear()
    server.replies.clear()
    server.left.clear()


def test_sentences_come_as_they_stand_and_the_lie_never(modelled: Site, server: ModelServer) -> None:
    server.say(*"2024年固定资产投资740亿元以上[1][99]。财政收入9999亿元[1]。")
    response = modelled.http.post("/api/v1/ask", json={"question": INVESTMENT, "stream": True})
    said = events(response.text)
    assert [name for name, _ in said] == ["retrieved", "delta", "done"]
    assert said[1][1]["text"] == TRUE
    done = said[-1][1]
    assert (done["answerer"], done["answered"]) == ("double", True)
    assert "9999" not in json.dumps(said, ensure_ascii=False)


def test_a_client_that_leaves_ends_the_models_work(modelled: Site, server: ModelServer) -> None:
    server.say(TRUE, "还有", stall_after=2)
    with (
        httpx.Client(base_url=modelled.url, timeout=10) as client,
        client.stream("POST", "/api/v1/ask", json={"question": INVESTMENT, "stream": True}) as response,
    ):
        for line in response.iter_lines():
            if line.startswith("event: delta"):
                break
    assert server.left.wait(4), "half the deadline"


@pytest.mark.parametrize(
    ("rewritten", "standalone"),
    [
        ("2024年新增学位目标是多少？", "2024年新增学位目标是多少？"),
        ("2031年新增学位目标是多少？", None),
    ],
)
def test_a_follow_up_is_rewritten_and_checked(
    modelled: Site, server: ModelServer, rewritten: str, standalone: str | None
) -> None:
    server.replies[:] = [Reply((rewritten,)), Reply(("新增学位5600个[1]。",))]
    history = [
        {"role": "user", "content": INVESTMENT},
        {"role": "assistant", "content": "740亿元以上[1]。"},
    ]
    told = modelled.http.post("/api/v1/ask", json={"question": "那新增学位呢？", "history": history}).json()
    assert len(server.asked) >= 1
    assert "改写" in server.asked[0].body["messages"][0]["content"]
    assert "2031" not in told["standalone_question"]
    if standalone is not None:
        assert told["standalone_question"] == standalone
