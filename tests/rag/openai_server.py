"""A real HTTP server on loopback that speaks the OpenAI chat protocol and misbehaves as told.

Each test queues `Reply` scripts, one per request (the last one repeats), and reads what was asked.
"""

import json
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True, slots=True)
class Reply:
    """How one request is answered.

    `pieces` are streamed one by one, `pause` seconds apart; after piece `stall_after` nothing more
    comes until the client leaves; after piece `cut_after` the connection breaks (`unfinished` ends
    it politely, without a finish). `raw` is sent as it is instead. `status` other than 200 sends an
    error object that repeats the key, as real services do.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    pause: float = 0.0
    stall_after: int | None = None
    cut_after: int | None = None
    unfinished: bool = False
    raw: bytes | None = None


@dataclass(slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    key: str
    body: dict


@dataclass(slots=True)
class OpenAIServer:
    """The running server: its address, its scripts, what it was asked, whether a client left early."""

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    left: Event = field(default_factory=Event)

    def say(self, *pieces: str, **options: object) -> None:
        """Queue a reply."""
        self.replies.append(Reply(pieces, **options))

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: OpenAIServer

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.asked.append(Asked(self.path, self.headers.get("Authorization", ""), body))
        reply = self.state.next_reply()
        try:
            if reply.status != 200:
                self._whole(reply.status, _error(self.headers.get("Authorization", "")))
            elif body.get("stream"):
                self._stream(reply)
            else:
                self._whole(200, reply.raw or _completion("".join(reply.pieces)))
        except (BrokenPipeError, ConnectionResetError):
            self.state.left.set()
            self.close_connection = True

    def _whole(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After-Ms", "10")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if reply.raw is not None:
            self._chunk(reply.raw)
            self._chunk(b"")
            return
        for number, piece in enumerate(reply.pieces):
            if number == reply.stall_after:
                self._wait_for_leaving()
                return
            if number == reply.cut_after:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self._chunk(_event(piece))
            time.sleep(reply.pause)
        if reply.stall_after == len(reply.pieces):
            self._wait_for_leaving()
            return
        if not reply.unfinished:
            self._chunk(_event("", finish="stop"))
            self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _wait_for_leaving(self) -> None:
        """Silence until the client closes its end; a client that never does is left after 10 s."""
        self.connection.settimeout(10)
        try:
            gone = self.connection.recv(1) == b""
        except OSError:
            gone = False
        if gone:
            self.state.left.set()
        self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is part of the play; anything else is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _event(text: str, *, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    event = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "double",
        "choices": [choice],
    }
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _completion(text: str) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps(
        {"id": "c1", "object": "chat.completion", "created": 1, "model": "double", "choices": [choice]}
    ).encode()


def _error(key: str) -> bytes:
    return json.dumps({"error": {"message": f"bad key {key}", "type": "invalid_request_error"}}).encode()


@contextmanager
def openai_server() -> Iterator[OpenAIServer]:
    """A server on a free port, for the length of the block."""
    state = OpenAIServer()
    handler = type("Handler", (_Handler,), {"state": state})
    server = _Server(("127.0.0.1", 0), handler)
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
