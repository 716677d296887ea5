"""Figures that a question supposes and asks about (过了1400亿斤没有): what is found may well be another one.

May import the reading of quantities.
"""

import re
from decimal import Decimal

from rag.numerals import Quantity, quantities

_WHETHER = re.compile(r"吗|没有|是否|是不是|能不能|会不会|能否|[到过足满]没[?？]?$")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_REACHES = re.compile(r"(?:控制在|不足|少于|低于|不到|超过?|突破|过|高于|多于|达|[到至满够])了?$")
_BEYOND = re.compile(r"(?:超过?|过|突破|高于|多于)了?$")
_BELOW = re.compile(r"(?:不足|少于|低于|不到)了?$")
_DOWN = re.compile(r"(?:不超过|[降减压控][^，。]{0,3}[到至])了?$")
_WITHIN = re.compile(r"以[下内]|之内")


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


def holds(query: str, asked: Quantity, told: Decimal) -> bool:
    """Whether what is told is as a question supposes: as much at least, more, or as little."""
    before = query[: asked.start]
    if _BELOW.search(before):
        return told < asked.value
    if _DOWN.search(before) or _WITHIN.match(query, asked.end):
        return told <= asked.value
    return told > asked.value if _BEYOND.search(before) else told >= asked.value
