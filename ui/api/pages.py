"""Pages besides the chat: an original with the cited characters marked, and the reference.

May import the dependencies and the page's text.
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from rag.errors import DocumentNotFound
from ui.api.dependencies import CatalogueDep, Place
from ui.original import Place as Cited
from ui.original import policy, render_absence, render_original
from ui.reference import render_reference

router = APIRouter()

_HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@router.get("/documents/{document_id}", tags=["原文"], summary="查看原文", response_class=HTMLResponse)
def show_document(
    document_id: str, catalogue: CatalogueDep, start: Place = None, end: Place = None
) -> HTMLResponse:
    """显示原文，标出 start 与 end 之间的文字；超出原文的位置不标。"""
    try:
        stored = catalogue.document(document_id)
        raw, paragraphs = catalogue.text(document_id), catalogue.paragraphs(document_id)
    except DocumentNotFound as error:
        return HTMLResponse(render_absence(str(error)), 404, _HEADERS)
    place = None if start is None or end is None else Cited(start, end)
    return HTMLResponse(render_original(stored, raw, paragraphs, place), headers=_HEADERS)


@router.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def show_reference(request: Request) -> HTMLResponse:
    """The reference of the interface."""
    return HTMLResponse(render_reference(request.app.openapi()))
