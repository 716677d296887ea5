"""A page's bytes to a tree: its charset, what a hostile page must not cost, the parser.

May import the core.
"""

import codecs
import re

from lxml import html

from ingest.decode import decode
from rag.errors import UnreadableFile

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD = 8192
# What a page declares is often a subset of what it is written in.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932"}
_BELIEVED = ("gb18030", "big5hkscs", "cp932", "euc_jp", "euc_kr", "hz")
# A DOCTYPE may define entities, and an XML declaration name a charset that is no longer true.
_PROLOGUE = re.compile(r"<!DOCTYPE[^>\[]*\[.*?\]\s*>|<\?xml[^>]*>", re.IGNORECASE | re.DOTALL)
# Pictures written into the page.
_DATA = re.compile(r"(=\s*[\"']?)data:[^\"'<>\s]{100,}", re.IGNORECASE)
# Attributes of one tag are compared each with each: beyond these, all of them go.
_CROWDED = re.compile(r"<([a-zA-Z][^<>\s]*+)(?:\s++[^<>\s]++){200,}+\s*+>?")
_TAG = re.compile(r"<[a-zA-Z][^<>]*+")
_MAX_TAGS = 600_000
_MAX_ATTRIBUTES = 1_000_000


def read_page(raw: bytes, source: str) -> html.HtmlElement:
    """The tree of a page of any charset. Raises UnreadableFile.

    The parser takes whatever it is given, resolves no entities but those of HTML, and fetches
    nothing; trees deeper than it follows (2,048 elements) are refused rather than cut.
    """
    text = _text(raw, source)
    text = _PROLOGUE.sub("", text[:_HEAD]) + text[_HEAD:]
    text = _CROWDED.sub(r"<\1>", _DATA.sub(r"\1data:", text))
    _check(text, source)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except html.etree.ParserError as error:
        raise UnreadableFile(f"{source!r} 里没有内容。请检查文件后重试。") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile(f"{source!r} 的标签层层嵌套过深，读不完整。请用浏览器打开，另存为 PDF 再收入。")
    return root


def _text(raw: bytes, source: str) -> str:
    """The text of a page: UTF-8 if it can be, else as declared, else as its characters show."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _declared(raw) or ""
    return text if text.strip() and "\0" not in text else decode(raw, source)


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:_HEAD])
    if match is None:
        return None
    name = match.group(1).decode("ascii").lower()
    try:
        charset = codecs.lookup(_SUPERSETS.get(name, name)).name
        return raw.decode(charset) if charset in _BELIEVED else None
    except (LookupError, UnicodeDecodeError):
        return None


def _check(text: str, source: str) -> None:
    """Refuse what would take gigabytes as a tree."""
    attributes = 0
    if len(text) > 2 * _MAX_ATTRIBUTES:
        attributes = sum(len(match.group().split()) - 1 for match in _TAG.finditer(text))
    if text.count("<") > _MAX_TAGS or attributes > _MAX_ATTRIBUTES:
        raise UnreadableFile(
            f"{source!r} 的标签太多（上限 {_MAX_TAGS} 个、属性 {_MAX_ATTRIBUTES} 个）。"
            "请拆分成几个文件再收入。"
        )
