"""How near a place in a sentence is to what a question asks about.

May import the core. Each word of the sentence that is like one of the question gives of its likeness,
the less the farther it stands; what lies between counts, a comma more than a word.
"""

import math
import re
from collections.abc import Sequence

import rjieba

from rag.language.chinese import normalise
from rag.matching.overlap import Matcher

# Steps between neighbours: a word is one, a joint or a stop several.
_STEPS = (
    (re.compile(r"[。！？!?；;\n]"), 6.0),
    (re.compile(r"[，,：:]"), 3.0),
    (re.compile(r"[、和及与]"), 2.0),
)
_WORD = re.compile(r"\w")
# Another figure between a word and a figure: that word is more likely said of the other one.
_RIVAL_STEP = 2.0
# Steps over which a word's say falls to a third; found on CMRC2018 train, where 2 to 6 do about as well.
_REACH = 3.0
# What is asked for in so many words (多少个重大项目) counts beside the question as a whole.
_HEAD_WEIGHT = 1.0
# Longest text that is read; quotes are sentences and tasks, far shorter.
_LONGEST = 3000

_HEAD_AFTER = re.compile(
    r"(?:多少|几|哪一?)[个家所座处项条宗场次件名位人套间台户张篇亩吨公里平方米分钟小时天年月日成万亿大]{0,3}(?P<head>[\u4e00-\u9fff]{2,10})"
)
_HEAD_BEFORE = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2,10}?)(?:最[晚迟长多高低]|大概|预计|计划)?"
    r"(?:是|有|为|要|达到?|做到|提[高升]?到|稳定在|在|完成|新增|控制在)*(?:多少|几|什么时候|何时|哪一?[天年]|哪个|谁)"
)
_NO_NOUN = frozenset("vdpcurxyf")
_HEAD_ENGLISH = re.compile(
    r"how (?:many|much) (?P<head>[a-z0-9 \-]{3,60}?)(?= (?:are|is|were|was|will|did|does|do|has|have)\b|\?|$)"
)


class Nearness:
    """The words of one sentence, weighed by one question."""

    def __init__(
        self, query: str, text: str, matcher: Matcher, *, rivals: Sequence[tuple[int, int]] = ()
    ) -> None:
        """`rivals` are the spans of the figures of the text."""
        words = _words(text[:_LONGEST])
        distinct = list(dict.fromkeys(word for word, _, _ in words))
        weights = _weights(query, distinct, matcher)
        self._rivals = sorted(rivals)
        self._costs = _costs(text[:_LONGEST], words)
        self._places: dict[str, list[tuple[int, int]]] = {}
        for word, start, end in words:
            if weights[word] > 0:
                self._places.setdefault(word, []).append((start, end))
        self._weights = weights

    def of(self, start: int, end: int) -> float:
        """How near `text[start:end]` is; 0 and up, 1 to 2 where all that is asked for stands beside it."""
        return sum(
            self._weights[word] * math.exp(-min(self._steps(start, end, *place) for place in places) / _REACH)
            for word, places in self._places.items()
        )

    def _steps(self, start: int, end: int, left: int, right: int) -> float:
        """Steps between the span and a word; a word within the span is no step away."""
        if left >= end:
            between = (end, left)
        elif right <= start:
            between = (right, start)
        else:
            return 0.0
        last = len(self._costs) - 1
        steps = self._costs[min(between[1], last)] - self._costs[min(between[0], last)]
        rivals = sum(between[0] <= one and other <= between[1] for one, other in self._rivals)
        return steps + _RIVAL_STEP * rivals


def head_of(query: str) -> str:
    """The words of a question that name what it asks for: the thing counted, or what has the figure."""
    counted = _HEAD_AFTER.search(query)
    if counted is not None and (noun := _noun(counted["head"])):
        return noun
    match = _HEAD_ENGLISH.search(query) or _HEAD_BEFORE.search(query)
    return match["head"] if match is not None else ""


def _noun(phrase: str) -> str:
    """The words of a phrase up to its first verb: 老人 of 老人查查身体."""
    noun = ""
    for word, tag in rjieba.tag(phrase):
        if tag[0] in _NO_NOUN and tag != "vn":
            break
        noun += word
    return noun if len(noun) > 1 else ""


def _weights(query: str, words: Sequence[str], matcher: Matcher) -> dict[str, float]:
    weights = dict.fromkeys(words, 0.0)
    # The power keeps several words a little like the head from outweighing the head itself.
    for asked, share, power in ((query, 1.0, 1), (head_of(query), _HEAD_WEIGHT, 2)):
        if asked:
            overlaps = matcher.overlaps(asked, [(word,) for word in words])
            for word, overlap in zip(words, overlaps, strict=True):
                weights[word] += share * max(overlap.likeness, overlap.coverage) ** power
    return weights


def _words(text: str) -> list[tuple[str, int, int]]:
    """Words of a text, normalised, with their places."""
    found, position = [], 0
    for word in rjieba.cut(text):
        if _WORD.search(word):
            found.append((normalise(word), position, position + len(word)))
        position += len(word)
    return found


def _costs(text: str, words: Sequence[tuple[str, int, int]]) -> list[float]:
    """Steps from the beginning of the text to each of its places."""
    steps = [0.0] * len(text)
    for _, _, end in words:
        steps[end - 1] += 1.0
    for place, character in enumerate(text):
        steps[place] += next((cost for pattern, cost in _STEPS if pattern.match(character)), 0.0)
    total, costs = 0.0, [0.0]
    for step in steps:
        total += step
        costs.append(total)
    return costs
