"""The grammar of official numbering: 第X编/章/节/条, 一、 （一） 1. 1.1 （1） ① a), and what it ranks.

May import the core.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_CN = "零〇○一二三四五六七八九十百千两"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_COUNT = rf"(?:[{_CN}]{{1,7}}|\d{{1,4}})"


class Style(IntEnum):
    """Kinds of numbering, outermost first: the value is the rank."""

    PART = 0
    SUBPART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    CHINESE = 5
    CHINESE_BRACKETS = 6
    ARABIC = 7
    DECIMAL = 8
    ARABIC_BRACKETS = 9
    CIRCLED = 10
    LETTER = 11


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at the head of a text: its style, its value, and where what it numbers begins.

    `path` is a decimal number in full, (5, 2, 1) for 5.2.1, whose `ordinal` is its last figure.
    `loose` says that no blank or mark parts the number from what follows: 第三条养犬人应当…, 5.2.1轻伤.
    """

    style: Style
    ordinal: int
    end: int
    path: tuple[int, ...] = ()
    loose: bool = False


# A blank may be missing after 第X章, but then the line must be nothing but the heading, and what goes
# on like a reference ("第三条规定的…", "第一章的规定，") is running text.
_REFERS = "(?![的规至到和或、，及与中所第款项等之])"
_ALONE = rf"(?=[\s\u3000]|$|{_REFERS}[^，。；：]{{1,40}}$)"
_UNITS = "亿|万|千|百|元|个|%|％|‰|米|公里|千米|吨|倍|级|版|寸|平方|公顷|亩|人|度|分|小时|天|年|月|日|号"
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)")
_GRAMMAR = re.compile(
    rf"(?P<PART>第{_COUNT}(?:编|篇|卷|部分)){_ALONE}"
    rf"|(?P<SUBPART>第{_COUNT}(?:分编|分部)){_ALONE}"
    rf"|(?P<CHAPTER>第{_COUNT}章){_ALONE}"
    rf"|(?P<SECTION>第{_COUNT}节){_ALONE}"
    rf"|(?P<ARTICLE>第{_COUNT}条(?:之[{_CN}]{{1,3}})?)(?=[\s*_（【“]|$|{_REFERS}[\u4e00-\u9fff])"
    rf"|(?P<CHINESE>[{_CN}]{{1,4}})(?:、|[．.](?!\d))(?![{_CN}]{{1,4}}[、级是])"
    rf"|[（(]\s?(?P<CHINESE_BRACKETS>[{_CN}]{{1,4}})\s?[）)](?![、，和至或（(])"
    r"|(?P<DECIMAL>\d{1,2}(?:[.．]\d{1,2}){1,4})(?:[.．、](?!\d)|(?![.．\d~～\-—－、]))"
    rf"(?!\s*(?:{_UNITS}))(?=[\s\u3000\u4e00-\u9fff《“（(])"
    r"|(?P<ARABIC>\d{1,3})(?:[.．](?!\d)|、(?!\d))"
    r"|[（(]\s?(?P<ARABIC_BRACKETS>\d{1,3})\s?[）)](?![、，和至或（(])"
    rf"|(?P<CIRCLED>[{_CIRCLED}])"
    r"|[（(]?(?P<LETTER>[a-zａ-ｚA-ZＡ-Ｚ])(?:[)）](?=[\s\u3000\u4e00-\u9fff])|[.．、](?=[\u4e00-\u9fff]))"
)
# No number begins with another character, digits aside.
_FIRST = frozenset(
    f"第（(*_{_CN}{_CIRCLED}" + "".join(chr(ord(first) + step) for first in "aAａＡ" for step in range(26))
)
# A number and a heading that follows it without a blank are shorter together.
_LONGEST = 64
# Numbers spoken rather than printed; they part a paragraph, or several: 一是…。二是…。
_SPOKEN = re.compile(
    rf"第(?P<counted>[{_CN}]{{1,3}})[，、,：]|(?P<listed>[{_CN}]{{1,3}})(?:是|要|则)(?![否一])"
    r"|(?P<first>首先)[，,]|(?P<second>其次)[，,]|(?P<third>再次|再者)[，,]"
)
_NAMED = ("first", "second", "third")


def read_numeral(text: str) -> Numeral | None:
    """The official number that a text begins with, if it does."""
    return _read(text[:_LONGEST])


# Lines are asked about when they are joined and again when they are read.
@lru_cache(maxsize=4096)
def _read(text: str) -> Numeral | None:
    if text[:1] not in _FIRST and not text[:1].isdecimal():
        return None
    emphasis = _EMPHASIS.match(text)
    match = _GRAMMAR.match(text, emphasis.end() if emphasis else 0)
    if match is None or match.lastgroup is None:
        return None
    style, written = Style[match.lastgroup], match.group(match.lastgroup)
    path = tuple(map(int, re.findall(r"\d+", written))) if style is Style.DECIMAL else ()
    loose = style <= Style.ARTICLE or style is Style.DECIMAL
    return Numeral(
        style=style,
        ordinal=path[-1] if path else _value(written),
        end=match.end(),
        path=path,
        loose=loose and match.end() < len(text) and text[match.end()].isalpha(),
    )


def read_spoken(text: str) -> tuple[str, int] | None:
    """How a point made in running text is counted, and its number: 一是…, 第二，…, 首先，….

    Only those around it show that such words count points.
    """
    match = _SPOKEN.match(text)
    if match is None or match.lastgroup is None:
        return None
    if match.lastgroup in _NAMED:
        return "named", _NAMED.index(match.lastgroup) + 1
    return match.lastgroup, chinese_value(match.group(match.lastgroup))


def _value(written: str) -> int:
    """第十二章 -> 12, 一百零三 -> 103, ③ -> 3, b -> 2."""
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    digits = re.search(rf"\d+|[{_CN}]+", written)
    if digits is None:
        return (ord(written.lower()) - ord("a")) % 0xFEE0 + 1
    number = digits.group()
    return int(number) if number.isdecimal() else chinese_value(number)


def chinese_value(number: str) -> int:
    """一百零三 -> 103."""
    total = current = 0
    for character in number:
        unit = _TENS.get(character)
        if unit is None:
            current = current * 10 + _DIGITS[character] if current and total == 0 else _DIGITS[character]
        else:
            total += max(1, current) * unit
            current = 0
    return total + current
