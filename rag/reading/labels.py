"""What stands under a label that a question names: 会议时间, 报名地点：…, 请假：…, 投诉监督：….

May import the core. Under its label a notice says when or where without a word of what is asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from rag.datatypes import Evidence, Paragraph, Question, QuestionKind
from rag.language.chinese import normalise
from rag.language.contacts import asks_contact, contacts
from rag.matching.expected import holds_expected
from rag.ports import ParagraphSource
from rag.reading.evidence import may_answer, units

# Paragraphs looked at before and after the best one; a notice is hardly longer.
_AROUND = 40
# Items told at most.
_MOST = 12
_OF_KIND: dict[QuestionKind, str] = {
    "date": "时间|日期|期限|时限|截止",
    "place": "地点|地址|位置|场所",
}
_WHO_COMES = re.compile(r"(?:哪些|什么)人|谁|哪些(?:单位|部门|人员)")
_WHO = "人员|对象|范围"
_CALLED = re.compile("电话|号码|联系|方式|热线")
_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．，\s]?")
_RUN_IN = re.compile(r"^(?P<label>[^，。；：:\s]{2,10})[：:](?=\S)")
_ITEM = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）.．、]")
_LONGEST = 10


class LabelFinder:
    """Puts first what stands under the label that a question names, in the document found."""

    def __init__(self, source: ParagraphSource) -> None:
        self._source = source

    def complete(self, question: Question, evidence: Evidence) -> Evidence:
        """The evidence with the passages under such a label first, as it is where the document has none."""
        if not evidence.passages or not _may_be_labelled(question):
            return evidence
        best = evidence.passages[0]
        found = evidence.hits[best.handle - 1]
        near = list(self._near(found.paragraph))
        if listed := _listed(question, near):
            return _with_points(question, evidence, listed)
        labelled = [one for one in near if _is_under(question, one)]
        in_table = found.paragraph.attributes.kind == "row" and best.fits
        if not labelled or in_table or found.paragraph in labelled:
            return evidence
        return _first(question, evidence, labelled[0])

    def _near(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        numbers = range(max(1, paragraph.number - _AROUND), paragraph.number + _AROUND + 1)
        near = self._source.fetch([(paragraph.document_id, number) for number in numbers])
        return (near[key] for key in sorted(near))


def _may_be_labelled(question: Question) -> bool:
    return (
        question.kind in _OF_KIND
        or question.kind in ("list", "person", "department")
        or asks_contact(question.query)
        or _WHO_COMES.search(question.query) is not None
    )


def _listed(question: Question, near: Sequence[Paragraph]) -> list[Paragraph]:
    """All items under a label that a question for several names, two at least: 附件, 应用推广科."""
    if question.kind != "list":
        return []
    for place, paragraph in enumerate(near):
        heading = _heading(question, paragraph)
        if heading is not None:
            items = [one for one in near[place:] if heading in one.section and may_answer(question, one)]
            return items if len(items) > 1 and all(_ITEM.match(one.text) for one in items) else []
        run_in = _RUN_IN.match(paragraph.text)
        if (
            run_in is not None
            and _is_said(question, run_in["label"])
            and _ITEM.match(paragraph.text, run_in.end())
        ):
            following = takewhile(lambda one: _ITEM.match(one.text), near[place + 1 :])
            return [paragraph, *following][:_MOST]
    return []


def _heading(question: Question, paragraph: Paragraph) -> str | None:
    """The heading over a paragraph that the question names."""
    for label in paragraph.section:
        bare = normalise(_NUMBER.sub("", label))
        if _is_said(question, bare) or _of_those_who_come(question, bare):
            return label
    return None


def _is_said(question: Question, label: str) -> bool:
    return 2 <= len(label) <= _LONGEST and label in question.query


def _of_those_who_come(question: Question, label: str) -> bool:
    match = re.search(rf"(?P<of>.+)(?:{_WHO})$", label) if _WHO_COMES.search(question.query) else None
    return match is not None and all(character in question.query for character in match["of"])


def _is_under(question: Question, paragraph: Paragraph) -> bool:
    """Whether a label over or before a paragraph is what the question asks for."""
    if not may_answer(question, paragraph):
        return False
    run_in = _RUN_IN.match(_NUMBER.sub("", paragraph.text))
    over = paragraph.section[-2:] if paragraph.attributes.kind != "row" else ()
    labels = [_NUMBER.sub("", label) for label in (*over, *((run_in["label"],) if run_in else ()))]
    return any(
        2 <= len(label) <= _LONGEST and _names(question, normalise(label), paragraph) for label in labels
    )


def _names(question: Question, label: str, paragraph: Paragraph) -> bool:
    query = question.query
    if asks_contact(query):
        return _shares_word(label, query) and bool(contacts(query, paragraph.text))
    kinds = _OF_KIND.get(question.kind) or (_WHO if _WHO_COMES.search(query) else "")
    match = re.search(rf"(?P<of>.*?)(?:{kinds})$", label) if kinds else None
    if match is not None:
        # 会议时间 is that of 安全生产会议, 参会人员 are those who 参加…会议.
        return bool(match["of"]) and all(character in query for character in match["of"])
    return question.kind == "person" and label in query and len(paragraph.text) < 3 * _LONGEST


def _shares_word(label: str, query: str) -> bool:
    """Whether a label and a question have two characters in a row in common, 电话 and the like aside."""
    label = _CALLED.sub("", label)
    return any(label[place : place + 2] in query for place in range(len(label) - 1))


def _with_points(question: Question, evidence: Evidence, paragraphs: Sequence[Paragraph]) -> Evidence:
    """The evidence with the first of several labelled paragraphs first, and all of them as its points."""
    points = []
    for paragraph in reversed(paragraphs[:_MOST]):
        evidence = _first(question, evidence, paragraph)
        points.append(evidence.passages[0])
    return replace(evidence, points=tuple(reversed(points)))


def _first(question: Question, evidence: Evidence, paragraph: Paragraph) -> Evidence:
    """The evidence with the passage of a labelled paragraph first: its label says what the best one does."""
    best = evidence.passages[0]
    hits = list(evidence.hits)
    keys = [(hit.paragraph.document_id, hit.paragraph.number) for hit in hits]
    key = paragraph.document_id, paragraph.number
    if key in keys:
        handle = keys.index(key) + 1
    else:
        hits.append(replace(hits[best.handle - 1], paragraph=paragraph, score=min(hit.score for hit in hits)))
        handle = len(hits)
    spans = [
        span for span in units(paragraph) if holds_expected(question, paragraph.text[slice(*span)], paragraph)
    ]
    start, end = (spans or units(paragraph))[0]
    # What a reader has marked in it, where it was read.
    span = next((one.span for one in evidence.passages if (one.handle, one.start) == (handle, start)), None)
    first = replace(best, handle=handle, start=start, end=end, text=paragraph.text[start:end], span=span)
    return replace(evidence, hits=tuple(hits)).led_by(replace(first, fits=True, figures=1.0))
