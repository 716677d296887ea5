"""The library as the evaluation reads it: documents by file name, texts and paragraphs by id.

May import `rag`; never a sibling room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from eval.dataset import Case, Evidence
from eval.metrics import Places
from eval.outcome import Data
from eval.spans import Ruler, Span
from rag.datatypes import Paragraph
from rag.errors import DocumentNotFound, InvalidRequest
from rag.language.chinese import squeeze
from rag.ports import ParagraphSource


@dataclass(frozen=True, slots=True)
class Volume:
    """One document opened for measuring."""

    name: str
    raw: str
    ruler: Ruler
    paragraphs: dict[int, Paragraph]

    def span_of(self, number: int) -> Span | None:
        """The characters of a paragraph, `None` when there is no such paragraph."""
        paragraph = self.paragraphs.get(number)
        return self.ruler.span(paragraph.start, paragraph.end) if paragraph else None


class Shelf:
    """Every document of a library, opened once."""

    def __init__(self, source: ParagraphSource) -> None:
        self._volumes = {
            stored.id: _open(source, stored.id, PurePath(stored.source).name) for stored in source.documents()
        }

    @property
    def size(self) -> Data:
        """How much there is; characters are counted without blanks."""
        volumes = self._volumes.values()
        return Data(
            documents=len(volumes),
            paragraphs=sum(len(volume.paragraphs) for volume in volumes),
            characters=sum(len(squeeze(volume.raw)) for volume in volumes),
        )

    def volume(self, document_id: str) -> Volume:
        """One document. Raises DocumentNotFound."""
        try:
            return self._volumes[document_id]
        except KeyError as error:
            raise DocumentNotFound(document_id) from error

    def name(self, document_id: str) -> str:
        """The file name of a document, or the id itself when it is unknown."""
        volume = self._volumes.get(document_id)
        return volume.name if volume else document_id

    def locate(self, case: Case) -> tuple[Places, ...]:
        """Where each piece of evidence of a case stands; raises InvalidRequest when it does not."""
        return tuple(self._places(case.id, item) for item in case.evidence)

    def spans(self, paragraphs: Sequence[Paragraph]) -> list[Span]:
        """The characters of each paragraph, order kept."""
        return [
            self.volume(paragraph.document_id).ruler.span(paragraph.start, paragraph.end)
            for paragraph in paragraphs
        ]

    def _places(self, case_id: str, item: Evidence) -> Places:
        named = [volume for volume in self._volumes.values() if volume.name == item.document]
        if not named:
            raise InvalidRequest(
                f"问题 {case_id!r} 的依据文件 {item.document!r} 不在文件库里。"
                "请先用 `rag ingest` 收入它，或用 --questions 换一个问题集。"
            )
        places = tuple(span for volume in named for span in volume.ruler.find(item.quote))
        if not places:
            raise InvalidRequest(
                f"问题 {case_id!r} 的引文 {item.quote!r} 不在 {item.document!r} 里。请改正问题集。"
            )
        return places


def _open(source: ParagraphSource, document_id: str, name: str) -> Volume:
    raw = source.text(document_id)
    paragraphs = {paragraph.number: paragraph for paragraph in source.paragraphs(document_id)}
    return Volume(name=name, raw=raw, ruler=Ruler(document_id, raw), paragraphs=paragraphs)
