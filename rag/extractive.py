"""The default answerer: needs no model server, says what the best sentences say, each with its marker.

May import the core. Handles `[n]` stand for the n-th hit of the evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question
from rag.evidence import units
from rag.expected import asked_count
from rag.markers import literal
from rag.tasks import listing

# A further sentence is worth showing when it scores within this share of the best one.
CLOSE_SHARE = 0.85
# A list or a procedure is told whole, but never more points than this.
MAX_POINTS = 12

# A side of a comparison counts when it scores within this share of the best one.
SIDE_SHARE = 0.5
MAX_SIDES = 3

_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，,]|[（(][一二三四五六七八九十]+[）)])"
)
_TASK_NUMBER = re.compile(r"^\d+[.．、]\s*")
_BARE_ITEM = re.compile(r"^[一二三四五六七八九十]+是")


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Answers with the sentences of the evidence; `sentences` is how many a plain answer may have."""

    sentences: int = 3

    @property
    def name(self) -> str:
        """How this answerer is called in a reply."""
        return "extractive"

    def stream(self, question: Question, evidence: Evidence) -> Iterator[str]:
        """One piece per sentence; nothing when there is no evidence."""
        if not evidence.passages:
            return
        listed = listing(question, evidence)
        if listed:
            yield from listed
        elif question.kind == "comparison":
            yield from _comparison(evidence)
        elif question.kind in ("list", "how"):
            yield from self._points(question, evidence)
        else:
            yield from self._plain(question, evidence)

    def _plain(self, question: Question, evidence: Evidence) -> Iterator[str]:
        """The best sentence; for an untyped question also those about as good."""
        best = evidence.passages[0]
        chosen = [best]
        if question.kind in ("other", "yes_no"):
            chosen += [
                passage
                for passage in evidence.passages[1 : self.sentences]
                if passage.score >= CLOSE_SHARE * best.score
                and passage.coverage >= CLOSE_SHARE * best.coverage
            ]
        yield from (tell(passage, evidence.hits) for passage in chosen)

    def _points(self, question: Question, evidence: Evidence) -> Iterator[str]:
        """The point that answers with the sentences that carry it out, or all points of an enumeration."""
        best = evidence.passages[0]
        hit = evidence.hits[best.handle - 1]
        points = _enumeration(hit.paragraph)
        opening = not points or best.start < points[0][0]
        asked_for = asked_count(question.query) == len(points)
        if points and (opening or asked_for or _asks_for_all(evidence, best)):
            yield from (
                tell(_passage(best.handle, hit.paragraph, start, end), evidence.hits)
                for start, end in points[:MAX_POINTS]
            )
            return
        item = _following(hit.paragraph, best)[: self.sentences]
        yield from (
            tell(_passage(best.handle, hit.paragraph, start, end), evidence.hits, first=index == 0)
            for index, (start, end) in enumerate(item)
        )


def tell(passage: Passage, hits: Sequence[Hit], *, first: bool = True) -> str:
    """A passage as a sentence of the answer, its subject first, its marker last."""
    paragraph = hits[passage.handle - 1].paragraph
    subject = _subject(paragraph, passage.text) if first else ""
    return f"{literal(subject + _body(paragraph, passage.text))}[{passage.handle}]\n"


def _subject(paragraph: Paragraph, text: str) -> str:
    """Whose words these are, where the paragraph is signed and the sentence does not say."""
    attributes = paragraph.attributes
    if attributes.kind in ("signature", "heading", "title"):
        return ""
    if attributes.task is not None:
        units_named = "、".join(attributes.task.lead_units)
        return f"{units_named}牵头：" if units_named else ""
    if attributes.department and attributes.department not in text:
        return f"{attributes.department}："
    return ""


def _body(paragraph: Paragraph, text: str) -> str:
    task = paragraph.attributes.task
    if task is not None:
        return _TASK_NUMBER.sub("", task.text).strip()
    return _BARE_ITEM.sub("", text).strip()


def _comparison(evidence: Evidence) -> Iterator[str]:
    """A row for each side: the best passage of each document, or of each paragraph of one."""
    rows = _sides(evidence, [hit.paragraph.document_id for hit in evidence.hits])
    if len(rows) == 1:
        rows = _sides(evidence, [str(hit.paragraph.number) for hit in evidence.hits])
    named = len({evidence.hits[row.handle - 1].paragraph.document_id for row in rows}) > 1
    for row in rows:
        title = literal(evidence.hits[row.handle - 1].title)
        yield f"{f'《{title}》：' if named else ''}{tell(row, evidence.hits)}"


def _sides(evidence: Evidence, names: Sequence[str]) -> list[Passage]:
    """The best passage under each name (one name per hit), those far behind the best of all left out."""
    chosen: dict[str, Passage] = {}
    for passage in evidence.passages:
        if passage.score >= SIDE_SHARE * evidence.passages[0].score:
            chosen.setdefault(names[passage.handle - 1], passage)
    return list(chosen.values())[:MAX_SIDES]


def _enumeration(paragraph: Paragraph) -> list[tuple[int, int]]:
    """The opening sentences of a paragraph's run-in points (一是…二是…), if it has at least two."""
    text = paragraph.text
    points = [(start, end) for start, end in units(paragraph) if _ITEM.match(text[start:end])]
    return points if len(points) > 1 else []


def _asks_for_all(evidence: Evidence, best: Passage) -> bool:
    """Whether no single point stands out: the question is covered by what the points share."""
    rivals = [
        passage
        for passage in evidence.passages
        if passage.handle == best.handle and passage.start != best.start
    ]
    close = [passage for passage in rivals if passage.coverage >= best.coverage - 0.05]
    return len(close) >= 2


def _following(paragraph: Paragraph, best: Passage) -> list[tuple[int, int]]:
    """The passage and the sentences after it that belong to the same point."""
    spans = [span for span in units(paragraph) if span[0] >= best.start]
    kept = spans[:1]
    for start, end in spans[1:]:
        if _ITEM.match(paragraph.text[start:end]):
            break
        kept.append((start, end))
    return kept


def _passage(handle: int, paragraph: Paragraph, start: int, end: int) -> Passage:
    return Passage(handle=handle, start=start, end=end, text=paragraph.text[start:end])
