"""The points of a list: in paragraphs of their own below one that announces them, or where so many are named.

May import the core. A paragraph found for 要把握好哪五个方面 announces five; what answers are the five below
it, which share no word with the question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question, QuestionKind
from rag.language.naming import Span, Wanted, alike, named, wanted
from rag.matching.expected import asked_count
from rag.ports import ParagraphSource
from rag.reading.evidence import units

# Points looked for at most, before and after the paragraph found.
MOST = 12
# Paragraphs looked at below one that announces headings.
_BELOW = 60
# Paragraphs found in which so many names are looked for as are asked for.
_READ = 8
# Questions that several names may answer.
_KINDS: tuple[QuestionKind, ...] = ("list", "definition", "other", "how")

_NUMERALS = "一二三四五六七八九十"
_POINT = re.compile(
    rf"^(?:第?(?P<said>[{_NUMERALS}]{{1,2}})(?:是|要|，|,|、)|[（(](?P<inside>[{_NUMERALS}]{{1,2}})[)）])"
)
_VALUES = {
    numeral: value
    for value, numeral in enumerate((*_NUMERALS, *(f"十{numeral}" for numeral in _NUMERALS[:2])), 1)
}
# What a point begins with, when a sentence leads to it: 重点抓好五件事：一是…
RUN_IN = re.compile(rf"(?:[{_NUMERALS}]+[是要]|第[{_NUMERALS}]+[，,]|[（(][{_NUMERALS}]+[）)])")
_LED_TO = re.compile(r"[：:，,]\s*(?=一是|第一[，,、]|[（(]一[)）])")
_ANNOUNCES = re.compile(
    rf"[{_NUMERALS}两几\d](?:个(?:[“「][^”」]{{1,6}}[”」]|方面|重点|环节|关键|着力点|坚持)|[项点条件类]|大)[\u4e00-\u9fff]{{0,6}}[：:。，,]?"
    r"|(?:如下|以下|下列)[^。]{0,8}[：:]|[：:]$"
)


class PointFinder:
    """Completes evidence with the points that its best paragraph announces or is one of."""

    def __init__(self, source: ParagraphSource) -> None:
        self._source = source

    def complete(self, question: Question, evidence: Evidence) -> Evidence:
        """The evidence with `points` and their paragraphs, as it is where what was found has none."""
        if not evidence.passages or evidence.points:
            return evidence
        asked = asked_count(question.query)
        passage = evidence.passages[0]
        best = evidence.hits[passage.handle - 1]
        if question.kind != "list" and asked is None:
            return self._led(evidence, best, [(best.paragraph, (passage.start, passage.end))])
        block = self._block(best.paragraph, asked)
        if block:
            return self._led(
                evidence, best, [(paragraph, units(paragraph)[0]) for paragraph in block], whole=True
            )
        named_so = wanted(question.query) if question.kind in _KINDS else None
        if named_so is None:
            return evidence
        for hit in dict.fromkeys((best, *evidence.hits[:_READ])):
            opens = passage.start == 0 if hit is best else None
            if found := self._named(question, hit.paragraph, named_so, opens=opens):
                return _with_points(evidence, hit, found)
        return evidence

    def _block(self, best: Paragraph, asked: int | None) -> list[Paragraph]:
        """The points below an announcing paragraph; those around a point where as many are asked for."""
        paragraphs = self._near(best, MOST)
        here = next(row for row, paragraph in enumerate(paragraphs) if paragraph.number == best.number)
        place = ordinal(best.text)
        if place is None:
            if _ANNOUNCES.search(best.text[-40:]) is None:
                return []
            return consecutive(paragraphs[here + 1 :]) or headings(self._near(best, _BELOW, 0)[1:], asked)
        first = here - place + 1
        block = consecutive(paragraphs[first:]) if first >= 0 else []
        led = asked is None and self._lead(best) is not None
        return block if (led or len(block) == asked) and best in block else []

    def _led(
        self, evidence: Evidence, best: Hit, found: list[tuple[Paragraph, Span]], *, whole: bool = False
    ) -> Evidence:
        """The points below the sentence that leads to them, without which an item says half of what it means.

        Evidence as it is where nothing leads to them, unless they are `whole` without.
        """
        lead = self._lead(found[0][0])
        if lead is not None:
            return _with_points(evidence, best, [(lead, units(lead)[-1]), *found])
        return _with_points(evidence, best, found) if whole else evidence

    def _lead(self, item: Paragraph) -> Paragraph | None:
        """The paragraph above a list whose end stands above the item as its innermost heading."""
        if not item.section or ordinal(item.text) is None:
            return None
        above = (one for one in reversed(self._near(item, 0)) if one.number < item.number)
        return next((one for one in above if one.text.rstrip("：:").endswith(item.section[-1])), None)

    def _named(
        self, question: Question, paragraph: Paragraph, asked: Wanted, *, opens: bool | None
    ) -> list[tuple[Paragraph, Span]]:
        """Exactly as many points, sentences or paragraphs as are asked for, in or around a paragraph.

        Where the question has no word for them, those of the best paragraph or of the office it names;
        `opens` is whether the best passage is the first of its paragraph, `None` for another paragraph.
        """
        points = run_in(paragraph)
        office = paragraph.attributes.department or ""
        if len(points) == asked.count and (opens is not None or (office and office in question.query)):
            return [(paragraph, point) for point in points]
        if found := named(paragraph.text, asked, points):
            return [(paragraph, span) for span in found]
        if not opens and not (asked.called and asked.names(paragraph.text)):
            return []
        near = self._near(paragraph, MOST)
        texts = [one.text for one in near]
        here = next(row for row, one in enumerate(near) if one.number == paragraph.number)
        run = alike(texts, here, asked)
        if not run and opens and here + 1 < len(near):
            # What is announced stands below.
            below = alike(texts[here + 1 :], 0, asked)
            run = range(below.start + here + 1, below.stop + here + 1)
        return [(near[row], units(near[row])[0]) for row in run]

    def _near(self, paragraph: Paragraph, below: int, above: int = MOST) -> list[Paragraph]:
        """The paragraphs around one of a document, in order, itself among them."""
        numbers = range(max(1, paragraph.number - above), paragraph.number + below + 1)
        near = self._source.fetch([(paragraph.document_id, number) for number in numbers])
        return [near[key] for key in sorted(near)]


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


def headings(paragraphs: Sequence[Paragraph], asked: int | None) -> list[Paragraph]:
    """The points first, second … each over paragraphs of its own: exactly as many as asked for."""
    block: list[Paragraph] = []
    for paragraph in paragraphs:
        match = _POINT.match(paragraph.text)
        if match is None or (block and paragraph.section[:-1] != block[0].section[:-1]):
            continue
        if ordinal(paragraph.text) == len(block) + 1:
            block.append(paragraph)
    return block if len(block) == asked else []


def run_in(paragraph: Paragraph) -> list[Span]:
    """The opening sentences of a paragraph's run-in points (一是…二是…), if it has at least two."""
    text, points = paragraph.text, []
    for start, end in units(paragraph):
        led = _LED_TO.search(text, start, end)
        begin = led.end() if led else start
        if RUN_IN.match(text, begin, end):
            points.append((begin, end))
    return points if len(points) > 1 else []


def _with_points(evidence: Evidence, like: Hit, found: Sequence[tuple[Paragraph, Span]]) -> Evidence:
    hits = list(evidence.hits)
    handles = {
        (hit.paragraph.document_id, hit.paragraph.number): handle for handle, hit in enumerate(hits, 1)
    }
    points = []
    for paragraph, (start, end) in found:
        key = paragraph.document_id, paragraph.number
        if key not in handles:
            hits.append(replace(like, paragraph=paragraph, score=min(hit.score for hit in hits)))
            handles[key] = len(hits)
        points.append(Passage(handles[key], start, end, paragraph.text[start:end]))
    return replace(evidence, hits=tuple(hits), points=tuple(points))
