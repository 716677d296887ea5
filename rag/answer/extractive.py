"""The default answerer: needs no model server, says what the best sentences say, each with its marker.

May import the core. Handles `[n]` stand for the n-th hit of the evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.apart import Apart
from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question, QuestionKind, Task
from rag.documents.constraints import is_of
from rag.documents.editions import dated
from rag.language import series
from rag.language.chinese import normalise, squeeze
from rag.language.naming import Span
from rag.markers import literal
from rag.matching.expected import asked_count
from rag.query.question import EACH, focus_words, named_years
from rag.reading.evidence import units
from rag.reading.points import RUN_IN, run_in

# A further sentence is worth showing when it scores within this share of the best one.
CLOSE_SHARE = 0.85
# A list or a procedure is told whole, but never more points than this.
MAX_POINTS = 12

# A side of a comparison counts when it scores within this share of the best one.
SIDE_SHARE = 0.6
PAIR = 2
MAX_SIDES = 3
# Likenesses this near are the same.
SAME = 0.05
# Words of the question that a point shares with it, and no other point does, when it alone is asked about.
_OWN = 2
# A sentence of so few characters and no figure, with others behind it, is the heading of a point.
_HEAD = 14
_FIGURE = re.compile(r"\d")
# A reader as sure as this has found the answer: no further sentence is needed.
SURE_ENOUGH = 0.15
UNTYPED: tuple[QuestionKind, ...] = ("other", "yes_no", "definition", "place")

_TASK_NUMBER = re.compile(r"^\d+[.．、]\s*")
# What stands before a sentence only because of what stands before that: 一是, ——, （二）.
_DANGLING = re.compile(
    r"^(?:[—－-]{1,2}|[一二三四五六七八九十]+(?:是|、)|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]+[，,])\s*"
)
_OPEN_END = re.compile(r"[；;，,、：:]$")
_PART = re.compile(r"[；;]\s*$")
_LEADING = ("：", ":")

# Said before what two documents tell differently.
DISPUTED = "文件说法不一："


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Answers with the sentences of the evidence; `sentences` is how many a plain answer may have."""

    sentences: int = 3

    @property
    def name(self) -> str:
        """How this answerer is called in a reply."""
        return "extractive"

    def stream(self, question: Question, evidence: Evidence, apart: Apart) -> Iterator[str]:
        """One piece per sentence, of what is told apart alone where it is; nothing without evidence."""
        if not evidence.passages:
            return
        chosen = apart.passages or self._choose(question, evidence)
        documents = {evidence.hits[passage.handle - 1].paragraph.document_id for passage in chosen}
        titled = len(documents) > 1 and (question.kind == "comparison" or bool(apart.passages))
        told: set[int] = set()
        for passage in chosen:
            title = f"{literal(dated(evidence.hits[passage.handle - 1]))}：" if titled else ""
            yield (
                (DISPUTED if apart.disputed and not told else "")
                + title
                + tell(
                    passage,
                    evidence.hits,
                    subject=passage.handle not in told,
                    leads=passage.text.endswith(_LEADING) and passage is not chosen[-1],
                )
            )
            told.add(passage.handle)

    def _choose(self, question: Question, evidence: Evidence) -> list[Passage]:
        """The passages that make the answer, in the order they are told."""
        best = evidence.passages[0]
        if question.kind == "comparison":
            return _sides(question, evidence)
        if evidence.points:
            return list(evidence.points[:MAX_POINTS])
        if question.kind == "list" and _tells_several(best, evidence):
            return [best]
        if question.kind in ("list", "how") or asked_count(question.query) is not None:
            return self._points(question, evidence)
        if EACH.search(question.query):
            return _in_order(_close(evidence)[: self.sentences])
        chosen = [best]
        if question.kind in UNTYPED and best.read < SURE_ENOUGH:
            chosen = _in_order(_close(evidence)[: self.sentences])
        return chosen if len(chosen) > 1 else self._carried_out(evidence, chosen[0])

    def _carried_out(self, evidence: Evidence, best: Passage) -> list[Passage]:
        """A sentence that only heads its point with those that carry it out, another one alone."""
        paragraph = evidence.hits[best.handle - 1].paragraph
        if len(best.text) > _HEAD or _FIGURE.search(best.text) or paragraph.attributes.kind != "body":
            return [best]
        return self._whole(best, paragraph)

    def _whole(self, best: Passage, paragraph: Paragraph) -> list[Passage]:
        """The passage with the sentences after it that belong to the same point."""
        spans = _following(paragraph, best)
        spans = spans[: max(self.sentences, _series(paragraph.text, spans))]
        return [_passage(best.handle, paragraph, *span) for span in spans]

    def _points(self, question: Question, evidence: Evidence) -> list[Passage]:
        """All points of an enumeration, or the point that answers with the sentences that carry it out."""
        best = evidence.passages[0]
        paragraph = evidence.hits[best.handle - 1].paragraph
        points = run_in(paragraph)
        asked = asked_count(question.query)
        meant = _meant(question, paragraph, points) if asked is None else None
        if meant is not None:
            best = _passage(best.handle, paragraph, *meant)
        elif points and (best.start < points[0][0] or asked == len(points) or _shared_by_all(evidence, best)):
            return [_passage(best.handle, paragraph, *point) for point in points[:MAX_POINTS]]
        beside = [passage for passage in _close(evidence) if passage.handle == best.handle]
        if asked is not None and len(beside) >= asked:
            return _in_order(beside[:asked])
        return self._whole(best, paragraph)


