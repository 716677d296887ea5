"""Which of the figures that a sentence tells together is the one asked for.

Of things told one by one (城镇和农村居民收入分别增长4.3%和7.1%) each has the figure in its own place;
of a rise (从2.5万公里增加到4.2万公里) the end is asked for by 到了多少; a sum (累计1016家) is none of what is
new. May import the reading of quantities.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.language.chinese import bigrams, normalise
from rag.language.numerals import Quantity

_EACH = re.compile("分别")
_JOINT = re.compile(r"[、和与及]|以及")
_BETWEEN = re.compile(r"[、，和与及]|以及")
_STOP = re.compile(r"[。；;，,：:！？]")
_UP_TO = re.compile(r"[到达至]了?(?:多少|几)|达到|[升降增提减]到")
_FROM = re.compile(r"[从由]\s?(?:[^，。；\d]{0,6})$")
_ON_TO = re.compile(r"[^，。；]{0,16}?[到至]")
# What has come together over the years, told beside what is new.
_SUM = re.compile("累计|总数|总计|合计")
_NEW = re.compile("新[增建设认签]")
_APART = re.compile(r"、(?=累计|总数|总计|合计)")
_OPENING = 2
# So many neighbours behind how the last item begins are a thing by themselves.
_COMMON = 3
_MOST = 0.5


def meant(query: str, text: str, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Those of the quantities of a text that a normalised question may mean; all where none is told apart."""
    of_item = [one for one in found if one in _of_item(query, text, found)] or list(found)
    if _UP_TO.search(query):
        starts = [one for one in of_item if _begins_rise(text, one)]
        of_item = [one for one in of_item if one not in starts] or of_item
    if _SUM.search(query) or _NEW.search(query):
        summed = _SUM.search(query) is not None
        of_item = [one for one in of_item if _is_sum(text, one) is summed] or of_item
    return tuple(of_item)


def _is_sum(text: str, quantity: Quantity) -> bool:
    """Whether a figure is told as what has come together over the years: 总数达到98家."""
    return _SUM.search(text, _clause(text, quantity.start), quantity.start) is not None


def _clause(text: str, end: int) -> int:
    """Where the clause begins that goes on there; what is told one by one (新增16家、总数98家) is apart."""
    stops = (stop.end() for pattern in (_STOP, _APART) for stop in pattern.finditer(text, 0, end))
    return max(stops, default=0)


def _begins_rise(text: str, quantity: Quantity) -> bool:
    return _FROM.search(text[: quantity.start]) is not None and _ON_TO.match(text, quantity.end) is not None


def _of_item(query: str, text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The figures that stand in the place of the thing asked for, one for each 分别."""
    items: list[str] = []
    chosen: list[Quantity] = []
    for each in _EACH.finditer(text):
        items = _items(text, each.start()) or items
        run = _run(text, each.end(), found)
        place = _asked(query, items)
        if place is not None and len(run) == len(items):
            chosen.append(run[place])
    return chosen


def _items(text: str, end: int) -> list[str]:
    """The things told before 分别, in the clause that it stands in; nothing where it names none."""
    clause = text[max((stop.end() for stop in _STOP.finditer(text, 0, end)), default=0) : end]
    items = [normalise(item) for item in _JOINT.split(clause)]
    return items if len(items) > 1 and all(len(item) >= _OPENING for item in items) else []


def _run(text: str, start: int, found: Sequence[Quantity]) -> list[Quantity]:
    """The figures told one after the other behind 分别."""
    after = [one for one in found if one.start >= start]
    if not after or _STOP.search(text, start, after[0].start):
        return []
    run = after[:1]
    for last, following in pairwise(after):
        if _BETWEEN.fullmatch(text[last.end : following.start].strip("左右以上下内")) is None:
            break
        run.append(following)
    return run


def _asked(query: str, items: Sequence[str]) -> int | None:
    """Which of the things a question names: by how it begins, else by most of what it is called."""
    # What they have in common stands behind the last one: 城镇、农村|居民收入 says nothing of 城镇失业率.
    common = bigrams(items[-1][_OPENING:]) if items else []
    if len(common) >= _COMMON and not any(pair in query for pair in common):
        return None
    begun = [place for place, item in enumerate(items) if item[:_OPENING] in query]
    if len(begun) == 1:
        return begun[0]
    shares = [sum(pair in query for pair in bigrams(item)) / max(len(item) - 1, 1) for item in items]
    best = max(shares, default=0.0)
    return shares.index(best) if best >= _MOST and shares.count(best) == 1 else None
