"""Several questions asked at once, each made to stand alone.

May import the core. Rules only: what cannot be told apart for certain stays one question.
"""

import re
from collections.abc import Sequence

import rjieba

from rag.datatypes import Turn
from rag.language.chinese import normalise
from rag.language.localities import named_areas
from rag.language.names import organisations
from rag.language.numerals import YEAR
from rag.query.followup import resolve
from rag.query.question import is_contrast
from rag.query.topic import YEAR_SAID, focus, scope

# Of more questions than this the last are kept together.
MOST = 4

_ASKS = re.compile(
    r"多少|几(?=[个家台户项套所亩人场条处名件座次张位天年点月号成]|分之)|什么|哪|谁|如何|怎[么样]|何[时处地人]|多[大长高久快]"
    r"|为[何啥]|是否|有没有|是不是|能不能|会不会|[吗呢]$|是?何$"
    r"|\b(?:who|what|which|when|where|how|why)\b",
    re.IGNORECASE,
)
_SEEKS_ASSENT = re.compile(r"^(?:你|您)?(?:是|对|好|行|可以|知道|清楚|了解)(?:不\w)?吗?$")
_STOP = re.compile(r"(?<=[？?；;。！!\n])")
_ENDS = re.compile(r"[？?。！!\n]\s*$")
_PAUSE = re.compile(
    r"(?<=[，,])|(?<=.)(?=以及|并且|同时还|而且|[和及与](?:由?谁|什么时候|何时|多少|由?哪|怎么|如何|为什么))"
)
_OPENING = re.compile(
    r"^(?:[，,；;。、]|以及|并且|同时|而且|还有(?![哪什多几谁])|另外|其次|最后|还想(?:问|知道)|[和及与](?=由?谁|什么时候|何时|多少|由?哪|怎么|如何|为什么)"
    r"|[一二三四]是|第[一二三四](?:[，,、]|个问题)|[（(]?[1-4一二三四][)）.、．]|[①②③④])+"
)
_LEAD = re.compile(r"^(?:请问?|想|我|问|麻烦)[^：:？?]{0,12}[：:]")
_MODAL = re.compile(r"要(?![求点])|将|计划|打算|准备|预计|应当|需要|必须|可以")
_YEAR = re.compile(rf"{YEAR.pattern}\s?年?")
_SOURCE = re.compile(
    r"^(?:请问)?(?P<source>(?:《[^》]{2,40}》|[\u4e00-\u9fff\d]{0,12}报告)(?:里|中|上|提出|要求|规定|说)?)"
)
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|he|his|she|her|this|that|these|those)\b", re.IGNORECASE)
_CHINESE = re.compile("[\u4e00-\u9fff]")

# 固定资产投资和新增学位的目标分别是多少: what is asked of each, one by one.
_EACH = re.compile(
    r"^(?P<things>[^，,？?；;]{5,80}?)(?:分别|各自?)(?P<asked>(?:是|为|有|要|由|在|计划|达到)?[^，,？?；;和与及]{0,4}"
    r"(?:多少|几|谁|什么时候|何时|哪)[^，,？?；;和与及]{0,12})[？?]?$"
)
# What tells two kinds of one thing apart.
_KIND = re.compile(
    r"城镇|农村|城市|乡村|城乡|国内|国外|境内|境外|省内|省外|中央|地方|东部|中部|西部|进口|出口|公办|民办|男性?|女性?"
)
_ITEM = re.compile(r"[、和与及]")
_COUNTED = re.compile(r"[两二三四五六七八九十\d]+(?:个|项|大|类|种|方面|条|者)|这些|各|等")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|（[^）]*）")
# A thing that is set beside another: shorter ones are parts of a word, longer ones clauses.
_SHORTEST, _LONGEST = 2, 20


def split(question: str, history: Sequence[Turn] = ()) -> tuple[str, ...]:
    """The questions asked in one, at most MOST, each readable without the others and the conversation.

    One question, and whatever cannot be told apart, comes back alone and as it is.
    """
    parts = _parts(question.strip())
    if len(parts) == 1:
        return _each(parts[0]) or (question,)
    told = list(history)
    whole: list[str] = []
    opening = ""  # the first question of the sentence
    for part in parts:
        alone = resolve(_as_question(part), told)
        alone = _in_scope(alone, opening) if opening else alone
        whole.append(_in_place(alone, whole[0]) if whole else alone)
        told = [*history, Turn("user", whole[-1])]
        opening = "" if _ENDS.search(part) else opening or whole[-1]
    each = tuple(dict.fromkeys(one for part in whole for one in _each(part) or (part,)))
    return each if len(each) <= MOST else tuple(dict.fromkeys(whole))


