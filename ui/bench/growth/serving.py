"""A real server over a library, and questions to it over HTTP, as another program asks them.

May import the HTTP interface, its service, the composition root and the settings.
"""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Thread
from time import sleep

import uvicorn

from rag.errors import ServiceError
from rag.settings import Settings
from ui.api.app import create_app
from ui.compose import Application
from ui.service import Service

_HOST = "127.0.0.1"
_SECONDS = 60.0
_OK = 200


@contextmanager
def served(settings: Settings) -> Iterator[Callable[[str], None]]:
    """Serve the library that settings name on a free port until the block ends; gives what asks it.

    Raises what opening the library raises.
    """
    service = Service(lambda: Application.open(settings, writable=True))
    service.start()
    service.wait()
    server = uvicorn.Server(uvicorn.Config(create_app(service, settings), log_level="error", lifespan="on"))
    with socket.create_server((_HOST, 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                sleep(0.01)
            port = listener.getsockname()[1]
            yield lambda question: _ask(port, question)
        finally:
            server.should_exit = True
            thread.join()


def _ask(port: int, question: str) -> None:
    """`POST /api/v1/ask`, the answer read to its end. Raises ServiceError when it is an error."""
    connection = HTTPConnection(_HOST, port, timeout=_SECONDS)
    try:
        body = json.dumps({"question": question})
        connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
    finally:
        connection.close()
    if answer.status != _OK:
        raise ServiceError(
            f"问{question!r}时服务答以 {answer.status}：{said.decode('utf-8', 'replace')[:200]}"
        )