def tell(passage: Passage, hits: Sequence[Hit], *, subject: bool = True, leads: bool = False) -> str:
    """A passage as a sentence of the answer, its subject first, its marker last.

    One that `leads` to the next ends as it does, with a colon.
    """
    paragraph = hits[passage.handle - 1].paragraph
    who = _subject(paragraph, passage.text) if subject else ""
    said = passage.text.strip() if leads else _body(paragraph, passage.text)
    return f"{literal(who + said)}[{passage.handle}]\n"


def _subject(paragraph: Paragraph, text: str) -> str:
    """Whose words these are, where the paragraph is signed and the sentence does not say."""
    attributes = paragraph.attributes
    if attributes.kind in ("signature", "heading", "title"):
        return ""
    if attributes.task is not None:
        units_named = "、".join(attributes.task.lead_units)
        return f"{units_named}牵头：" if units_named and not _is_row(paragraph, attributes.task) else ""
    if attributes.department and attributes.department not in text:
        return f"{attributes.department}："
    return ""


def _body(paragraph: Paragraph, text: str) -> str:
    task = paragraph.attributes.task
    if task is not None and not _is_row(paragraph, task):
        # Without units to lead it, it says itself who answers for it.
        return _TASK_NUMBER.sub("", task.text if task.lead_units else text).strip()
    return _OPEN_END.sub("。", _DANGLING.sub("", text).strip())


def _is_row(paragraph: Paragraph, task: Task) -> bool:
    """Whether a task stands in a table: its row says more than a task does, each value under its header."""
    return f"：{squeeze(task.text)}" in squeeze(paragraph.text)


def _sides(question: Question, evidence: Evidence) -> list[Passage]:
    """The best passage of each side: each year the question names, else each document that has one.

    A document counts when its passage is not far behind the best, the second one in any case.
    """
    years = named_years(question.query)
    chosen: dict[str, Passage] = {}
    for passage in evidence.passages:
        hit = evidence.hits[passage.handle - 1]
        if len(years) > 1:
            for year in years:
                if is_of(year, hit, passage.text) and passage not in chosen.values():
                    chosen.setdefault(year, passage)
        else:
            chosen.setdefault(hit.paragraph.document_id, passage)
    sides = list(chosen.values()) or [evidence.passages[0]]
    enough = SIDE_SHARE * sides[0].likeness
    return [side for place, side in enumerate(sides) if place < PAIR or side.likeness >= enough][:MAX_SIDES]


def _tells_several(best: Passage, evidence: Evidence) -> bool:
    """Whether what the reader has marked in the best passage is an enumeration inside the sentence."""
    if best.span is None or best.read <= 0.0:
        return False
    text = evidence.hits[best.handle - 1].paragraph.text
    return len(series.items(text[slice(*series.whole(text, *best.span))])) > 1


def _close(evidence: Evidence) -> list[Passage]:
    """The best passage and those about as good, best first."""
    best = evidence.passages[0]
    return [
        passage
        for passage in evidence.passages
        if passage is best
        or (passage.score >= CLOSE_SHARE * best.score and passage.likeness >= CLOSE_SHARE * best.likeness)
    ]


def _in_order(passages: Sequence[Passage]) -> list[Passage]:
    """Passages of one paragraph in the order of its text, paragraphs as ranked."""
    rank = {passage.handle: place for place, passage in reversed(list(enumerate(passages)))}
    return sorted(passages, key=lambda passage: (rank[passage.handle], passage.start))


def _shared_by_all(evidence: Evidence, best: Passage) -> bool:
    """Whether no point stands out: the question is answered by what the sentences share, their headings."""
    rivals = [p for p in evidence.passages if p.handle == best.handle and p.start != best.start]
    return sum(passage.likeness >= best.likeness - SAME for passage in rivals) >= 2


def _meant(question: Question, paragraph: Paragraph, points: Sequence[tuple[int, int]]) -> Span | None:
    """The one of several points that alone shares words with the question: it asks how this one is done."""
    said = [normalise(paragraph.text[start:end]) for start, end in points]
    own = [word for word in focus_words(question.query) if sum(word in text for text in said) == 1]
    shared = [sum(word in text for word in own) for text in said]
    most = max(shared, default=0)
    return points[shared.index(most)] if most >= _OWN and most * 2 > sum(shared) + 1 else None


def _following(paragraph: Paragraph, best: Passage) -> list[tuple[int, int]]:
    """The passage and the sentences after it that belong to the same point."""
    spans = [span for span in units(paragraph) if span[0] >= best.start]
    kept = spans[:1]
    for start, end in spans[1:]:
        if RUN_IN.match(paragraph.text, start, end):
            break
        kept.append((start, end))
    return kept


def _series(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """How many sentences at the beginning are one, its parts set apart by semicolons: A；B；C。"""
    ends = (place for place, (start, end) in enumerate(spans) if not _PART.search(text, start, end))
    return min(next(ends, len(spans) - 1) + 1, MAX_POINTS)


def _passage(handle: int, paragraph: Paragraph, start: int, end: int) -> Passage:
    return Passage(handle=handle, start=start, end=end, text=paragraph.text[start:end])
