"""Pages besides the chat: an original with the cited place marked, pictures of its pages, the reference.

May import the dependencies and what the pages are made of.
"""

from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse

from rag.errors import DocumentNotFound
from ui.api.dependencies import Place, ServiceDep
from ui.api.problems import ProblemBody
from ui.original.extract import read_extract
from ui.original.look import policy
from ui.original.marks import Span
from ui.original.page import render_absence, render_original
from ui.pictures import WIDTHS, Original
from ui.reference import render_reference
from ui.service import Service
from vectorstore.catalogue import Catalogue

router = APIRouter()

_HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# A document's id is a hash of its bytes, so a picture of it never changes; only the reader may keep it.
_LASTING = "private, max-age=86400, immutable"

PageNumber = Annotated[int, Path(ge=1, le=100_000, description="页码，从 1 起")]
Width = Annotated[int, Query(ge=1, le=WIDTHS[-1], description="图宽（像素），取不小于它的最近一档")]
Around = Annotated[int | None, Query(ge=1, le=2**31, description="长文件里显示哪一段附近；不填则显示引用处")]


@router.get("/documents/{document_id}", tags=["原文"], summary="查看原文", response_class=HTMLResponse)
def show_document(
    document_id: str, service: ServiceDep, start: Place = None, end: Place = None, around: Around = None
) -> HTMLResponse:
    """显示原文，标出 start 与 end 之间的文字；超出原文的位置不标。PDF 显示页面并框出所在的行。"""
    catalogue = service.application.library.catalogue
    span = None if start is None or end is None else Span(start, end)
    try:
        extract = read_extract(catalogue, document_id, span, around)
    except DocumentNotFound as error:
        return HTMLResponse(render_absence(str(error)), 404, _HEADERS)
    sizes = service.pictures.sizes(_original(document_id, catalogue))
    return HTMLResponse(render_original(extract, sizes), headers=_HEADERS)


@router.get(
    "/documents/{document_id}/pages/{page}.png",
    tags=["原文"],
    summary="一页的图",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}, 404: {"model": ProblemBody}},
)
async def show_page(
    document_id: str, page: PageNumber, service: ServiceDep, request: Request, width: Width = 1200
) -> Response:
    """返回 PDF 某一页的图（PNG）。"""
    limiter: CapacityLimiter = request.app.state.drawing
    tag = f'"{document_id}-{page}-{width}"' if document_id.isalnum() else '""'
    headers = {"Cache-Control": _LASTING, "ETag": tag, "X-Content-Type-Options": "nosniff"}
    # Waiting for a page takes no thread that an answer could need.
    known = request.headers.get("If-None-Match") == tag
    picture = await to_thread.run_sync(_draw, service, document_id, page, width, known, limiter=limiter)
    if picture is None:
        return Response(status_code=304, headers=headers)
    return Response(picture, media_type="image/png", headers=headers)


@router.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def show_reference(request: Request) -> HTMLResponse:
    """The reference of the interface."""
    return HTMLResponse(render_reference(request.app.openapi()))


def _draw(service: Service, document_id: str, page: int, width: int, known: bool) -> bytes | None:
    """The picture, unless the reader has it; raises DocumentNotFound also for what was deleted since."""
    original = _original(document_id, service.application.library.catalogue)
    return None if known else service.pictures.picture(original, page, width)


def _original(document_id: str, catalogue: Catalogue) -> Original:
    media_type = catalogue.document(document_id).media_type
    return Original(document_id, media_type, lambda: catalogue.raw(document_id))
