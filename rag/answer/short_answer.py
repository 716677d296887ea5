"""The short answer: the number, date, office, person or few words that are asked for.

May import the core. It is always a piece of the cited text or of its paragraph's attributes, with a
是的 or 没有 before it where a figure is supposed. What a reader has marked in the text is preferred where it
is of the kind asked for, and is the answer where no kind is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.datatypes import Evidence, Paragraph, Passage, Question, QuestionKind
from rag.language import series
from rag.language.chinese import normalise
from rag.language.contacts import asks_contact, contacts
from rag.language.names import Span
from rag.language.numerals import YEAR, Quantity, quantities
from rag.language.times import TIMES
from rag.matching.cells import asked_cell
from rag.matching.choosing import meant_by_place
from rag.matching.expected import dates, figures, measure, repeats
from rag.matching.holders import bodies, people
from rag.matching.nearness import Nearness
from rag.matching.overlap import Matcher
from rag.matching.respective import meant
from rag.matching.whereabouts import places
from rag.query.supposed import holds, supposed

# What may stand right after a quantity and belongs to it, and right before it.
_QUALIFIER = re.compile(
    r"\s*(?:（[套间个站]+）)?(?:工作日)?(?:左右|上下|以上|以下|以内|之内|及以上|多|内(?![部容外地在]))?"
)
_AT_LEAST = re.compile(
    r"(?:不得?(?:少于|低于|超过|多于|高于|足)|[至最][少多长短高低]|超过|[少多高低]于|超|近|约|突破"
    r"|不得?(?:少于|低于|超过|多于|高于)[^，。；、\d]{1,20}的)\s*$"
)
# Between two bounds: 一百元以上五百元以下.
_UP_TO = re.compile(r"以上[^，。；、以]{2,12}以下")
_FROM = re.compile(r"[\d.一二三四五六七八九十百千万亿]{1,12}[^\d，。；、以]{1,3}以上$")
_RANGE = re.compile(r"\d[\d.]{0,12}[%％]?\s?[-~—–～－至到]\s?$")
# Measures that numerals do not compare but a reader wants to see.
_MEASURE = re.compile(
    r"\s?(?:斤|瓦时|微克(?:[/／]立方米)?|平方公[尺分]|公[分尺]|[厘毫分微]米|匹?马力|摄氏度|℃|万?[票字卷集季册页枚头匹只条任届艘架首封辈代所支节关课])"
)
# Of these so many are told that thousands or hundred millions stand before them: 1344亿斤, 1000亿千瓦时.
_SCALED = frozenset(("斤", "瓦时"))
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
# Times by which a figure may differ from one without a unit that it is held against.
_SAME_SIZE = 2
# Longest quote that is read; quotes are sentences and tasks, far shorter.
_LONGEST = 3000
_HEADER = re.compile(r"(?:^|；)(?P<header>[^；：（(]{2,20})(?:[（(][^（）()；：]{1,8}[）)])?：$")
_LASTS = re.compile(r"多久|多长|时间|时限|期限|long")

# A reader less sure than this only guesses.
_LIKELY = 0.0
# A mark longer than this is a sentence, and no short answer.
_LONGEST_MARK = 60
# Questions that a few words of the text do not answer.
_AT_LENGTH: tuple[QuestionKind, ...] = ("yes_no", "how", "comparison")
_EDGE = " \u3000，。；：、！？,;:!?"
_PAIRS = (("“", "”"), ("「", "」"), ("《", "》"), ("（", "）"), ("(", ")"), ("『", "』"))
# What belongs to a figure and is no word.
_UNIT_SIGN = re.compile(r"[%％‰℃]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A cited text, the paragraph it is from, and what a reader has marked in it ("" nothing)."""

    text: str
    paragraph: Paragraph
    mark: str = ""

    @property
    def marked(self) -> tuple[int, int]:
        """Where the mark stands in the text; (0, 0) without one."""
        start = self.text.find(self.mark) if self.mark else -1
        return (start, start + len(self.mark)) if start >= 0 else (0, 0)


Reader = Callable[[Question, Quoted, Matcher], str | None]


def quoted(text: str, paragraph: Paragraph, evidence: Evidence) -> Quoted:
    """A text cited from a paragraph, with the best of what the reader has marked in it and thinks likely."""
    key = (paragraph.document_id, paragraph.number)
    marks = (
        paragraph.text[slice(*passage.span)]
        for passage in evidence.passages
        if passage.span is not None and passage.read > _LIKELY and _key(evidence, passage) == key
    )
    return Quoted(text, paragraph, next((mark for mark in marks if mark in text), ""))


def _key(evidence: Evidence, passage: Passage) -> tuple[str, int]:
    paragraph = evidence.hits[passage.handle - 1].paragraph
    return paragraph.document_id, paragraph.number


def short_answer(question: Question, cited: Sequence[Quoted], matcher: Matcher) -> str | None:
    """The short answer found in the first cited text that has one; `None` if there is none.

    `cited` are in the order of the answer.
    """
    reader = _READERS.get(question.kind, _marked_words)
    in_table = (asked_cell(question, one.text, one.paragraph) for one in cited)
    if (cell := next(filter(None, in_table), None)) is not None and question.kind not in _AT_LENGTH:
        return cell.text.strip()
    if asks_contact(question.query):
        reader = _contact
    elif supposed(question.query):
        reader = _verdict
    short = (reader(question, Quoted(one.text[:_LONGEST], one.paragraph, one.mark), matcher) for one in cited)
    return next((answer for answer in short if answer), None)


