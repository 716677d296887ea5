"""The FastAPI application: routes, middleware and errors put together.

May import every module of this package.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.middleware import Middleware
from starlette.concurrency import run_in_threadpool

from rag.settings import Settings
from ui.api import bounds, chat, documents, health, ingestion, pages, problems, questions
from ui.api.gate import Gate
from ui.api.metering import Meter, Metering
from ui.choices import Choices
from ui.service import Service

WebApplication = FastAPI

UPLOAD_PATH = "/api/v1/documents"
# A question of the longest allowed length with a long conversation, and room to spare.
JSON_BYTES = 2 * 1024 * 1024
# Boundaries and headers around each uploaded file.
_PART_BYTES = 4096
# Pages are drawn one after another; one more may meanwhile be read from the library.
_DRAWN_AT_ONCE = 2


def create_app(service: Service, settings: Settings) -> FastAPI:
    """The application around a service; it closes the service at the end."""
    meter = Meter()
    app = FastAPI(
        title="知引",
        summary="中文文档问答助手，每句话都能点回原文",
        version="1",
        # The framework's own pages load their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        middleware=[
            Middleware(Metering, meter=meter),
            Middleware(Gate, limit=lambda path: _most_bytes(path, settings)),
        ],
    )
    app.state.service = service
    app.state.settings = settings
    app.state.meter = meter
    app.state.choices = Choices(service)
    app.state.drawing = CapacityLimiter(_DRAWN_AT_ONCE)
    for part in (questions, bounds, documents, ingestion, pages, chat, health):
        app.include_router(part.router)
    problems.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    yield
    await run_in_threadpool(service.close)


def _most_bytes(path: str, settings: Settings) -> int:
    if path.rstrip("/") != UPLOAD_PATH:
        return JSON_BYTES
    return settings.upload_files * (settings.file_bytes + _PART_BYTES)
