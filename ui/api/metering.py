"""Counts and times requests by route for Prometheus.

May import starlette and prometheus_client.
"""

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A question takes milliseconds without a language model and up to half a minute with one.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
UNMATCHED = "other"


class Meter:
    """The figures of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "rag_http_requests", "HTTP requests", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "rag_http_request_seconds",
            "Seconds from request to the end of the response",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def record(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one request; only known methods and route templates become labels."""
        method = scope["method"] if scope["method"] in _METHODS else UNMATCHED
        route = getattr(scope.get("route"), "path_format", None) or UNMATCHED
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)


class Metering:
    """Middleware that tells the meter of each request once its response has ended."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and watch the status go by."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            self._meter.record(scope, status, perf_counter() - started)
