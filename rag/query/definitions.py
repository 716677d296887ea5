"""Definitions: the term that a question wants defined, and where a text says what it means.

May import the core. Recognised by the set phrases of laws and reports: 是指, 所称, 所谓, 即, 以下简称.
"""

import re
from functools import lru_cache

import rjieba

from rag.language.chinese import bigrams
from rag.language.names import Span, organisations
from rag.query.topic import YEAR_SAID

_QUOTED = re.compile(r"[“\"「‘']([^“”\"「」]+)[”\"」’']")
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:^|[，,里中上])(?:请问|请解释(?:一下)?|解释(?:一下)?)?(?:什么是|什么叫做?|何谓|何为|啥是|啥叫)(?P<term>[^，,？?]{2,40})",
        r"(?P<term>[^，,？?]{2,40}?)(?:一词|这个词|这一概念|这个概念|这个说法|这个提法)?(?:到底|究竟)?(?:是|所)?指(?:的?是)?(?:什么|啥|哪些(?:人|情形|行为)?)",
        r"(?P<term>[^，,？?]{2,40}?)(?:到底|究竟)?是什么(?:意思|概念|含义)",
        r"(?P<term>[^，,？?]{2,40}?)(?:是)?(?:怎么|如何|怎样)(?:定义|界定|理解)",
        r"(?P<term>[^，,？?]{2,40}?)的(?:定义|含义|概念|意思|内涵)(?:是|指|为|怎么|如何|$)",
        r"what (?:is meant by|does) (?P<term>.{2,40}?)(?: mean)?\??$",
    )
)
# 慈善组织是什么: a thing by its name alone, which is told from 目标是什么 by its words.
_PLAIN = re.compile(
    r"^(?P<term>[^，,？?的]{2,12})(?:到底|究竟)?(?:是|又是)(?:什么|啥)(?:东西|机构|组织)?[?？]?$"
)
# A name in quotation marks is a term whatever stands before it: 海南的“一号工程”是什么.
_NAMED = re.compile(
    r"(?P<term>[“\"「][^“”\"「」]{1,20}[”\"」][^，,？?的是指]{0,6}?)(?:到底|究竟)?(?:是|又是|算是)(?:一?个?种?(?:什么|啥)|(?:干|做)(?:什么|啥|嘛))"
)
_LED = re.compile(
    r"^(?:.{0,24}?(?:报告|法|条例|办法|规定|规划|方案|文件|《[^》]*》|里|中|上)(?:里|中|上|所称|所说|提到|规定|提出|讲|说)+的?|本\w{1,3}所称的?|所谓的?)"
)
_NOT_A_TERM = re.compile(
    r"目标|任务|原因|理由|内容|重点|措施|办法|职责|条件|要求|依据|原则|方向|主题|主线|思路|名称|名字|作用|意义|第.个|哪|谁|今年|去年"
)
_LAW = r"(?:本|该|前款|前条|本条)?(?:法|条例|办法|规定|规则|细则|章|节|条|款|决定|解释)?"
_LONGEST = 300
# Parts of speech that no name of a thing holds.
_NO_NAME = frozenset("rpdcu")


@lru_cache(maxsize=64)
def defined(query: str) -> str:
    """The term that a normalised question wants defined, "" where it wants something else."""
    for pattern in _ASKED:
        match = pattern.search(query)
        if match is not None:
            return _term(match["term"])
    named = _NAMED.search(query)
    if named is not None:
        return _term(named["term"])
    plain = _PLAIN.match(query)
    if plain is None or _NOT_A_TERM.search(plain["term"]):
        return ""
    if organisations(plain["term"]) or any(tag[:1] in _NO_NAME for _, tag in rjieba.tag(plain["term"])):
        return ""
    return _term(plain["term"])


def definitions(term: str, text: str) -> tuple[Span, ...]:
    """The stretches of a text that say what a term means, up to their full stop, the surest first."""
    # Each phrase holds the term: most texts need not be looked through, nor six patterns compiled.
    if not term or term not in text:
        return ()
    found: dict[int, Span] = {}
    for pattern in _patterns(term):
        for match in pattern.finditer(text):
            start = match.start()
            end = min(match.end(), start + _LONGEST)
            if not any(span.start <= start < span.end for span in found.values()):
                found[start] = Span(text[start:end], start, end)
    return tuple(found.values())


def mentions(term: str, text: str) -> bool:
    """Whether a normalised text speaks of a term, be a character of it mistyped."""
    pairs = bigrams(term)
    return term in text or sum(pair in text for pair in pairs) * 2 >= len(pairs)


@lru_cache(maxsize=64)
def _patterns(term: str) -> tuple[re.Pattern[str], ...]:
    """The set phrases, surest first."""
    said = rf"[“\"「《]?{re.escape(term)}[”\"」》]?(?:（[^（）]{{1,30}}）)?"
    rest = r"[^。；;\n]{2,300}(?:[。；;]|$)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?:{_LAW}所称的?)?{said}[，,]?(?:又称[^，]{{1,20}}，)?(?:是指|系指|指的是|指(?!导|标|示|定|挥|数|引|南|派)|，指){rest}",
            rf"{_LAW}所(?:称|指)的?{said}[，,]?(?:是|为|包括|包含|即){rest}",
            rf"所谓的?{said}[，,]?(?:就是|即是|是|即|指){rest}",
            rf"{said}[，,]?(?:即|就是|也就是|是一[种类项个]|，?包括下列){rest}",
            rf"[^。；;\n]{{4,200}}[（(](?:以下|下文)?统?简?称[为：:]?{said}[^）)]{{0,20}}[）)]{rest}",
            rf"{said}(?:——|—|：){rest}",
            rf"[^，。；;\n]{{2,60}}(?:称为|统称|称|为){said}(?:[。；;]|$)",
        )
    )


def _term(text: str) -> str:
    bare = text.strip().strip("，,。？?")
    led = _LED.match(bare)
    if led is not None and len(bare) - led.end() >= 2:
        bare = bare[led.end() :]
    bare = YEAR_SAID.sub("", bare)
    quoted = _QUOTED.fullmatch(bare)
    return (quoted[1] if quoted else bare).strip()
