"""A few documents in memory: a real ParagraphSource, small enough to reason about by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.datatypes import Attributes, Hit, Metadata, Paragraph, Place, StoredDocument, Task
from rag.errors import DocumentNotFound


@dataclass(frozen=True)
class Page:
    """A document: its id and title, and its paragraphs as (text, section, attributes)."""

    id: str
    title: str
    parts: tuple[tuple[str, tuple[str, ...], Attributes], ...]

    @property
    def raw(self) -> str:
        """Paragraphs one per line, each broken by a stray blank after its third character."""
        return "\n\n".join(broken(text) for text, _, _ in self.parts)


def broken(text: str) -> str:
    """The text as a PDF might give it."""
    return f"{text[:3]}\n {text[3:]}"


class Shelf:
    """Implements rag.ports.ParagraphSource over pages."""

    def __init__(self, *pages: Page) -> None:
        self._pages = {page.id: page for page in pages}

    def document(self, document_id: str) -> StoredDocument:
        if document_id not in self._pages:
            raise DocumentNotFound(document_id)
        page = self._pages[document_id]
        return StoredDocument(
            page.id, page.title, f"{page.id}.txt", "text/plain", Metadata(), len(page.parts), 0, "", "ready"
        )

    def documents(self, *, offset: int = 0, limit: int | None = None) -> list[StoredDocument]:
        found = [self.document(document_id) for document_id in self._pages]
        return found[offset:] if limit is None else found[offset : offset + limit]

    def text(self, document_id: str) -> str:
        self.document(document_id)
        return self._pages[document_id].raw

    def paragraphs(self, document_id: str) -> list[Paragraph]:
        self.document(document_id)
        found, position = [], 0
        for number, (text, section, attributes) in enumerate(self._pages[document_id].parts, 1):
            end = position + len(broken(text))
            found.append(
                Paragraph(document_id, number, text, position, end, section=section, attributes=attributes)
            )
            position = end + 2
        return found

    def fetch(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Paragraph]:
        known = {(p.document_id, p.number): p for page in self._pages for p in self.paragraphs(page)}
        return {key: known[key] for key in keys if key in known}

    def places(self, document_id: str, start: int, end: int) -> list[Place]:
        return []

    def titles(self, document_ids: Sequence[str]) -> dict[str, str]:
        return {key: self._pages[key].title for key in document_ids if key in self._pages}

    def headed(
        self, section: str, *, document_ids: frozenset[str] = frozenset(), limit: int
    ) -> list[tuple[str, int]]:
        found = [
            (p.document_id, p.number)
            for page in self._pages
            for p in self.paragraphs(page)
            if (not document_ids or page in document_ids) and any(section in each for each in p.section)
        ]
        return found[:limit]

    def revision(self) -> int:
        return 1

    def tasks(self, *, unit: str | None = None, leader: str | None = None) -> list[tuple[str, int, Task]]:
        return [
            (p.document_id, p.number, p.attributes.task)
            for page in self._pages
            for p in self.paragraphs(page)
            if p.attributes.task
            and (unit is None or unit in p.attributes.task.lead_units)
            and (leader is None or leader == p.attributes.task.leader)
        ]

    def hits(self, *keys: tuple[str, int]) -> tuple[Hit, ...]:
        """Hits for paragraphs in the given order, scores falling by one."""
        found = self.fetch(keys)
        return tuple(
            Hit(found[key], self._pages[key[0]].title, float(len(keys) - rank))
            for rank, key in enumerate(keys)
        )


class Flat:
    """WordStatistics of a library in which every word is equally rare."""

    def idf(self, words: Sequence[str]) -> list[float]:
        return [1.0] * len(words)


def task(number: int, text: str, unit: str, leader: str) -> tuple[str, tuple[str, ...], Attributes]:
    """A task paragraph as ingest makes it."""
    record = Task(number, text, (unit,), leader)
    whole = f"{number}.{text}\n牵头单位：{unit}"
    return whole, (f"{leader}牵头工作",), Attributes("task", unit, leader[:2], task=record)


PLAN = Page(
    "plan",
    "责任分解",
    (
        task(1, "新增学位5600个。", "区教育局", "王平副区长"),
        task(2, "建成学校4所。", "区教育局", "王平副区长"),
        task(3, "加装电梯200台以上，筹集保障性租赁住房5100套（间）。", "区住建局", "许挺副区长"),
    ),
)
SPEECHES = Page(
    "speeches",
    "交流会",
    (
        (
            "我们要实干。一是提高站位。学懂弄通，做实功课。二是立德树人。深化五育融合。三是扩优提质。",
            ("区教育局",),
            Attributes(department="区教育局", person="徐勇", post="局长"),
        ),
        ("区教育局局长 徐勇", (), Attributes("signature", "区教育局", "徐勇", "局长")),
        ("力争2019年8月底前完成农贸市场改造，共12家。省委书记袁军批示肯定。", (), Attributes()),
    ),
)
