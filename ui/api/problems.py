"""Every error as `application/problem+json` (RFC 9457): the one table of what maps to which status.

May import the errors of `rag` and `ui`, the methods, and fastapi.
"""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from rag.errors import (
    AnswererFailed,
    DocumentNotFound,
    InvalidQuestion,
    InvalidRequest,
    LibraryDamaged,
    LibraryLocked,
    LibraryMismatch,
    ModelUnavailable,
    RagError,
    ServiceError,
    UnreadableFile,
)
from ui.api.methods import allowed
from ui.faults import InternalFailure
from ui.jobs import JobNotFound, JobUnderWay
from ui.pictures import NoPicture
from ui.service import NotReady
from ui.spool import NoSpace
from ui.uploads import FileTooLarge
from vectorstore.jobs import QueueFull

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "2"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem; `told` says whether its message may leave the server."""

    name: str
    status: int
    title: str
    told: bool = True


KINDS: dict[type[Exception], Kind] = {
    InvalidQuestion: Kind("invalid-question", 422, "问题无法处理"),
    DocumentNotFound: Kind("document-not-found", 404, "没有这份文件"),
    JobNotFound: Kind("job-not-found", 404, "没有这个任务"),
    JobUnderWay: Kind("job-under-way", 409, "文件正在入库"),
    NoPicture: Kind("no-picture", 404, "没有这一页的图"),
    FileTooLarge: Kind("file-too-large", 413, "文件太大"),
    UnreadableFile: Kind("unreadable-file", 415, "文件无法读取"),
    InvalidRequest: Kind("invalid-request", 422, "请求无法处理"),
    NotReady: Kind("not-ready", 503, "服务正在启动"),
    QueueFull: Kind("queue-full", 503, "等待入库的文件太多"),
    NoSpace: Kind("no-space", 507, "磁盘已满"),
    AnswererFailed: Kind("answerer-failed", 503, "语言模型没有给出回答"),
    LibraryLocked: Kind("library-locked", 503, "文件库正被占用", told=False),
    LibraryMismatch: Kind("library-mismatch", 503, "文件库与向量模型不符", told=False),
    LibraryDamaged: Kind("library-damaged", 503, "文件库索引有损坏", told=False),
    ModelUnavailable: Kind("model-unavailable", 503, "向量模型不可用", told=False),
    InternalFailure: Kind("internal-error", 500, "服务内部错误"),
    ServiceError: Kind("service-error", 500, "服务出错", told=False),
    RagError: Kind("service-error", 500, "服务出错", told=False),
    Exception: Kind("internal-error", 500, "服务内部错误", told=False),
}
_UNTOLD = "服务端出现问题，请稍后重试；若一直如此，请管理员查看服务日志。"
_HTTP_DETAILS = {
    400: "请求无法解析，请检查请求体的格式与编码（UTF-8）。",
    403: "不接受来自其他网站的页面发出的请求。",
    404: "没有这个地址，接口一览见 /docs。",
    405: "这个地址不支持这种请求方法，接口一览见 /docs。",
    413: "请求体太大。",
}
_FAULTS = {
    "missing": "缺少这一项",
    "string_type": "应为字符串",
    "string_unicode": "含有不成字符的编码",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字过大",
    "bool_type": "应为 true 或 false",
    "list_type": "应为列表",
    "dict_type": "应为 JSON 对象",
    "model_type": "应为 JSON 对象",
    "model_attributes_type": "应为 JSON 对象，并注明 Content-Type: application/json",
    "json_invalid": "不是合法的 JSON",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "too_long": "最多 {max_length} 项",
    "literal_error": "只能是 {expected}",
    # Of all that is asked for, only a file is checked by more than its type.
    "value_error": "应为文件，而不是文字",
}


class FaultBody(BaseModel):
    """One thing wrong with a request."""

    field: str
    message: str


class ProblemBody(BaseModel):
    """A problem as sent (RFC 9457); `errors` lists what is wrong with each field."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FaultBody] | None = None


def install(app: FastAPI) -> None:
    """Answer every error of this application with a problem body."""
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RagError, _on_error)
    app.add_exception_handler(Exception, _on_error)


def kind_of(error: Exception) -> Kind:
    """The nearest kind among the error's classes."""
    return next(KINDS[cls] for cls in type(error).__mro__ if cls in KINDS)


def problem(error: Exception, instance: str) -> ProblemBody:
    """The body for an error; what must not leave the server is logged instead."""
    kind = kind_of(error)
    if not kind.told:
        _log.error("%s: %s", kind.name, error, exc_info=error)
    detail = str(error) if kind.told else _UNTOLD
    return _body(kind, detail, instance)


def respond(body: ProblemBody, headers: dict[str, str] | None = None) -> JSONResponse:
    """The response that carries a problem."""
    content = body.model_dump(exclude_none=True)
    extra = {"Retry-After": RETRY_SECONDS} if body.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return JSONResponse(content, body.status, headers={**(headers or {}), **extra}, media_type=MEDIA_TYPE)


def http_problem(status: int, instance: str) -> ProblemBody:
    """The body for a plain HTTP status, such as an unknown address."""
    phrase = HTTPStatus(status).phrase
    name = phrase.lower().replace(" ", "-")
    return _body(Kind(name, status, phrase), _HTTP_DETAILS.get(status, phrase), instance)


async def _on_error(request: Request, error: Exception) -> JSONResponse:
    return respond(problem(error, request.url.path))


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed(request.app.routes, request.scope)
    return respond(http_problem(error.status_code, request.url.path), headers)


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [_fault(item) for item in error.errors()]
    unparsed = any(item["type"] == "json_invalid" for item in error.errors())
    kind = Kind("invalid-request", 400 if unparsed else 422, "请求格式有误")
    detail = "；".join(f"{fault.field}：{fault.message}" for fault in faults) + "。接口说明见 /docs。"
    body = _body(kind, detail, request.url.path)
    return respond(body.model_copy(update={"errors": faults}))


def _body(kind: Kind, detail: str, instance: str) -> ProblemBody:
    return ProblemBody(
        type=f"urn:zhiyin:problem:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=instance,
    )


def _fault(item: dict[str, Any]) -> FaultBody:
    """One validation error in Chinese; bounds and choices are named."""
    _, *place = item["loc"]
    whole = not place or item["type"] == "json_invalid"
    field = "请求体" if whole else ".".join(str(part) for part in place)
    template = _FAULTS.get(item["type"])
    message = item["msg"] if template is None else template.format(**item.get("ctx", {}))
    return FaultBody(field=field, message=message)
