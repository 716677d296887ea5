"""The short answer to a typed question: the number, date, office or person itself.

May import the core. It is always a piece of the cited text or of its paragraph's attributes.
"""

import re
from collections.abc import Callable, Sequence

from rag.chinese import normalise
from rag.datatypes import Paragraph, Question, QuestionKind
from rag.expected import TIMES, dates, figures, measure
from rag.holders import bodies, people
from rag.names import Span
from rag.nearness import Nearness
from rag.numerals import YEAR, Quantity, quantities
from rag.overlap import Matcher

# What may stand right after a quantity and belongs to it, and right before it.
_QUALIFIER = re.compile(r"\s*(?:（[套间个站]+）)?(?:左右|上下|以上|以下|以内|之内|及以上|多)?")
_AT_LEAST = re.compile(r"(?:不少于|不低于|不超过|不多于|至少|至多|超过|超|近|约|最多|突破)\s*$")
_RANGE = re.compile(r"\d[\d.]{0,12}[%％]?\s?[-~—–～－至到]\s?$")
# Measures that numerals do not compare but a reader wants to see.
_MEASURE = re.compile(
    r"\s?(?:平方公[尺分]|公[分尺]|[厘毫分微]米|匹?马力|摄氏度|℃|万?[票字卷集季册页枚头匹只条任届艘架首封辈代所支节关课])"
)
_TO = re.compile(r"\s?[-~—–～－至到]\s?\d")
_QUOTED = re.compile(r"[“「\"][^“”「」\"]{1,10}[”」\"]")
_CHINESE_NUMERAL = re.compile(r"[一二两三四五六七八九十]+\D*$")
# The measure that the question asks in counts as much as a word of it; what looks like part of a name
# counts against. Found on CMRC2018 train.
_SAME_MEASURE = 0.15
_BARE = 0.2
_IN_NAME = 0.3
_FIXED = 0.2
_SPAN_OF_TIME = 0.4
_OTHER_YEAR = 0.5
# In a table nothing says more clearly what a figure is than the header before it (决算（万元）：2098.6).
_HEADED = 1.0
# Longest quote that is read; quotes are sentences and tasks, far shorter.
_LONGEST = 3000
_HEADER = re.compile(r"(?:^|；)(?P<header>[^；：（(]{2,20})(?:[（(][^（）()；：]{1,8}[）)])?：$")
_LASTS = re.compile(r"多久|多长|时间|时限|期限|long")

Reader = Callable[[Question, str, Paragraph, Matcher], str | None]


def short_answer(question: Question, cited: Sequence[tuple[str, Paragraph]], matcher: Matcher) -> str | None:
    """The short answer found in the first cited quote that has one; `None` if the question is not typed.

    `cited` are quotes with the paragraphs they are from, in the order of the answer.
    """
    reader = _READERS.get(question.kind)
    if reader is None:
        return None
    found = (reader(question, quote[:_LONGEST], paragraph, matcher) for quote, paragraph in cited)
    return next((answer for answer in found if answer), None)


def _number(question: Question, quote: str, _paragraph: Paragraph, matcher: Matcher) -> str | None:
    """The quantity nearest to what is asked, in the unit asked for, its qualifiers included."""
    found = figures(question.query, quote)
    if not found:
        return None
    if len(found) > 1:
        nearness = _nearness(question, quote, matcher)
        best = max(
            found,
            key=lambda one: (
                nearness.of(one.start, one.end) + _likely(question.query, quote, one),
                -one.start,
            ),
        )
    else:
        best = found[0]
    return _whole(question.query, quote, best, found)


def _likely(query: str, quote: str, quantity: Quantity) -> float:
    """How much a quantity by its own form looks like what is asked for."""
    text = quote[quantity.start : quantity.end]
    measured, header = measure(query), _HEADER.search(quote, 0, quantity.start)
    named = any(
        match.start() < quantity.start and quantity.end < match.end() + 1 for match in _QUOTED.finditer(quote)
    )
    return (
        _SAME_MEASURE * bool(measured.spelled and text.endswith(measured.spelled))
        + _HEADED * (header is not None and normalise(header["header"]) in query)
        - _BARE * (quantity.unit == "")
        - _IN_NAME * named
        - _SPAN_OF_TIME * (measured.unit is None and quantity.unit in TIMES and not _LASTS.search(query))
        - _OTHER_YEAR * _of_other_year(query, quote, quantity)
        - _FIXED * (_CHINESE_NUMERAL.match(text) is not None)
    )


def _of_other_year(query: str, quote: str, quantity: Quantity) -> bool:
    """Whether the year last named before a quantity is not the one asked for, which the quote names too."""
    asked = set(YEAR.findall(query))
    named = YEAR.findall(quote[: quantity.start])
    return bool(asked and named) and named[-1] not in asked and not asked.isdisjoint(YEAR.findall(quote))


def _whole(query: str, text: str, best: Quantity, found: Sequence[Quantity]) -> str:
    """The quantity with what belongs to it: 不少于, a range, 以上; its neighbour where no unit is asked."""
    start, end = best.start, best.end
    if measure(query).unit is None:
        starts = {one.start: one.end for one in found}
        ends = {one.end: one.start for one in found}
        start, end = ends.get(start, start), starts.get(end, end)
    if _TO.match(text, end) is not None:
        end = next((one.end for one in quantities(text) if 0 < one.start - end <= 2), end)
    if (span := _RANGE.search(text, 0, start)) is not None:
        start = span.start()
    lead = _AT_LEAST.search(text, 0, start)
    if (measured := _MEASURE.match(text, end)) is not None and text[end - 1].isdigit():
        end = measured.end()
    tail = _QUALIFIER.match(text, end)
    return text[lead.start() if lead else start : tail.end() if tail else end].strip()


def _date(question: Question, quote: str, _paragraph: Paragraph, matcher: Matcher) -> str | None:
    return _nearest(question, quote, dates(question.query, quote), matcher)


def _department(question: Question, quote: str, paragraph: Paragraph, matcher: Matcher) -> str | None:
    return _nearest(question, quote, bodies(question.query, quote, paragraph), matcher)


def _person(question: Question, quote: str, paragraph: Paragraph, matcher: Matcher) -> str | None:
    return _nearest(question, quote, people(question.query, quote, paragraph), matcher)


def _nearest(question: Question, quote: str, found: Sequence[Span], matcher: Matcher) -> str | None:
    """What is known comes before what stands in the text, there the nearest to what is asked."""
    if not found:
        return None
    placed = [span for span in found if span.end]
    if len(found) == 1 or len(placed) < len(found) and not found[0].end:
        return found[0].text
    nearness = _nearness(question, quote, matcher)
    return max(placed, key=lambda span: (nearness.of(span.start, span.end), -span.start)).text


def _nearness(question: Question, quote: str, matcher: Matcher) -> Nearness:
    rivals = [(one.start, one.end) for one in quantities(quote)]
    return Nearness(question.query, quote, matcher, rivals=rivals)


_READERS: dict[QuestionKind, Reader] = {
    "number": _number,
    "date": _date,
    "department": _department,
    "person": _person,
}
