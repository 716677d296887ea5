"""Whether the server is alive and ready, and its figures.

May import the dependencies and the metrics.
"""

from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from ui.api.dependencies import ApplicationDep
from ui.api.problems import ProblemBody

router = APIRouter(tags=["运行"])


class AliveBody(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ReadyBody(BaseModel):
    """The library is checked and open."""

    status: Literal["ready"] = "ready"
    documents: int


@router.get("/healthz", summary="进程是否存活")
def alive() -> AliveBody:
    """能应答即存活。"""
    return AliveBody()


@router.get("/readyz", summary="是否可以提问", responses={503: {"model": ProblemBody}})
def ready(application: ApplicationDep) -> ReadyBody:
    """文件库检查完毕、模型载入之后返回 200，此前返回 503。"""
    return ReadyBody(documents=application.library.catalogue.count())


@router.get("/metrics", summary="Prometheus 指标", response_class=Response)
def metrics(request: Request) -> Response:
    """各接口的请求数与耗时。"""
    return Response(generate_latest(request.app.state.meter.registry), media_type=CONTENT_TYPE_LATEST)
