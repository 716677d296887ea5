"""A stream that fails, a client that leaves, and others who must not wait meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from time import perf_counter

import httpx
import pytest

from rag.answers import AnswerEvent, Delta, Retrieved
from rag.datatypes import Inquiry
from rag.errors import AnswererFailed
from tests.ui.api.test_questions import events
from tests.ui.conftest import Site, serving
from ui.service import Service


class Endless:
    """An assistant that writes until it is stopped, and records that it was."""

    def __init__(self) -> None:
        self.stopped = Event()

    def stream(self, inquiry: Inquiry) -> Iterator[AnswerEvent]:
        try:
            yield Retrieved(())
            while True:
                self.stopped.wait(0.01)
                yield Delta(inquiry.question)
        finally:
            self.stopped.set()


class Failing:
    """An assistant that fails after its first words."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def stream(self, inquiry: Inquiry) -> Iterator[AnswerEvent]:
        yield Retrieved(())
        yield Delta("开头")
        raise self.error


@pytest.fixture
def with_assistant(site: Site):
    """A server beside `site` whose assistant is another."""

    def start(assistant: object):
        service = Service(lambda: replace(site.application, assistant=assistant, library=Kept(site)))
        service.start()
        service.wait()
        return serving(service, site.settings)

    return start


class Kept:
    """The library of another server, which alone closes it."""

    def __init__(self, site: Site) -> None:
        self.catalogue = site.application.library.catalogue

    def close(self) -> None:
        """Leave it open."""


def test_work_stops_when_the_client_leaves(with_assistant):
    endless = Endless()
    with with_assistant(endless) as other:
        with other.http.stream("POST", "/api/v1/ask", json={"question": "问", "stream": True}) as response:
            lines = response.iter_lines()
            assert next(lines) == "event: retrieved"
        assert endless.stopped.wait(5)


def test_a_stream_does_not_keep_others_waiting(with_assistant):
    with with_assistant(Endless()) as other:
        streams = [
            other.http.stream("POST", "/api/v1/ask", json={"question": "问", "stream": True}) for _ in "123"
        ]
        for stream in streams:
            stream.__enter__()
        began = perf_counter()
        assert httpx.get(f"{other.url}/healthz").status_code == 200
        assert perf_counter() - began < 5
        for stream in streams:
            stream.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [(AnswererFailed("模型太慢。"), 503, "模型太慢。"), (KeyError("x"), 500, "内部错误")],
)
def test_a_failure_midway_is_the_last_event(with_assistant, error: Exception, status: int, said: str):
    with with_assistant(Failing(error)) as other:
        response = other.http.post("/api/v1/ask", json={"question": "问", "stream": True})
        streamed = events(response.text)
        assert [name for name, _ in streamed] == ["retrieved", "delta", "error"]
        assert streamed[-1][1]["status"] == status
        assert said in streamed[-1][1]["detail"]
        assert "Traceback" not in response.text


def test_an_unforeseen_failure_is_a_500_without_its_trace(with_assistant):
    with with_assistant(object()) as other:
        response = other.http.post("/api/v1/ask", json={"question": "问"})
        assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
        assert "AttributeError" not in response.text
