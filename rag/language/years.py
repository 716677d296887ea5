"""The years a text speaks of: named in digits or characters, or told from its own year (去年, 五年来).

May import the spelling of Chinese text.
"""

import re
from collections.abc import Sequence

from rag.language.chinese import normalise

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_MEASURES = "个元万亿千人户亩家台所项套%‰米吨公里号次名张条起件"
_NAMED = re.compile(
    rf"(?<![\d.a-z])(?P<digits>(?:19|20)\d\d)(?![\d.{_MEASURES}])|(?P<written>[一二][〇零○一二三四五六七八九]{{3}})年"
)
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s?(?:-|~|—|–|至|到)+\s?(?P<last>(?:19|20)\d\d)")
_LONGEST_SPAN = 10
_Words = tuple[re.Pattern[str], tuple[int, ...]]

# Words that tell a year by its distance from the text's own.
_NEAR = (
    (re.compile(r"今年|本年度?|年内"), (0,)),
    # 比上年增加1000亿元 is said of this year.
    (re.compile(r"(?<![比较同与])(?:去年|上年|上一年)(?!相比|相当|持平)|过去(?:的)?一年|一年来"), (-1,)),
    (re.compile(r"前年"), (-2,)),
    (re.compile(r"明年|下一?年度?(?!级)"), (1,)),
)
_SPANS = (
    (re.compile(r"(?:过去|这|近)五年|五年来"), (-5, -4, -3, -2, -1)),
    (re.compile(r"(?:过去|这|近)三年|三年来"), (-3, -2, -1)),
)


def named(text: str) -> tuple[int, ...]:
    """Distinct years that a text names, in order, those between the ends of a span included."""
    spelled = normalise(text)
    found = [_value(match) for match in _NAMED.finditer(spelled)]
    spans = [
        year
        for match in _SPAN.finditer(spelled)
        for year in _between(int(match["first"]), int(match["last"]))
    ]
    return tuple(dict.fromkeys((*found, *spans)))


def near(text: str, year: int | None) -> tuple[int, ...]:
    """The single years that a text of this year tells by their distance from it; nothing without a year."""
    return _distant(text, year, _NEAR)


def told(text: str, year: int | None) -> tuple[int, ...]:
    """The same with the years of spans: 过去五年."""
    return _distant(text, year, _NEAR + _SPANS)


def spoken(text: str, sections: Sequence[str], year: int | None) -> frozenset[int]:
    """The years that a text speaks of: its own, else its nearest heading's, else its document's."""
    for each in (text, *reversed(sections)):
        if years := {*named(each), *told(each, year)}:
            return frozenset(years)
    return frozenset(() if year is None else (year,))


def agreement(asked: Sequence[int], text: str, sections: Sequence[str], year: int | None) -> float:
    """How well a text speaks of one of the years asked about, -1..1; 0 when that cannot be told.

    What the text itself says counts most, then the nearest heading that names a year, then the year of
    its document: under the heading 2023年工作回顾 of a report of 2024, 新增就业1244万人 is of 2023.
    """
    if not asked:
        return 0.0
    own = {*named(text), *told(text, year)}
    if own.intersection(asked):
        return 1.0
    headed = next(
        (found for heading in reversed(sections) if (found := {*named(heading), *told(heading, year)})), set()
    )
    around = headed or ({year} if year is not None else set())
    if not around:
        return -0.5 if own else 0.0
    if around.intersection(asked):
        return 0.5 if own else 0.75
    return -1.0 if own else -0.75


def _value(match: re.Match[str]) -> int:
    return int(match["digits"] or match["written"].translate(_DIGITS))


def _between(first: int, last: int) -> range:
    return range(first, last + 1) if 0 < last - first <= _LONGEST_SPAN else range(0)


def _distant(text: str, year: int | None, words: Sequence[_Words]) -> tuple[int, ...]:
    found = (year + by for pattern, distances in words if year and pattern.search(text) for by in distances)
    return tuple(dict.fromkeys(found))
