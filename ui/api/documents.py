"""Listing, reading and removing documents over HTTP.

May import the bodies and the dependencies.
"""

from pathlib import PurePath
from urllib.parse import quote

from fastapi import APIRouter, Response

from rag.datatypes import StoredDocument
from ui.api.dependencies import ApplicationDep, CatalogueDep, Offset, OpenLimit, PageLimit, ServiceDep
from ui.api.problems import ProblemBody
from ui.holdings import DocumentBody, DocumentsBody, ParagraphBody, ParagraphsBody

router = APIRouter(prefix="/api/v1/documents", tags=["文件"], responses={404: {"model": ProblemBody}})

DEFAULT_LISTED = 100
_BINARY = "application/octet-stream"


@router.get("", summary="文件列表")
def list_documents(
    catalogue: CatalogueDep, offset: Offset = 0, limit: PageLimit = DEFAULT_LISTED
) -> DocumentsBody:
    """按入库先后列出文件。"""
    listed = catalogue.documents(offset=offset, limit=limit)
    return DocumentsBody(total=catalogue.count(), documents=[DocumentBody.of(stored) for stored in listed])


@router.get("/{document_id}", summary="一份文件的信息")
def read_document(document_id: str, catalogue: CatalogueDep) -> DocumentBody:
    """返回标题、来源、段落数等。"""
    return DocumentBody.of(catalogue.document(document_id))


@router.get("/{document_id}/paragraphs", summary="一份文件的段落")
def read_paragraphs(
    document_id: str, catalogue: CatalogueDep, offset: Offset = 0, limit: OpenLimit = None
) -> ParagraphsBody:
    """按顺序返回段落及其在原文中的位置。"""
    paragraphs = catalogue.paragraphs(document_id)
    wanted = paragraphs[offset : None if limit is None else offset + limit]
    return ParagraphsBody(total=len(paragraphs), paragraphs=[ParagraphBody.of(each) for each in wanted])


@router.get(
    "/{document_id}/raw",
    summary="原始文件",
    response_class=Response,
    responses={200: {"content": {_BINARY: {}}}},
)
def download(document_id: str, catalogue: CatalogueDep) -> Response:
    """原样返回入库时的字节。"""
    stored = catalogue.document(document_id)
    headers = {"Content-Disposition": _attachment(stored), "X-Content-Type-Options": "nosniff"}
    return Response(catalogue.raw(document_id), media_type=stored.media_type or _BINARY, headers=headers)


@router.delete(
    "/{document_id}", status_code=204, summary="删除一份文件", responses={409: {"model": ProblemBody}}
)
def delete_document(document_id: str, application: ApplicationDep, service: ServiceDep) -> None:
    """从文件库中移除文件及其全部段落；还在排队入库的不再收入，正在入库的要等它结束。"""
    cancelled = service.jobs.cancel(document_id)
    if not cancelled or application.library.catalogue.holds(document_id):
        application.library.delete(document_id)


def _attachment(stored: StoredDocument) -> str:
    """The header that names the download (RFC 6266), with a plain twin for old clients."""
    name = PurePath(stored.source).name
    suffix = PurePath(name).suffix
    plain = stored.id[:12] + (suffix if suffix.isascii() and suffix.isprintable() else "")
    plain = plain.replace('"', "").replace("\\", "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
