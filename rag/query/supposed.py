"""Figures that a question supposes and asks about (过了1400亿斤没有): what is found may well be another one.

May import the reading of quantities.
"""

import re
from decimal import Decimal

from rag.language.numerals import Quantity, quantities

_WHETHER = re.compile(r"吗|没有|是否|是不是|能不能|会不会|能否|[到过足满]没[?？]?$")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_REACHES = re.compile(r"(?:控制在|不足|少于|低于|不到|超过?|突破|过|高于|多于|达|[到至满够])了?$")
_BEYOND = re.compile(r"(?:超过?|过|突破|高于|多于)了?$")
_BELOW = re.compile(r"(?:不足|少于|低于|不到)了?$")
_DOWN = re.compile(r"(?:不超过|[降减压控][^，。]{0,3}[到至])了?$")
_WITHIN = re.compile(r"以[下内]|之内")

# What leaves open how much more, less or other a figure is that is told.
_LESS = re.compile(r"(?:不得?超过?|不[足到]|[少低]于|以内|至多)\s*$")
_MORE = re.compile(r"(?:(?<!不)(?<!不得)超过?|突破|不得?[少低]于|[多高]于|至少)了?\s*$")
_MEASURE = r"[^\d，。；、,;]{0,2}?"
_UNDER = re.compile(rf"{_MEASURE}(?:以[下内]|之内)")
_OVER = re.compile(rf"多|余|{_MEASURE}以上")
_NEARLY = re.compile(r"(?:近|约|大概|接近)\s*$")
_ABOUT = re.compile(rf"{_MEASURE}(?:左右|上下)")
_SLACK = Decimal("0.05")


def supposed(query: str) -> Quantity | None:
    """The one figure that a normalised question supposes; `None` where it asks for one, or supposes none."""
    if _WHETHER.search(query) is None:
        return None
    found = [
        one
        for one in quantities(query)
        if _YEAR.match(query, one.start) is None and _REACHES.search(query[: one.start])
    ]
    return found[0] if len(found) == 1 else None


def holds(query: str, asked: Quantity, text: str, told: Quantity) -> bool | None:
    """Whether the figure that a text tells is as a question supposes: as much at least, more, or as little.

    `None` where the text leaves it open: 740亿元以上 may be 800亿元.
    """
    before = query[: asked.start]
    low, high = _bounds(text, told)
    if _BELOW.search(before):
        return _either(high < asked.value, low >= asked.value)
    if _DOWN.search(before) or _WITHIN.match(query, asked.end):
        return _either(high <= asked.value, low > asked.value)
    if _BEYOND.search(before):
        more = low > asked.value or (low == asked.value and _MORE.search(text, 0, told.start) is not None)
        return _either(more, high <= asked.value)
    return _either(low >= asked.value, high < asked.value)


def _either(so: bool, not_so: bool) -> bool | None:  # noqa: FBT001 - two halves of one answer
    return True if so else False if not_so else None


def _bounds(text: str, told: Quantity) -> tuple[Decimal, Decimal]:
    """What a figure may be at least and at most, by what is said before and behind it."""
    low = high = told.value
    before = text[: told.start]
    if _LESS.search(before) or _UNDER.match(text, told.end):
        low = Decimal("-Infinity")
    elif _MORE.search(before) or _OVER.match(text, told.end):
        high = Decimal("Infinity")
    elif _NEARLY.search(before) or _ABOUT.match(text, told.end):
        low, high = low - abs(low) * _SLACK, high + abs(high) * _SLACK
    return low, high