def _marked_words(question: Question, quoted: Quoted, _matcher: Matcher) -> str | None:
    """What the reader has marked, whole: not half a quotation, and in a list not half of it."""
    start, end = quoted.marked
    if start == end or question.kind in _AT_LENGTH:
        return None
    text = quoted.text
    if question.kind == "list":
        start, end = series.whole(text, start, end)
    if (sign := _UNIT_SIGN.match(text, end)) is not None:
        end = sign.end()
    said = _paired(text, start, end).strip(_EDGE)
    # A label before its value, and what the question says itself, answer nothing.
    if text[end : end + 1] in ("：", ":") or repeats(question.query, said):
        return None
    return said if 0 < len(said) <= _LONGEST_MARK or question.kind == "list" else None


def _paired(text: str, start: int, end: int) -> str:
    """The span with the other half of a quotation or bracket that it holds one half of."""
    for opening, closing in _PAIRS:
        said = text[start:end]
        if said.count(opening) > said.count(closing) and (found := text.find(closing, end)) >= 0:
            end = found + 1 if found - end <= _LONGEST_MARK else end
        elif said.count(closing) > said.count(opening) and (found := text.rfind(opening, 0, start)) >= 0:
            start = found if start - found <= _LONGEST_MARK else start
    return text[start:end]


def _number(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    """The quantity nearest to what is asked, in the unit asked for, its qualifiers included."""
    quote = quoted.text
    everything = figures(question.query, quote)
    found = meant(question.query, quote, _without_times(question.query, everything))
    if not found:
        return None
    found = meant_by_place(question.query, quote, found)
    left, right = quoted.marked
    found = tuple(one for one in found if left < one.end and one.start < right) or found
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
    return _whole(question.query, quote, best, everything)


def _verdict(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    """Whether it is as the question supposes, and the figure that says so: 没有，1344亿斤."""
    asked = supposed(question.query)
    if asked is None:
        return None
    told = [one for one in quantities(quoted.text) if _alike(asked, one)]
    if not told:
        return None
    nearness = _nearness(question, quoted.text, matcher)
    best = max(told, key=lambda one: (nearness.of(one.start, one.end), -one.start))
    said = _whole(question.query, quoted.text, best, told)
    so = holds(question.query, asked, quoted.text, best)
    return said if so is None else f"{'是的' if so else '没有'}，{said}"


def _alike(asked: Quantity, told: Quantity) -> bool:
    """Whether a figure can be held against the one supposed; without a unit it must be of the same size."""
    if asked.unit:
        return told.unit == asked.unit
    return asked.value > 0 and 1 / _SAME_SIZE <= told.value / asked.value <= _SAME_SIZE


def _without_times(query: str, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """The quantities without spans of time, where neither a measure nor a time is asked for."""
    if measure(query).unit is not None or _LASTS.search(query):
        return found
    return [one for one in found if one.unit not in TIMES] or found


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
    if (span := _RANGE.search(text, 0, start) or _FROM.search(text, 0, start)) is not None:
        start = span.start()
    if (bounds := _UP_TO.match(text, end)) is not None:
        end = bounds.end()
    lead = _AT_LEAST.search(text, 0, start)
    if (measured := _MEASURE.match(text, end)) is not None and (
        text[end - 1].isdigit() or measured[0] in _SCALED
    ):
        end = measured.end()
    tail = _QUALIFIER.match(text, end)
    return text[lead.start() if lead else start : tail.end() if tail else end].strip()


def _date(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    """A date, or how long something lasts with what bounds it."""
    if _LASTS.search(question.query) and (lasting := _number(question, quoted, matcher)) is not None:
        return lasting
    return _nearest(question, quoted, dates(question.query, quoted.text), matcher)


def _contact(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    return _nearest(question, quoted, contacts(question.query, quoted.text), matcher)


def _department(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    found = bodies(question.query, quoted.text, quoted.paragraph)
    return _nearest(question, quoted, found, matcher) or _marked_words(question, quoted, matcher)


def _person(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    found = people(question.query, quoted.text, quoted.paragraph)
    return _nearest(question, quoted, found, matcher) or _marked_words(question, quoted, matcher)


def _place(question: Question, quoted: Quoted, matcher: Matcher) -> str | None:
    """What is marked, else the only place there is: which of several is meant, no form tells."""
    if (marked := _marked_words(question, quoted, matcher)) is not None:
        return marked
    found = places(question.query, quoted.text)
    return found[0].text if len(found) == 1 else None


def _nearest(question: Question, quoted: Quoted, found: Sequence[Span], matcher: Matcher) -> str | None:
    """What is known comes before what stands in the text, there what is marked, the nearest to the asked."""
    if not found:
        return None
    placed = list(meant_by_place(question.query, quoted.text, [span for span in found if span.end]))
    if len(found) == 1 or len(placed) < len(found) and not found[0].end:
        return found[0].text
    left, right = quoted.marked
    placed = [span for span in placed if left < span.end and span.start < right] or placed
    nearness = _nearness(question, quoted.text, matcher)
    return max(placed, key=lambda span: (nearness.of(span.start, span.end), -span.start)).text


def _nearness(question: Question, quote: str, matcher: Matcher) -> Nearness:
    rivals = [(one.start, one.end) for one in quantities(quote)]
    return Nearness(question.query, quote, matcher, rivals=rivals)


_READERS: dict[QuestionKind, Reader] = {
    "number": _number,
    "date": _date,
    "department": _department,
    "person": _person,
    "place": _place,
}
