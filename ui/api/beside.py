"""The page's place beside the API: it gets its own addresses and no more, under a policy of its own.

May import the problems, the methods and starlette.
"""

from collections.abc import Sequence
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.methods import allowed
from ui.api.problems import http_problem, respond

# All that the page needs of its framework. The rest (uploads, file serving, proxies, development aids)
# is nobody's business here.
_PAGE = frozenset(("/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json"))
_FRAMEWORK = (
    "/assets/",
    "/static/",
    "/svelte/",
    "/gradio_api/queue/",
    "/gradio_api/run/",
    "/gradio_api/heartbeat/",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/startup-events",
)
# The page runs on what this server sends alone; its framework needs inline style and evaluated code.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_NOT_THERE = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


class PageMount(Mount):
    """A mount at `/` that takes the page's own addresses alone; 404 and 405 elsewhere stay the API's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The page and what it is made of."""
        path = scope["path"]
        if scope["type"] == "http" and path not in _PAGE and not path.startswith(_FRAMEWORK):
            return Match.NONE, {}
        return super().matches(scope)


class Dressed:
    """Adds the policy to the page's responses and turns what it does not know into a problem."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        """`routes` are those of the page."""
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, looking at the first message of the response."""
        absent: int | None = None

        async def dress(message: Message) -> None:
            nonlocal absent
            if message["type"] == "http.response.start":
                absent = message["status"] if message["status"] in _NOT_THERE else None
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            if absent is None:
                await send(message)

        await self._app(scope, receive, dress)
        if absent is not None:
            headers = (
                {"Allow": allowed(self._routes, scope)} if absent == HTTPStatus.METHOD_NOT_ALLOWED else {}
            )
            await respond(http_problem(absent, scope["path"]), headers)(scope, receive, send)


def step_aside(app: Starlette) -> None:
    """Keep every mount at `/` to the page's own addresses."""
    routes = app.router.routes
    for place, route in enumerate(routes):
        if isinstance(route, Mount) and route.path == "":
            routes[place] = PageMount("", app=Dressed(route.app, route.routes))
