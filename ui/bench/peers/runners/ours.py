"""This project as it is: files taken in by the application, questions asked of its assistant.

May import the composition root, the settings and the naming of documents.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from ingest.pipeline import document_id
from rag.datatypes import Inquiry
from rag.errors import ServiceError
from rag.settings import load_settings
from ui.bench.peers.task import LIMIT, Passage, Task
from ui.compose import Application

_BETWEEN = "\n\n"


class Ours:
    """Passages of one text stand in one file; what is found is traced back by where it stands there."""

    def __init__(self, application: Application, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self._places: dict[str, list[tuple[int, int]]] = {}

    def write(self, passages: Sequence[Passage]) -> None:
        """Put one file per text into the folder."""
        self._folder.mkdir(parents=True)
        for document, numbered in groupby(enumerate(passages), key=lambda each: each[1].document):
            text, places = "", []
            for number, passage in numbered:
                places.append((len(text), number))
                text += passage.text + _BETWEEN
            raw = text.encode()
            (self._folder / f"{document:06}.txt").write_bytes(raw)
            self._places[document_id(raw)] = places

    def build(self, passages: Sequence[Passage]) -> None:  # noqa: ARG002 - they are in the files
        """Take in the folder; ending the processes that read belongs to it."""
        report = self._application.ingest([self._folder], lambda _result: None)
        self._application.isolated.close()
        if report.failed:
            raise ServiceError(report.failed[0].reason or "")

    def search(self, question: str) -> list[int]:
        """The passages that the paragraphs found begin in."""
        hits = self._application.assistant.search(Inquiry(question, top_k=LIMIT))
        return [self._passage(hit.paragraph.document_id, hit.paragraph.start) for hit in hits]

    def _passage(self, document: str, start: int) -> int:
        places = self._places[document]
        return places[bisect_right(places, start, key=lambda place: place[0]) - 1][1]


def load(task: Task) -> Ours:
    """An empty library beside the files to take in."""
    settings = load_settings().model_copy(update={"home": Path(task.folder, "library")})
    if task.model:
        settings = settings.model_copy(update={"embedding_model": task.model})
    application = Application.open(settings, writable=True)
    application.embedder.embed_query("预热")
    ours = Ours(application, Path(task.folder, "files"))
    ours.write(task.passages)
    return ours
