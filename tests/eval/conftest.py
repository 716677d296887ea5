"""A library of two small documents in memory, and an assistant that answers from it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from eval.dataset import Case, Evidence
from eval.runner import evaluate
from rag.answers import Answer, Citation, Claim, Refusal
from rag.datatypes import Hit, Inquiry, Metadata, Paragraph, Place, StoredDocument, Task
from rag.errors import DocumentNotFound
from rag.language.chinese import bigrams, sentences, squeeze

TEXTS = {
    "a": "2024年要点\n\n新建社区食\n堂15个。 牵头单位：区 民政局\n\n加装电梯200台以上。森林覆盖率24.5%。",
    "b": "大讨论\n\n确保全年完成不少于30台\n加梯目标。\n\n区财政局局长 黄仁",
}
SOURCES = {"a": "inbox/甲.txt", "b": "乙.md"}


class MemoryLibrary:
    """Keeps documents as texts; a blank line ends a paragraph."""

    def documents(self, *, offset: int = 0, limit: int | None = None) -> list[StoredDocument]:
        listed = [self.document(document_id) for document_id in TEXTS]
        return listed[offset : None if limit is None else offset + limit]

    def document(self, document_id: str) -> StoredDocument:
        return StoredDocument(
            id=document_id,
            title=self.text(document_id).split("\n", 1)[0],
            source=SOURCES[document_id],
            media_type="text/plain",
            metadata=Metadata(),
            paragraphs=3,
            chunks=3,
            ingested_at="2024-01-01T00:00:00+00:00",
            status="ready",
        )

    def text(self, document_id: str) -> str:
        try:
            return TEXTS[document_id]
        except KeyError as error:
            raise DocumentNotFound(document_id) from error

    def paragraphs(self, document_id: str) -> list[Paragraph]:
        raw, start, found = self.text(document_id), 0, []
        for part in raw.split("\n\n"):
            found.append(
                Paragraph(document_id, len(found) + 1, squeeze(part), start=start, end=start + len(part))
            )
            start += len(part) + 2
        return found

    def fetch(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Paragraph]:
        return {
            (one.document_id, one.number): one
            for document_id in TEXTS
            for one in self.paragraphs(document_id)
            if (document_id, one.number) in keys
        }

    def places(self, document_id: str, start: int, end: int) -> list[Place]:
        return []

    def titles(self, document_ids: Sequence[str]) -> dict[str, str]:
        return {one: self.document(one).title for one in document_ids if one in TEXTS}

    def tasks(self, *, unit: str | None = None, leader: str | None = None) -> list[tuple[str, int, Task]]:
        return []


class MemoryAssistant:
    """Ranks paragraphs by shared bigrams and answers with the best one, or refuses when none shares any."""

    name = "extractive"

    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library
        self.asked: list[Inquiry] = []

    def search(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        words = " ".join([turn.content for turn in inquiry.history] + [inquiry.question])
        wanted = set(bigrams(words))
        hits = [
            Hit(paragraph, title="", score=float(len(wanted & set(bigrams(paragraph.text)))))
            for document in self._library.documents()
            for paragraph in self._library.paragraphs(document.id)
        ]
        found = [hit for hit in hits if hit.score]
        return tuple(sorted(found, key=lambda hit: -hit.score)[: inquiry.top_k or 8])

    def ask(self, inquiry: Inquiry) -> Answer:
        self.asked.append(inquiry)
        hits = self.search(inquiry)
        if not hits:
            return Answer(inquiry.question, inquiry.question, "没有", refusal=Refusal("no_evidence", "没有"))
        paragraph = hits[0].paragraph
        begin, end = sentences(paragraph.text)[0]
        citation = Citation(
            number=1,
            document_id=paragraph.document_id,
            title="",
            section=(),
            paragraph=paragraph.number,
            page=None,
            start=paragraph.start,
            end=paragraph.end,
            quote=paragraph.text,
        )
        return Answer(
            inquiry.question,
            inquiry.question,
            f"{paragraph.text}[1]",
            short_answer=paragraph.text[begin:end],
            citations=(citation,),
            answered=True,
            confidence=0.9,
            claims=(Claim(paragraph.text, (1,), supported=paragraph.number > 1),),
        )


CASES = (
    Case(
        "n1",
        "number",
        "新建食堂几个？",
        answers=("15个",),
        evidence=(Evidence("甲.txt", "新建社区食堂15个"),),
    ),
    Case(
        "d1",
        "department",
        "社区食堂谁牵头？",
        answers=("区民政局",),
        evidence=(Evidence("甲.txt", "新建社区食堂15个。牵头单位：区民政局"),),
    ),
    Case(
        "c1",
        "comparison",
        "加梯和加装电梯的目标各是多少台？",
        all_of=("30台", "200台"),
        evidence=(Evidence("甲.txt", "加装电梯200台"), Evidence("乙.md", "不少于30台加梯")),
        needs="all",
    ),
    Case(
        "p1",
        "person",
        "理财的头儿是谁？",
        answers=("黄仁",),
        evidence=(Evidence("乙.md", "区财政局局长黄仁"),),
    ),
    Case("o1", "off_topic", "Who wrote Hamlet?", unanswerable="off_topic"),
    Case("m1", "near_miss", "社区食堂几点开门？", unanswerable="near_miss", absent=("开门",)),
)


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary()


@pytest.fixture
def assistant(library: MemoryLibrary) -> MemoryAssistant:
    return MemoryAssistant(library)


@pytest.fixture
def report(assistant: MemoryAssistant, library: MemoryLibrary):
    ticks = count(step=0.025)
    measured = evaluate(assistant, CASES, library, clock=lambda: next(ticks))
    return replace(measured, questions="small.jsonl", command="rag eval")
