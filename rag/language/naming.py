"""How many things a question wants named, by which word: 哪四个样板区, “五向图强”; what names so many.

May import the core. What is called by a number in an official text has its names in it, each with the word
that they share: 四个样板区 are four names that end with 样板区, 五向图强 five sentences 向…图强.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import commonprefix

import rjieba

from rag.language import series
from rag.language.chinese import sentences

_NUMERALS = "两二三四五六七八九十"
_COUNTS = {numeral: count for count, numeral in enumerate("二三四五六七八九十", 2)} | {"两": 2}
_COUNT = f"(?P<count>[{''.join(_COUNTS)}])(?:个|项|大|条|种|类|座|家|件|点)"
_CALLED = (
    re.compile(rf"[“「](?:{_COUNT}|(?P<bare>[{''.join(_COUNTS)}]))(?P<word>[\u4e00-\u9fff]{{1,8}})[”」]"),
    re.compile(rf"{_COUNT}[“「](?P<word>[^“”「」]{{1,8}})[”」]"),
    re.compile(rf"{_COUNT}(?P<thing>[\u4e00-\u9fff]{{1,10}}?)(?=是|叫|有|都|分别|各|[，,？?。]|$)"),
)
_BETWEEN = "[\u4e00-\u9fff]{1,4}"
# Said of whatever is counted; no name of it holds them.
_OF_ANYTHING = tuple(
    "方面 方向 事 事情 环节 重点 措施 举措 办法 做法 工作 任务 特征 特点 要求 关键 问题 步骤 目标".split()
)
_ITEM = re.compile(r"[、，,；;：:。“”]|以及|[和与及]")
_SERIAL = re.compile(r"[和与及]")
_OPENING = re.compile(r"^[^，,；;：:。\n]*")
_DASH = "——"
# Paragraphs told alike begin with so many of the same characters.
_ALIKE = 4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many things are asked for; `word` is what their names share, "" where it says nothing of them.

    `called` where they are known by it (“五个中心”): a word that is only said of them stands elsewhere too.
    """

    count: int
    word: str = ""
    called: bool = False

    def names(self, text: str) -> bool:
        """Whether a text may be one of the names: 向海图强 is one of 向图强."""
        if not self.word:
            return False
        first, rest = re.escape(self.word[0]), re.escape(self.word[1:])
        between = f"(?:{_BETWEEN})?" * (len(self.word) > len("图强"))
        counted = f"(?<![{_NUMERALS}])(?<![{_NUMERALS}][个大项])"
        return re.search(f"{counted}{first}{between}{rest}", text) is not None


def wanted(query: str) -> Wanted | None:
    """What a normalised question wants named, `None` where it does not say how many.

    >>> wanted("上海要建的“五个中心”分别是什么？"), wanted("朝哪五个方向？")
    (Wanted(count=5, word='中心', called=True), Wanted(count=5, word='', called=False))
    """
    for pattern in _CALLED:
        if (match := pattern.search(query)) is not None:
            said = match.groupdict()
            count = _COUNTS[said["count"] or said["bare"]]
            called = said.get("word")
            return Wanted(count, called or _head(said["thing"]), called is not None)
    return None


def _head(thing: str) -> str:
    """What things are called after: 数据中心 中心, 样板区 样板区; "" where that says nothing of them."""
    if thing.startswith(_OF_ANYTHING):
        return ""
    *before, last = rjieba.cut(thing)
    return last if len(last) > 1 or not before else before[-1] + last


def named(text: str, asked: Wanted, points: Sequence[Span] = ()) -> list[Span]:
    """The stretches of a text that name exactly as many as are asked for; nothing where none do so.

    Its `points`, its sentences, each with the word where it opens, or one sentence that tells them all.
    """
    if len(points) == asked.count and all(asked.names(_opening(text[slice(*point)])) for point in points):
        return list(points)
    spans = sentences(text)
    found = [span for span in spans if asked.called and asked.names(_opening(text[slice(*span)]))]
    if len({_opening(text[slice(*span)]) for span in found}) == len(found) == asked.count:
        return found
    told = [text[slice(*span)] for span in spans]
    tells = [_counts(one, asked) for one in told]
    tells = tells if any(tells) else [_names_in_a_row(one, asked.word) == asked.count for one in told]
    return next(([span] for span, all_of_them in zip(spans, tells, strict=True) if all_of_them), [])


def alike(texts: Sequence[str], place: int, asked: Wanted) -> range:
    """The run of texts around a place that all name one of the things, or begin alike: exactly so many."""
    runs = (
        _around(place, [asked.called and asked.names(_opening(text)) for text in texts]),
        _around(place, [_begin_alike(texts[place], text) for text in texts]),
    )
    return next((run for run in runs if len(run) == asked.count), range(0))


def _around(place: int, belongs: Sequence[bool]) -> range:
    first = last = place
    while first >= 0 and belongs[first]:
        first -= 1
    while last < len(belongs) and belongs[last]:
        last += 1
    return range(first + 1, last)


def _begin_alike(one: str, other: str) -> bool:
    return len(commonprefix((one, other))) >= _ALIKE or (one.startswith(_DASH) and other.startswith(_DASH))


def _opening(text: str) -> str:
    match = _OPENING.match(text)
    return match[0] if match else ""


def _counts(sentence: str, asked: Wanted) -> bool:
    """Whether a sentence tells so many things and counts them itself: 甲、乙2个省, 甲和乙两大公园."""
    counted = re.search(
        rf"(?P<series>[^，,；;：:。]*(?:、|[和与及])[^，,；;：:。]*?)等?(?:{asked.count}|[{_spelled(asked.count)}])"
        rf"[个项大条种类座家件][^，,；;。、]{{0,6}}{re.escape(asked.word)}",
        sentence,
    )
    if not asked.word or counted is None:
        return False
    return len(series.items(_SERIAL.sub("、", counted["series"]))) == asked.count


def _names_in_a_row(sentence: str, word: str) -> int:
    """How many things in a row a sentence names that end with the word, the most; 0 where more go on (等)."""
    most = run = 0
    for item in (*_ITEM.split(sentence), ""):
        if word and item.endswith(word) and item != word:
            run += 1
        else:
            most, run = max(most, 0 if word and word in item else run), 0
    return most


def _spelled(count: int) -> str:
    return "".join(numeral for numeral, value in _COUNTS.items() if value == count)
