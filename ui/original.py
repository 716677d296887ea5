"""The page that shows a document as its paragraphs, with the cited characters marked.

May import the records of `rag`. Everything a document says is escaped; the page needs no script
beyond the one that scrolls to the mark, and its policy allows no other.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from urllib.parse import quote

from rag.chinese import is_blank
from rag.datatypes import Paragraph, StoredDocument

STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#22262b;--soft:#6a7078;--line:#e4e0d8;--mark:#ffe58f;
--accent:#8a3324}
@media (prefers-color-scheme:dark){:root{--paper:#191b1e;--ink:#e3e1dc;--soft:#989ca2;--line:#33363b;
--mark:#6b5410;--accent:#e2a08f}}
*{box-sizing:border-box}
html{scroll-padding-top:30vh}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.95;font-size:17px;
font-family:"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{border-bottom:1px solid var(--line)}
header>div,main,footer{max-width:44rem;margin:0 auto;padding:1.6rem 1.4rem}
h1{font-size:1.5rem;line-height:1.5;margin:.2rem 0 .4rem;font-weight:650}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.facts,footer{color:var(--soft);font-size:.85rem}
.facts a{margin-right:1.2em}
p,h2{position:relative;white-space:pre-line;margin:0 0 1.05em;overflow-wrap:anywhere;text-align:justify}
h2{font-size:1.1rem;margin-top:2em;line-height:1.7;text-align:left}
.title{font-size:1.2rem;text-align:left;font-weight:650}
.signature{text-align:right;color:var(--soft)}
.number{position:absolute;left:-3.4rem;width:2.6rem;text-align:right;color:var(--soft);font-size:.75rem;
font-weight:400;opacity:.65;user-select:none}
mark{background:var(--mark);color:var(--ink);padding:.12em 0;border-radius:2px}
:target .number{color:var(--accent);opacity:1}
@media (max-width:54rem){.number{position:static;display:block;width:auto;text-align:left;line-height:1.4}
body{font-size:16px}header>div,main,footer{padding:1.2rem 1.1rem}}
"""
SCRIPT = "document.querySelector('mark')?.scrollIntoView({block:'center'});"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def policy() -> str:
    """The page's Content-Security-Policy: its own style and script, nothing else, no frame."""
    return (
        f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@dataclass(frozen=True, slots=True)
class Place:
    """The cited characters, as offsets into the document's raw text."""

    start: int
    end: int


def render_original(
    stored: StoredDocument, raw: str, paragraphs: Sequence[Paragraph], place: Place | None
) -> str:
    """The page for a document; a place that holds no characters marks nothing."""
    body = "\n".join(_paragraph(paragraph, raw, place) for paragraph in paragraphs)
    title = escape(stored.title)
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><div><h1>{title}</h1>{_facts(stored)}</div></header>\n"
        f"<main>\n{body}\n</main>\n"
        "<footer>正文按段落重排，断行与多余空白已合并，文字与原文件一致。</footer>\n"
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def render_absence(message: str) -> str:
    """The page for a document that is not there."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>没有这份文件</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<main><h1>没有这份文件</h1><p>{escape(message)}</p><p><a href="/">回到问答</a></p></main>\n'
        "</body>\n</html>\n"
    )


def marked(paragraph: Paragraph, raw: str, place: Place | None) -> list[tuple[str, bool]]:
    """The paragraph's text in pieces, each with whether it is cited.

    Clean and raw text hold the same non-blank characters in the same order, so a raw offset becomes
    a clean one by counting them.
    """
    text = paragraph.text
    if place is None or place.end <= paragraph.start or place.start >= paragraph.end:
        return [(text, False)]
    before = _inked(raw[paragraph.start : max(place.start, paragraph.start)])
    within = _inked(raw[max(place.start, paragraph.start) : min(place.end, paragraph.end)])
    if not within:
        return [(text, False)]
    inked = [at for at, sign in enumerate(text) if not is_blank(sign)]
    start, end = inked[before], inked[before + within - 1] + 1
    pieces = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    return [(piece, cited) for piece, cited in pieces if piece]


def _inked(text: str) -> int:
    return sum(not is_blank(sign) for sign in text)


def _paragraph(paragraph: Paragraph, raw: str, place: Place | None) -> str:
    kind = paragraph.attributes.kind
    tag = "h2" if kind == "heading" else "p"
    number = f'<span class="number">{paragraph.number}</span>'
    text = "".join(_spans(paragraph, raw, place))
    return f'<{tag} id="p{paragraph.number}" class="{kind}">{number}{text}</{tag}>'


def _spans(paragraph: Paragraph, raw: str, place: Place | None) -> Iterator[str]:
    for piece, cited in marked(paragraph, raw, place):
        yield f"<mark>{escape(piece)}</mark>" if cited else escape(piece)


def _facts(stored: StoredDocument) -> str:
    source = escape(PurePath(stored.source).name)
    download = f"/api/v1/documents/{quote(stored.id, safe='')}/raw"
    return (
        f'<div class="facts"><a href="/">← 回到问答</a><a href="{escape(download)}">下载原文件</a>'
        f"{source} · 共 {stored.paragraphs} 段</div>"
    )
