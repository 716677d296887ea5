"""Questions about official documents, made from their own sentences, for the reader to learn from.

Imports the pairs of this package, the numerals and the windows' length of `rag`. Each maker looks for one
shape of sentence and asks for a part of it as people ask: how many, which, since when, who, what is meant,
how.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.language.numerals import quantities
from rag.reading.windows import WINDOW
from vectorstore.training import pairs
from vectorstore.training.windows import sentences

_RISES = "增长|达到|超过|提高到|提高|降至|下降|降低|减少|新增|增加|增至|扩大到"
_VERB = f"{_RISES}|完成|建成|改造|实现|控制在|突破|安排"
_VALUE = r"(?P<value>\d[\d.]*[万亿]*[^\d，。；、（）“”的]{1,3})"
_FIGURE = re.compile(
    rf"(?:^|[，。；：])(?P<subject>[\u4e00-\u9fff]{{3,16}}?)(?P<verb>{_VERB})(?:了|约|近|到)?{_VALUE}"
)
_AMOUNT = re.compile(
    r"(?P<verb>新建|建设|改造|完成|开工|发放|培训|新增|加装|安排|引进|培育|创建|整治|修复|建成|投放|减免|下达|救助|支持)"
    rf"(?P<object>[\u4e00-\u9fff]{{2,10}}?){_VALUE}"
)
_LIST = re.compile(
    r"(?P<verb>发展|培育|支持|推进|推动|加强|完善|建设|实施|落实|做好|扩大|深化|保障|包括|涉及|整治|保护)"
    r"(?P<items>[^，。；：、（）]{2,14}(?:、[^，。；：、（）]{2,14}){1,6}?)等(?P<head>[\u4e00-\u9fff]{2,8}?)(?=[，。；、])"
)
_HEAD = re.compile(r"^(?P<head>[\u4e00-\u9fff、]{5,22})。(?=[^。])")
_EFFECT = re.compile(r"自(?P<date>\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|生效)")
_MEANING = re.compile(r"所称(?:的)?(?P<term>[^，。；：]{2,16}?)，?(?:是)?指(?P<said>[^。；]{6,120})")
_PENALTY = re.compile(r"(?P<deed>[^，。；：]{5,30})的，[^。；]{0,60}?处以?(?P<value>[^，。；]{3,30}?)的?罚款")
# Words that a subject with them would not be one.
_SHARED = "的了是在有"
_QUALIFIERS = ("左右", "以上", "以下", "以内")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question and a window; the answer is `window[start:end]`, nothing where both are 0.

    `heading` is what the window stands under: the title of its document, the heading of its section.
    """

    kind: str
    question: str
    window: str
    start: int = 0
    end: int = 0
    heading: str = ""


Maker = Callable[[str, random.Random], Reading | None]


def stretches(text: str) -> Iterator[str]:
    """Windows of whole sentences that overlap by about a half; a longer sentence is cut off at its window."""
    found = sentences(text)
    reached = 0
    for first in range(len(found)):
        last, length = first, 0
        while last < len(found) and (last == first or length + len(found[last]) <= WINDOW):
            length += len(found[last])
            last += 1
        # A window that reaches no further than the one before it says nothing new.
        if last > reached:
            yield "".join(found[first:last])[:WINDOW]
            reached = last


def figure(window: str, chance: random.Random) -> Reading | None:
    """One of the figures of a window, asked for by its subject, which must stand there once."""
    found = [
        match
        for match in _FIGURE.finditer(window)
        if window.count(match["subject"]) == 1 and not any(mark in match["subject"] for mark in _SHARED)
    ]
    if not found:
        return None
    match = chance.choice(found)
    asked = chance.choice(
        ("{subject}{verb}多少？", "{subject}{verb}了多少？", "{subject}是多少？", "{subject}的目标是多少？")
    )
    start, end = _quantity(window, match)
    return Reading("figure", asked.format(**match.groupdict()), window, start, end)


def amount(window: str, chance: random.Random) -> Reading | None:
    """How much of a thing is built, trained, paid out."""
    found = [match for match in _AMOUNT.finditer(window) if window.count(match["object"]) == 1]
    if not found:
        return None
    match = chance.choice(found)
    asked = chance.choice(
        ("{verb}多少{object}？", "{verb}{object}多少？", "要{verb}多少{object}？", "{object}{verb}了多少？")
    )
    start, end = _quantity(window, match)
    return Reading("amount", asked.format(**match.groupdict()), window, start, end)


def listed(window: str, chance: random.Random) -> Reading | None:
    """Which things an enumeration names: 发展旅游、文化等消费."""
    found = list(_LIST.finditer(window))
    if not found:
        return None
    match = chance.choice(found)
    asked = chance.choice(("{verb}哪些{head}？", "要{verb}的{head}有哪些？", "{head}包括哪些？"))
    return Reading("list", asked.format(**match.groupdict()), window, *match.span("items"))


def measure(window: str, chance: random.Random) -> Reading | None:
    """How something is to be done: what follows the sentence that announces it."""
    match = _HEAD.match(window)
    following = sentences(window)[1:2]
    if match is None or not following:
        return None
    asked = chance.choice(("怎样{head}？", "如何{head}？", "{head}有哪些措施？", "{head}要做什么？"))
    start = window.index(following[0], match.end())
    return Reading(
        "measure", asked.format(head=match["head"]), window, start, start + len(following[0].rstrip("。；"))
    )


def effect(window: str, chance: random.Random) -> Reading | None:
    """From which day on a law is in force."""
    match = _EFFECT.search(window)
    asked = chance.choice(("什么时候开始施行？", "从哪一天起施行？", "何时生效？", "施行日期是哪天？"))
    return Reading("effect", asked, window, *match.span("date")) if match else None


def duty(window: str, chance: random.Random) -> Reading | None:
    """Who is in charge."""
    match = pairs.duty(window)
    if match is None:
        return None
    asked = chance.choice(pairs.DUTY_QUESTIONS).format(match["duty"])
    return Reading("duty", asked, window, *match.span("unit"))


def meaning(window: str, chance: random.Random) -> Reading | None:
    """What a term means."""
    match = _MEANING.search(window)
    if match is None:
        return None
    asked = chance.choice(("什么是{term}？", "{term}是什么意思？", "{term}指的是什么？", "{term}指什么？"))
    return Reading("meaning", asked.format(term=match["term"]), window, *match.span("said"))


def penalty(window: str, chance: random.Random) -> Reading | None:
    """How much is to be paid for what has been done."""
    match = _PENALTY.search(window)
    if match is None:
        return None
    asked = chance.choice(("{deed}罚多少？", "{deed}会罚款多少？", "{deed}处多少罚款？"))
    return Reading("penalty", asked.format(deed=match["deed"]), window, *match.span("value"))


def _quantity(window: str, match: re.Match[str]) -> tuple[int, int]:
    """The figure matched, whole."""
    start = match.start("value")
    quantity = next((one for one in quantities(window) if one.start == start), None)
    end = quantity.end if quantity else match.end("value")
    return start, end + 2 if window[end : end + 2] in _QUALIFIERS else end
