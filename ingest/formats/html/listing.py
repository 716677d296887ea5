"""The numbers that a browser writes before the items of a list.

May import the core.
"""

import re

from lxml.html import HtmlElement

from ingest.formats.numerals import write_number

# By the `type` of a list, and by its CSS, the names that Word has for the same.
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "simp-chinese-formal": "chineseLegalSimplified",
    "cjk-heavenly-stem": "ideographTraditional",
    "none": "none",
}
_STYLED = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)")
_WRITTEN = re.compile(r"[（(]?[\d一二三四五六七八九十]+[）)、.．]|[①-⑳]|第[\d一二三四五六七八九十]+")
_CHINESE = ("chineseCounting", "chineseLegalSimplified", "ideographTraditional")


class Listing:
    """A list being read: what stands before its next item."""

    def __init__(self, element: HtmlElement) -> None:
        """Start at the list's own first number; a list without numbers has bullets, which say nothing."""
        styled = _STYLED.search(element.get("style", ""))
        self._is_numbered = element.tag == "ol"
        self._style = _CSS.get(styled.group(1), "") if styled else _TYPES.get(element.get("type", ""), "")
        self._step = -1 if element.get("reversed") is not None else 1
        self._next = _number(element.get("start")) or (1 if self._step > 0 else len(element.findall("li")))

    def mark(self, item: HtmlElement) -> str:
        """What a browser writes before an item, which is counted: `1. `, `一、`."""
        number = _number(item.get("value")) or self._next
        self._next = number + self._step
        if not self._is_numbered or self._style == "none":
            return ""
        written = write_number(number, self._style)
        return f"{written}、" if self._style in _CHINESE else f"{written}. "


def is_marked(text: str) -> bool:
    """Whether an item brings its own number, as lists do whose style hides the browser's."""
    return _WRITTEN.match(text) is not None


def _number(text: str | None) -> int | None:
    match = re.fullmatch(r"\s*(-?\d{1,9})\s*", text or "")
    return int(match.group(1)) if match else None
