"""Figures in the one spelling that is searched: 二〇二四年 becomes 2024年, 百分之十五 15%, 1,200 1200.

May import the reading of quantities. Words that only hold a numeral (三中全会, 十三五) stay as they are.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.language.numerals import Quantity, normalised_quantities

_CHINESE = "零〇一二三四五六七八九两十百千万亿"
_LIKELY = re.compile(rf"[{_CHINESE}\d]")
_HEAD = re.compile(rf"[{_CHINESE}]+(?:[余多][万亿]+|点[{_CHINESE}]+)?")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3})")
_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)([-/.])0?(\d{1,2})(?:\2)0?(\d{1,2})(?![\d.])")
# The circle that is often typed for the Chinese zero of a year.
_CIRCLE = "○"
_CIRCLES = re.compile(rf"(?<=[{_CHINESE}]){_CIRCLE}+(?=[{_CHINESE}])")
_MULTIPLIED = re.compile("[万亿]")
_ONE = re.compile(rf"一[^{_CHINESE}点余多]")
# 第三方 is a party, not three cubic metres.
_PARTY = re.compile(rf"[{_CHINESE}]方$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def arabic(normalised: str) -> str:
    """A normalised text with the figures that count something in Arabic digits."""
    return "".join(piece for piece, _, _ in _pieces(normalised))


def spelled(normalised: str) -> tuple[str, tuple[str, ...]]:
    """The same text, and each figure once more to look it up by.

    With its unit (2024年), which a figure is not told from others without, and as a plain number where it
    has a multiplier or no unit: 3.2亿 is also 320000000, 十九大 also 19.
    """
    pieces = list(_pieces(normalised))
    figures = (
        figure
        for _, plain, quantity in pieces
        if quantity is not None
        for figure in _figures(plain, quantity)
    )
    return "".join(piece for piece, _, _ in pieces), tuple(figures)


def _pieces(normalised: str) -> Iterator[tuple[str, str, Quantity | None]]:
    """The text in pieces, each up to the end of a quantity, with that quantity's digits; the last without."""
    if _LIKELY.search(normalised) is None:
        yield normalised, "", None
        return
    text = _DATE.sub(r"\1年\3月\4日", normalised)
    if _CIRCLE in text:
        text = _CIRCLES.sub(lambda match: "〇" * len(match[0]), text)
    done = 0
    for quantity in normalised_quantities(text):
        written = text[quantity.start : quantity.end]
        if _PARTY.match(written):
            continue
        plain = _plain(written, quantity)
        yield text[done : quantity.start] + plain, plain, quantity
        done = quantity.end
    yield text[done:], "", None


def _figures(plain: str, quantity: Quantity) -> Iterator[str]:
    number = _decimal(quantity.value)
    if quantity.unit:
        yield f"{number}{quantity.unit}"
    if _MULTIPLIED.search(plain) or not quantity.unit and number != plain:
        yield number


def _plain(written: str, quantity: Quantity) -> str:
    """A quantity as most people type it: 三百二十亿元 is 320亿元, not 32000000000元.

    A numeral without a unit is part of a word (十九大), and 一 hardly ever a count.
    """
    if not quantity.unit or _ONE.match(written):
        return written
    if "分之" in written:
        return f"{_decimal(quantity.value)}%" if quantity.unit == "%" else written
    head = _HEAD.match(written)
    if head is None:
        return _SEPARATOR.sub("", written)
    number = head[0].rstrip("万亿")
    value, tail = quantity.value, head[0][len(number) :]
    for character in tail:
        value /= _SCALES[character]
    return f"{_decimal(value)}{tail}{written[head.end() :]}"


def _decimal(value: Decimal) -> str:
    return format(value.normalize(), "f")
