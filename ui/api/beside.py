"""The page's place beside the API: it gets what the API does not claim, under a policy of its own.

May import the problems and starlette.
"""

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.problems import http_problem, respond

# What the API answers for, were it only to say that there is nothing.
API_PATHS = ("/api/", "/v1/", "/documents/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json")
# The page runs on what this server sends alone; its framework needs inline style and evaluated code.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_NOT_THERE = (404, 405)


class PageMount(Mount):
    """A mount at `/` that leaves the API's paths alone, so that 404 and 405 there stay the API's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Nothing below the API's paths; everything else as usual."""
        if scope["type"] == "http" and scope["path"].startswith(API_PATHS):
            return Match.NONE, {}
        return super().matches(scope)


class Dressed:
    """Adds the policy to the page's responses and turns what it does not know into a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
            await respond(http_problem(absent, scope["path"]))(scope, receive, send)


def step_aside(app: Starlette) -> None:
    """Put every mount at `/` behind the API's paths."""
    routes = app.router.routes
    for place, route in enumerate(routes):
        if isinstance(route, Mount) and route.path == "":
            routes[place] = PageMount("", app=Dressed(route.app))
