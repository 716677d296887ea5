"""A real HTTP server on loopback that speaks OpenAI's and Ollama's chat protocols and misbehaves as told.

May import nothing of ours. `Reply` scripts are queued, one per request (the last one repeats); what was
asked can be read afterwards.
"""

import json
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

# How long a client that never leaves is borne with, in seconds.
_PATIENCE = 10.0

_Event = Callable[[str, str | None], bytes]


@dataclass(frozen=True, slots=True)
class Reply:
    """How one request is answered.

    `pieces` are streamed one by one, `pause` seconds apart; after piece `stall_after` nothing more
    comes until the client leaves; after piece `cut_after` the connection breaks (`unfinished` ends
    it politely, without a finish; `finish` is the reason given otherwise). `raw` is sent as it is
    instead, `mute` sends not even headers, `pings` sends comments without end. `status` other than
    200 sends an error object that repeats the key, as real services do.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    pause: float = 0.0
    stall_after: int | None = None
    cut_after: int | None = None
    unfinished: bool = False
    finish: str = "stop"
    raw: bytes | None = None
    mute: bool = False
    pings: bool = False
    retry_after: str = "0"


@dataclass(slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    key: str
    body: dict[str, Any]


@dataclass(slots=True)
class ModelServer:
    """The running server: its address, its scripts, what it was asked, whether a client left early.

    `url` is where OpenAI's protocol is spoken, `root` where Ollama's is.
    """

    root: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    left: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """The base URL of the OpenAI-compatible interface."""
        return f"{self.root}/v1"

    def say(self, *pieces: str, **options: Any) -> None:  # noqa: ANN401
        """Queue a reply."""
        self.replies.append(Reply(pieces, **options))

    def next_reply(self) -> Reply:
        """The reply to the request that has just arrived."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: ModelServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""

    def do_POST(self) -> None:
        """Answer as the next script says, in the protocol of the path."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers.get("Authorization", "")
        self.state.asked.append(Asked(self.path, key, body))
        reply = self.state.next_reply()
        try:
            if reply.mute:
                self._wait_for_leaving()
            elif reply.status != 200:
                self._whole(reply, _error(key))
            elif body.get("stream"):
                self._stream(reply, _ollama_line if self.path == "/api/chat" else _openai_event)
            else:
                self._whole(reply, reply.raw or _completion("".join(reply.pieces)))
        except (BrokenPipeError, ConnectionResetError):
            self.state.left.set()
            self.close_connection = True

    def _whole(self, reply: Reply, body: bytes) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", reply.retry_after)
        self._end_headers()
        self.wfile.write(body)

    def _stream(self, reply: Reply, event: _Event) -> None:
        self.send_response(200)
        ndjson = event is _ollama_line
        self.send_header("Content-Type", "application/x-ndjson" if ndjson else "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self._end_headers()
        while reply.pings:
            self._chunk(b": keep-alive\n\n")
            time.sleep(0.02)
        if reply.raw is not None:
            self._chunk(reply.raw)
        elif self._pieces(reply, event):
            if not reply.unfinished:
                self._chunk(event("", reply.finish))
        else:
            return
        self._chunk(b"")

    def _end_headers(self) -> None:
        # A connection kept for later would be left open by a client that is thrown away.
        self.send_header("Connection", "close")
        self.end_headers()

    def _pieces(self, reply: Reply, event: _Event) -> bool:
        """Send the pieces; returns whether the reply came to its end."""
        for number, piece in enumerate((*reply.pieces, "")):
            if number == reply.stall_after:
                self._wait_for_leaving()
                return False
            if number == reply.cut_after:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return False
            if number < len(reply.pieces):
                self._chunk(event(piece, None))
                time.sleep(reply.pause)
        return True

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _wait_for_leaving(self) -> None:
        """Silence until the client closes its end; a client that never does is left in the end."""
        self.connection.settimeout(_PATIENCE)
        try:
            gone = self.connection.recv(1) == b""
        except OSError:
            gone = False
        if gone:
            self.state.left.set()
        self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """A connection that broke is part of the play; anything else is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _openai_event(text: str, finish: str | None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    event = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "double",
        "choices": [choice],
    }
    end = "data: [DONE]\n\n" if finish else ""
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n{end}".encode()


def _ollama_line(text: str, finish: str | None) -> bytes:
    event: dict[str, Any] = {
        "model": "double",
        "created_at": "2025-01-01T00:00:00Z",
        "message": {"role": "assistant", "content": text},
        "done": finish is not None,
    }
    if finish:
        event["done_reason"] = finish
    return f"{json.dumps(event, ensure_ascii=False)}\n".encode()


def _completion(text: str) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps(
        {"id": "c1", "object": "chat.completion", "created": 1, "model": "double", "choices": [choice]}
    ).encode()


def _error(key: str) -> bytes:
    return json.dumps({"error": {"message": f"bad key {key}", "type": "invalid_request_error"}}).encode()


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on a free port, for the length of the block."""
    state = ModelServer()
    handler = type("Handler", (_Handler,), {"state": state})
    server = _Server(("127.0.0.1", 0), handler)
    state.root = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
