"""The default answerer: needs no model server, says what the best sentences say, each with its marker.

May import the core. Handles `[n]` stand for the n-th hit of the evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question
from rag.evidence import units
from rag.markers import literal
from rag.tasks import listing

# A further sentence is worth showing when it scores within this share of the best one.
CLOSE_SHARE = 0.85
# A list or a procedure is told whole, but never more points than this.
MAX_POINTS = 12

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
            yield from self._points(evidence)
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

    def _points(self, evidence: Evidence) -> Iterator[str]:
        """The point that answers with the sentences that carry it out, or all points of an enumeration."""
        best = evidence.passages[0]
        hit = evidence.hits[best.handle - 1]
        points = _enumeration(hit.paragraph)
        opening = not points or best.start < points[0][0]
        if points and (opening or _asks_for_all(evidence, best)):
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
    """The best passage of each document, best documents first; of one document, its best two."""
    chosen: dict[str, Passage] = {}
    for passage in evidence.passages:
        document_id = evidence.hits[passage.handle - 1].paragraph.document_id
        if document_id not in chosen and passage.score >= CLOSE_SHARE / 2 * evidence.passages[0].score:
            chosen[document_id] = passage
    rows = list(chosen.values())[:3]
    if len(rows) == 1:
        rows = list(evidence.passages[:2])
    for passage in rows:
        yield f"《{literal(evidence.hits[passage.handle - 1].title)}》：{tell(passage, evidence.hits)}"


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
