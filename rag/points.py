"""The points of a list that stand each in a paragraph of its own, after one that announces them.

May import the core. A paragraph found for 要把握好哪五个方面 announces five; what answers are the five below
it, which share no word with the question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question
from rag.evidence import units
from rag.expected import asked_count
from rag.ports import ParagraphSource

# Points looked for at most, before and after the paragraph found.
MOST = 12

_NUMERALS = "一二三四五六七八九十"
_POINT = re.compile(
    rf"^(?:第?(?P<said>[{_NUMERALS}]{{1,2}})(?:是|要|，|,|、)|[（(](?P<inside>[{_NUMERALS}]{{1,2}})[)）])"
)
_VALUES = {
    numeral: value
    for value, numeral in enumerate((*_NUMERALS, *(f"十{numeral}" for numeral in _NUMERALS[:2])), 1)
}
_ANNOUNCES = re.compile(
    rf"[{_NUMERALS}两几\d](?:个(?:方面|重点|环节|关键|着力点|坚持)|[项点条件类]|大)[\u4e00-\u9fff]{{0,6}}[：:。，,]?"
    r"|(?:如下|以下|下列)[^。]{0,8}[：:]|[：:]$"
)


class PointFinder:
    """Completes evidence with the points that its best paragraph announces or is one of."""

    def __init__(self, source: ParagraphSource) -> None:
        self._source = source

    def complete(self, question: Question, evidence: Evidence) -> Evidence:
        """The evidence with `points` and their paragraphs, as it is where the best paragraph has none."""
        if not evidence.passages or (question.kind != "list" and asked_count(question.query) is None):
            return evidence
        best = evidence.hits[evidence.passages[0].handle - 1]
        block = self._block(best.paragraph, asked_count(question.query))
        return _with_points(evidence, best, block) if block else evidence

    def _block(self, best: Paragraph, asked: int | None) -> list[Paragraph]:
        """The points below an announcing paragraph; those around a point where as many are asked for."""
        numbers = range(max(1, best.number - MOST), best.number + MOST + 1)
        near = self._source.fetch([(best.document_id, number) for number in numbers])
        paragraphs = [near[key] for key in sorted(near)]
        here = next(row for row, paragraph in enumerate(paragraphs) if paragraph.number == best.number)
        place = ordinal(best.text)
        if place is None:
            announced = _ANNOUNCES.search(best.text[-40:]) is not None
            return consecutive(paragraphs[here + 1 :]) if announced else []
        first = here - place + 1
        block = consecutive(paragraphs[first:]) if first >= 0 else []
        return block if len(block) == asked and best in block else []


def ordinal(text: str) -> int | None:
    """Which point of a list a paragraph is by what it begins with (三是: 3); `None` for others."""
    match = _POINT.match(text)
    return _VALUES.get(match["said"] or match["inside"]) if match else None


def consecutive(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The points first, second … that paragraphs begin with, two at least; nothing where they do not."""
    block = []
    for expected, paragraph in enumerate(paragraphs[:MOST], 1):
        if ordinal(paragraph.text) != expected:
            break
        block.append(paragraph)
    return block if len(block) > 1 else []


def _with_points(evidence: Evidence, best: Hit, block: Sequence[Paragraph]) -> Evidence:
    hits = list(evidence.hits)
    handles = {
        (hit.paragraph.document_id, hit.paragraph.number): handle for handle, hit in enumerate(hits, 1)
    }
    points = []
    for paragraph in block:
        key = paragraph.document_id, paragraph.number
        if key not in handles:
            hits.append(replace(best, paragraph=paragraph, score=min(hit.score for hit in hits)))
            handles[key] = len(hits)
        start, end = units(paragraph)[0]
        points.append(Passage(handles[key], start, end, paragraph.text[start:end]))
    return replace(evidence, hits=tuple(hits), points=tuple(points))
