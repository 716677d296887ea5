"""What is turned away before any route sees it: bodies too large, and other sites' forms.

May import the problems and starlette.
"""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.problems import http_problem, respond

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


class Gate:
    """Middleware: `limit` says how many bytes a body sent to a path may have."""

    def __init__(self, app: ASGIApp, limit: Callable[[str], int]) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse at once what the headers give away; count the rest as it arrives."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, most = Headers(scope=scope), self._limit(scope["path"])
        status = 413 if _announced(headers) > most else 403 if _is_foreign(scope["method"], headers) else None
        if status is not None:
            await respond(http_problem(status, scope["path"]))(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)


def _counted(receive: Receive, most: int) -> Receive:
    """Receive, until more than `most` bytes have come."""
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413)
        return message

    return counting


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _is_foreign(method: str, headers: Headers) -> bool:
    """Whether a browser says that another site's page sent a request that changes something.

    A form on any web page can send a file to a server on the reader's own machine.
    """
    return method not in _SAFE and headers.get("sec-fetch-site") == "cross-site"
