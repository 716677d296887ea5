"""The whole page: what the document is, where in it is cited, its text in the shape of its file.

May import the records and names of `rag`. The page needs no script beyond the one that scrolls to the
mark, and its policy allows no other.
"""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import PurePath
from urllib.parse import quote

from rag.citing.places import describe
from rag.datatypes import StoredDocument
from ui.original.blocks import first_place
from ui.original.extract import Extract
from ui.original.flow import render_flow
from ui.original.look import SCRIPT, STYLE
from ui.original.pages import Size, render_pages
from ui.original.slides import render_slides

_AS_TEXT = "正文按段落重排，断行与多余空白已合并，文字与原文件一致。"
_AS_PAGES = "页面图画自原文件，旁边是从这一页读出的文字；引用处在图上与文字里都已标出。"
_AS_PARTS = "表格、幻灯片按其中的文字重新排出，样式与原文件不同，文字一致。"


def render_original(extract: Extract, sizes: Sequence[Size] = ()) -> str:
    """The page for a document; `sizes` are those of its pages, where pictures of them can be had."""
    stored = extract.stored
    parts = _parts(extract)
    return _frame(
        stored.title,
        f"<header><div><h1>{escape(stored.title)}</h1>{_facts(stored)}{_where(extract)}</div></header>\n"
        f"<main>\n{parts}{_body(extract, sizes)}\n{parts}</main>\n"
        f"<footer>{_remark(extract, sizes)}</footer>\n<script>{SCRIPT}</script>",
        wide=bool(sizes),
    )


def render_absence(message: str) -> str:
    """The page for a document that is not there."""
    heading = "没有这份文件"
    return _frame(
        heading,
        f'<main><h1>{heading}</h1><p>{escape(message)}</p><p><a href="/">回到问答</a></p></main>',
    )


def _frame(title: str, body: str, *, wide: bool = False) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body{_WIDE if wide else ''}>\n{body}\n</body>\n</html>\n"
    )


_WIDE = ' class="wide"'


def _body(extract: Extract, sizes: Sequence[Size]) -> str:
    if not extract.paragraphs:
        return ""
    if sizes:
        return render_pages(extract, sizes)
    place = first_place(extract.paragraphs[0], extract)
    if place is not None and place.kind == "slide":
        return render_slides(extract)
    return render_flow(extract.paragraphs, extract)


def _remark(extract: Extract, sizes: Sequence[Size]) -> str:
    if sizes:
        return _AS_PAGES
    return _AS_PARTS if extract.places else _AS_TEXT


def _facts(stored: StoredDocument) -> str:
    source = escape(PurePath(stored.source).name)
    download = f"/api/v1/documents/{quote(stored.id, safe='')}/raw"
    return (
        f'<div class="facts"><a href="/">← 回到问答</a><a href="{escape(download)}">下载原文件</a>'
        f"{source} · 共 {stored.paragraphs} 段</div>"
    )


def _where(extract: Extract) -> str:
    """The cited place in words."""
    label = describe(extract.cited)
    return f'<p class="where">引用处：<b>{escape(label)}</b></p>' if label else ""


def _parts(extract: Extract) -> str:
    """Which part of a long document this is, and the ways to the others."""
    if extract.whole or not extract.paragraphs:
        return ""
    links = "".join(f'<a href="{escape(address)}">{name}</a>' for name, address in _ways(extract))
    return (
        f'<nav class="parts"><span>这里是第 {extract.first}—{extract.last} 段，'
        f"共 {extract.stored.paragraphs} 段</span>{links}</nav>\n"
    )


def _ways(extract: Extract) -> Iterator[tuple[str, str]]:
    span, last = extract.span, extract.stored.paragraphs
    cited = "" if span is None else f"start={span.start}&end={span.end}&"

    def way(number: int) -> str:
        return f"?{cited}around={number}#p{number}"

    if extract.first > 1:
        yield "开头", way(1)
        yield "前一部分", way(extract.first - 1)
    if extract.last < last:
        yield "后一部分", way(extract.last + 1)
        yield "末尾", way(last)
    if span is not None and not extract.paragraphs[0].start <= span.start <= extract.paragraphs[-1].end:
        yield "引用处", f"?{cited.rstrip('&')}"
