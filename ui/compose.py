"""The composition root: the one place that picks concrete classes from the settings.

May import every room; every face of the program starts from an `Application`.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest import pipeline
from ingest.pipeline import FileResult, Report
from rag.assistant import Assistant, assemble
from rag.datatypes import Inquiry
from rag.llm import load_answerer
from rag.ports import Answerer, Embedder
from rag.settings import Settings
from vectorstore.embedding import BUNDLED, SentenceTransformerEmbedder
from vectorstore.library import Library


@dataclass(frozen=True, slots=True)
class Application:
    """An open library and the assistant that answers from it; close it, or use it with `with`."""

    settings: Settings
    library: Library
    assistant: Assistant
    embedder: Embedder

    @classmethod
    def open(cls, settings: Settings, *, writable: bool, rebuild: bool = False) -> Self:
        """Put everything together. Only one process may have a library open to write.

        `rebuild` builds the indexes anew whichever model built them. Raises ServiceError kinds.
        """
        embedder = embedder_for(settings)
        llm = load_answerer(settings) if settings.llm else None
        with ExitStack() as undo:
            library = undo.enter_context(
                Library.open(settings.home, embedder, writable=writable, rebuild=rebuild)
            )
            assistant = _assistant(settings, library, embedder, llm)
            undo.pop_all()
        return cls(settings, library, assistant, embedder)

    def warm_up(self) -> None:
        """Load model, dictionaries and indexes now, so that the first question need not wait."""
        self.embedder.embed_query("预热")
        self.assistant.search(Inquiry("预热"))

    def ingest(self, paths: Sequence[Path], report: Callable[[FileResult], None]) -> Report:
        """Read files and folders into the library, telling `report` about each."""
        return pipeline.ingest(paths, self.library, max_bytes=self.settings.file_bytes, report=report)

    def store(self, raw: bytes, filename: str, progress: Callable[[float], None]) -> None:
        """Read one uploaded file into the library; a file of the same name is replaced."""
        parsed = pipeline.parse(raw, f"upload/{filename}")
        progress(0.5)
        self.library.put(parsed)

    def close(self) -> None:
        """Release the library."""
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def embedder_for(settings: Settings) -> SentenceTransformerEmbedder:
    """The embedding model that the settings name; it is loaded when it is first used."""
    return SentenceTransformerEmbedder(settings.embedding_model, batch_size=settings.embedding_batch_size)


def _assistant(settings: Settings, library: Library, embedder: Embedder, llm: Answerer | None) -> Assistant:
    return assemble(
        settings,
        source=library.catalogue,
        dense=library.dense,
        lexical=library.lexical,
        statistics=library.lexical,
        embedder=embedder,
        word_embedder=_word_embedder(embedder, settings),
        llm=llm,
    )


def _word_embedder(embedder: Embedder, settings: Settings) -> Embedder:
    """Single words are compared by the dozen, which only the bundled model does in no time."""
    return embedder if settings.embedding_model == BUNDLED else SentenceTransformerEmbedder(BUNDLED)
