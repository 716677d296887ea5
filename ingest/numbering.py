"""The grammar of official numbering: 第X章, 第X条, 一、 （一） 1. （1） ①, and what it ranks.

May import the core.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN = "零〇一二三四五六七八九十百千两"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_COUNT = rf"(?:[{_CN}]{{1,7}}|\d{{1,4}})"


class Style(IntEnum):
    """Kinds of numbering, outermost first: the value is the rank."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    CHINESE = 4
    CHINESE_BRACKETS = 5
    ARABIC = 6
    ARABIC_BRACKETS = 7
    CIRCLED = 8


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at the head of a text: its style, its value, and where what it numbers begins."""

    style: Style
    ordinal: int
    end: int


# A chapter's name may follow without a blank, but then the line must be nothing but the heading:
# "第三条规定的…" and "第一章的规定，" are running text.
_ALONE = r"(?=[\s\u3000]|$|[^，。；：、的规至到和或]{1,24}$)"
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)")
_GRAMMAR = re.compile(
    rf"(?P<PART>第{_COUNT}(?:编|篇|卷|部分|分编)){_ALONE}"
    rf"|(?P<CHAPTER>第{_COUNT}章){_ALONE}"
    rf"|(?P<SECTION>第{_COUNT}节){_ALONE}"
    rf"|(?P<ARTICLE>第{_COUNT}条(?:之[{_CN}]{{1,3}})?)(?=[\s*_]|$|[（【])"
    rf"|(?P<CHINESE>[{_CN}]{{1,4}})(?:、|[．.](?!\d))(?![{_CN}]{{1,4}}[、级是])"
    rf"|[（(](?P<CHINESE_BRACKETS>[{_CN}]{{1,4}})[）)](?![、，和至或（(])"
    rf"|(?P<ARABIC>\d{{1,3}})(?:[.．](?!\d)|、(?!\d))"
    rf"|[（(](?P<ARABIC_BRACKETS>\d{{1,3}})[）)](?![、，和至或（(])"
    rf"|(?P<CIRCLED>[{_CIRCLED}])"
)


def read_numeral(text: str) -> Numeral | None:
    """The official number that a text begins with, if it does."""
    emphasis = _EMPHASIS.match(text)
    match = _GRAMMAR.match(text, emphasis.end() if emphasis else 0)
    if match is None or match.lastgroup is None:
        return None
    return Numeral(Style[match.lastgroup], _value(match.group(match.lastgroup)), match.end())


def _value(written: str) -> int:
    """第十二章 -> 12, 一百零三 -> 103, ③ -> 3."""
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    digits = re.search(rf"\d+|[{_CN}]+", written)
    number = digits.group() if digits else "0"
    return int(number) if number.isdecimal() else _chinese_value(number)


def _chinese_value(number: str) -> int:
    total = current = 0
    for character in number:
        unit = {"十": 10, "百": 100, "千": 1000}.get(character)
        if unit is None:
            current = current * 10 + _DIGITS[character] if current and total == 0 else _DIGITS[character]
        else:
            total += max(1, current) * unit
            current = 0
    return total + current