def _parts(question: str) -> tuple[str, ...]:
    """The stretches that each ask something; what asks nothing belongs to the one it stands before."""
    bare = _LEAD.sub("", question)
    pieces = [piece for sentence in _STOP.split(bare) for piece in _pauses(sentence)]
    parts: list[str] = []
    opening = ""
    for piece in pieces:
        if not _asks(piece):
            opening += piece
            continue
        parts.append(opening + piece)
        opening = ""
    if len(parts) < 2 or _leans_in_english(parts):
        return (question,)
    parts[-1] += opening
    kept = [*parts[: MOST - 1], "".join(parts[MOST - 1 :])] if len(parts) > MOST else parts
    return tuple(kept)


def _pauses(sentence: str) -> list[str]:
    """A sentence cut where another question may begin; a contrast is one question."""
    return [sentence] if is_contrast(sentence) else _PAUSE.split(sentence)


def _asks(piece: str) -> bool:
    bare = piece.strip("，,。？?！!；; \n")
    return _ASKS.search(bare) is not None and _SEEKS_ASSENT.match(_OPENING.sub("", bare)) is None


def _leans_in_english(parts: Sequence[str]) -> bool:
    return any(_PRONOUN.search(part) and not _CHINESE.search(part) for part in parts[1:])


def _as_question(part: str) -> str:
    mark = "？" if _CHINESE.search(part) else "?"
    return _OPENING.sub("", part.strip()).strip("，,；;。、？?！! \n") + mark


def _in_scope(question: str, first: str) -> str:
    """A later question of a sentence is asked of the subject, time and document that its first names."""
    if _CHINESE.search(question) is None:
        return question
    subject = focus(first)
    if _MODAL.match(question) and not _MODAL.search(subject):
        return f"{subject}{question}"
    question = f"{_time(first, question)}{question}"
    source = _SOURCE.match(first)
    if source is not None and source["source"] not in question and _SOURCE.match(question) is None:
        question = f"{source['source']}{question}"
    return question


def _in_place(question: str, first: str) -> str:
    """A later question that names neither place nor document is asked of the place and time of the first."""
    spelled = normalise(first)
    places = named_areas(spelled) if len(spelled) == len(first) else []
    if len(places) != 1 or named_areas(normalise(question)) or not _CHINESE.search(question):
        return question
    place = first[places[0].start : places[0].end]
    if len(place) == 1 or "《" in question:
        return question
    return f"{place}{_time(first, question)}{question}"


def _time(first: str, question: str) -> str:
    """The year that the first question names, where the later one names none."""
    year = YEAR_SAID.search(first)
    if year is None or YEAR_SAID.search(question) is not None:
        return ""
    said = year[0].strip()
    return f"{said}年" if said.isdigit() else said


def _each(question: str) -> tuple[str, ...]:
    """What is asked of several things one by one, asked of each; nothing unless they stand side by side.

    What leads up to the first (2024年, 区教育局的) and what follows the last (的目标) belongs to all.
    """
    match = _EACH.match(question)
    if match is None or _COUNTED.search(match["things"]):
        return ()
    things = _side_by_side(match["things"])
    offices = all(_begins_with_office(thing) for thing in things)
    if not 1 < len(things) <= MOST or (is_contrast(question) and not offices):
        return ()
    first, last = things[0], things[-1]
    lead = _shared_lead(first)
    trail = f"的{last.rpartition('的')[2]}" if "的" in last else ""
    bare = _told_whole([thing.removeprefix(lead).removesuffix(trail) for thing in things])
    if any(not _SHORTEST <= len(thing) <= _LONGEST or "的" in thing for thing in bare):
        return ()
    return tuple(f"{lead}{thing}{trail}{match['asked']}？" for thing in bare)


def _told_whole(things: list[str]) -> list[str]:
    """Things whose noun is only said with the last: 城镇|农村居民收入 are 城镇居民收入|农村居民收入."""
    *before, last = things
    shared = _KIND.match(last)
    if shared is None or not all(map(_KIND.fullmatch, before)):
        return things
    return [*(f"{thing}{last[shared.end() :]}" for thing in before), last]


def _side_by_side(text: str) -> list[str]:
    """The things of a series, cut where a joining word stands by itself: not in 区住房和城乡建设局."""
    closed = [match.span() for match in _QUOTED.finditer(text)]
    closed += [(span.start, span.end) for span in organisations(text)]
    things, start, position = [], 0, 0
    for word in rjieba.cut(text):
        if _ITEM.fullmatch(word) and not any(begin <= position < end for begin, end in closed):
            things.append(text[start:position])
            start = position + len(word)
        position += len(word)
    return [*things, text[start:]]


def _begins_with_office(thing: str) -> bool:
    return any(span.start == 0 for span in organisations(thing))


def _shared_lead(first: str) -> str:
    """What stands before the first thing and is said of all: its document, year and owner."""
    source = _SOURCE.match(first)
    start = source.end() if source else 0
    year = _YEAR.match(first, start)
    start = max(year.end() if year else start, len(scope(first)))
    if "的" in first[start:]:
        return first[: first.rindex("的") + 1]
    office = next((span for span in organisations(first) if span.start == start), None)
    return first[: office.end] if office is not None and office.end < len(first) else first[:start]
