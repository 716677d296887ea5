"""Of several figures, times or names in a sentence, those that stand where the question means.

May import the core. What is nearest in characters is not always meant: 由每台20万元调整为每台18万元, or
设站6座，其中换乘站2座, or 已于3月15日贯通，预计2027年6月试运营.
"""

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from rag.language.chinese import bigrams, normalise
from rag.query.question import focus_words

_BEFORE_CHANGE = re.compile(
    r"^[^，。；]{0,24}?(?:调整[为到至]|提高[到至]|增加[到至]|上调[到至]|下调[到至]|降低?[到至]|减少[到至]|压缩[到至]|改为|变为|增至|升至)"
)
_OF_OLD = re.compile(r"原来|原先|以前|之前|过去|此前|从多少|由多少|was|before")
_AMONG = re.compile(r"其中[^，。；]*$")
# Of what a question begins with so many characters may name what is asked about.
_SHORTEST, _LONGEST = 2, 12
_CLAUSE = re.compile("[，。；,;]")
# The event whose time is asked for: 什么时候试运营.
_EVENT = re.compile(
    r"(?:什么时候|什么时间|何时|几时|哪一?[年天日]|几月几?[号日]?|多久|多长时间|多少天|几天)(?:内|之内|前|以内)?(?:要|会|能|才|可以|应当|需要?)?(?P<event>[^，。？?]{1,12})"
)


class Placed(Protocol):
    """Something that stands in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


One = TypeVar("One", bound=Placed)


def meant_by_place(query: str, text: str, found: Sequence[One]) -> tuple[One, ...]:
    """Those of the things found in a text that stand where a normalised question means; all if none does."""
    kept = tuple(found)
    for keep in (_present, _of_the_whole, _beside_the_first, _with_the_event):
        kept = tuple(one for one in kept if keep(query, text)(one)) or kept
    return kept


def _present(query: str, text: str) -> Callable[[Placed], bool]:
    """Not what was before a change, unless it is asked for."""
    old = _OF_OLD.search(query) is not None
    return lambda one: old == (_BEFORE_CHANGE.match(text[one.end :]) is not None)


def _of_the_whole(query: str, text: str) -> Callable[[Placed], bool]:
    """Not what is told of a part that the question does not name: 其中换乘站2座."""
    words = focus_words(query)

    def told_of_the_whole(one: Placed) -> bool:
        among = _AMONG.search(text[: one.start])
        return among is None or any(word in normalise(among[0]) for word in words)

    return told_of_the_whole


def _beside_the_first(query: str, text: str) -> Callable[[Placed], bool]:
    """What stands right behind what the question begins with: 东湖街道45台, 周三石磊."""
    opening = [query[:length] for length in range(_SHORTEST, min(_LONGEST, len(query)) + 1)]
    return lambda one: normalise(text[: one.start]).endswith(tuple(opening))


def _with_the_event(query: str, text: str) -> Callable[[Placed], bool]:
    """What stands in one clause with the event whose time is asked for."""
    match = _EVENT.search(query)
    event = match["event"] if match else ""
    pairs = bigrams(event) or ((event,) if event else ())

    def told_with_it(one: Placed) -> bool:
        stop = _CLAUSE.search(text, one.end)
        start = max((each.end() for each in _CLAUSE.finditer(text, 0, one.start)), default=0)
        clause = normalise(text[start : stop.start() if stop else len(text)])
        return any(pair in clause for pair in pairs)

    return told_with_it
