"""The composition root: the one place that picks concrete classes from the settings.

May import every room; every face of the program starts from an `Application`.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ingest import pipeline
from ingest.isolation import Isolated
from ingest.mirroring import Mirror, gone
from ingest.pipeline import Bounds, FileResult, Listener, Progress, Report
from rag.assistant import Assistant, assemble
from rag.closable import Closable
from rag.datatypes import Excerpt, Inquiry
from rag.errors import OutOfTime, UnreadableFile
from rag.generation.llm import load_answerer
from rag.generation.rewriting import load_rewriter
from rag.ports import Answerer, Embedder, Reranker, SpanReader
from rag.settings import Settings
from vectorstore.comparer import BUNDLED_COMPARER, BundledComparer
from vectorstore.cross_encoder import CrossEncoderReranker
from vectorstore.embedding import BUNDLED, FAST, SentenceTransformerEmbedder
from vectorstore.library import Library
from vectorstore.reader import BundledReader
from vectorstore.reranker import BUNDLED_RERANKER, BundledReranker
from vectorstore.words import WordEmbedder

# What the setting says where no paragraph is read together with its question.
NO_RERANKER = "none"
# Reasons told of one upload.
REASONS = 20


@dataclass(frozen=True, slots=True)
class Application(Closable):
    """An open library and the assistant that answers from it; close it, or use it with `with`."""

    settings: Settings
    library: Library
    assistant: Assistant
    embedder: Embedder
    span_reader: SpanReader
    reranker: Reranker | None
    isolated: Isolated

    @classmethod
    def open(cls, settings: Settings, *, writable: bool, rebuild: bool = False) -> Self:
        """Put everything together. Only one process may have a library open to write.

        `rebuild` builds the indexes anew whichever model built them. Raises ServiceError kinds.
        """
        embedder = embedder_for(settings)
        llm = load_answerer(settings) if settings.llm else None
        span_reader, reranker = BundledReader(), reranker_for(settings)
        with ExitStack() as undo:
            library = undo.enter_context(
                Library.open(settings.home, embedder, writable=writable, rebuild=rebuild)
            )
            assistant = _assistant(settings, library, embedder, span_reader, reranker, llm)
            undo.pop_all()
        return cls(settings, library, assistant, embedder, span_reader, reranker, isolated_for(settings))

    def warm_up(self) -> None:
        """Load model, dictionaries and indexes now, so that the first question need not wait."""
        self.embedder.embed_query("预热")
        self.assistant.search(Inquiry("预热"))
        self.span_reader.read("预热", [Excerpt("预热。")])
        if self.reranker is not None:
            with suppress(OutOfTime):
                self.reranker.rerank("预热", [("", "预热。")])

    def ingest(
        self,
        paths: Sequence[Path],
        report: Callable[[FileResult], None],
        *,
        progress: Callable[[Progress], None] = lambda _progress: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Report:
        """Read files, folders and archives into the library, telling `report` about each.

        `progress` hears how far it has come; when `stopped` says so, what is stored by then stays.
        """
        listener = Listener(report, progress, stopped)
        return pipeline.ingest(
            paths, self.library, self.isolated, bounds=bounds_for(self.settings), listener=listener
        )

    def mirror(self, folders: Sequence[Path], listener: Listener) -> Mirror:
        """What keeps the library the same as folders; the listener follows what it does."""
        resolved = tuple(folder.resolve() for folder in folders)
        return Mirror(resolved, self.library, self.isolated, bounds_for(self.settings), listener)

    def store(self, raw: bytes, filename: str, progress: Callable[[float], None]) -> None:
        """Read one uploaded file, or all files of an archive; what had this name before is replaced.

        Raises UnreadableFile, which names the files that could not be read; the others are stored.
        """
        listener = Listener(progress=lambda now: progress(now.done / now.total))
        source, bounds = f"upload/{filename}", bounds_for(self.settings)
        report = pipeline.ingest_bytes(
            raw, source, self.library, self.isolated, bounds=bounds, listener=listener
        )
        lost = gone(source, report, self.library)
        if lost:
            self.library.remove_sources(lost)
        if report.failed:
            # Whoever sent the file knows it by its name alone.
            raise UnreadableFile(_reasons(report).replace(source, filename))

    def close(self) -> None:
        """Release the library, and end the processes that read files."""
        self.isolated.close()
        self.library.close()


def _reasons(report: Report) -> str:
    """Why files of an archive were not stored, as far as one message holds."""
    more = len(report.failed) - REASONS
    stored = len(report.results) - len(report.failed)
    return "".join(
        (
            f"{len(report.failed)} 个文件未能收入，其余 {stored} 个已收入。"
            if len(report.results) > 1
            else "",
            *(result.reason or "" for result in report.failed[:REASONS]),
            f"另有 {more} 个。" if more > 0 else "",
        )
    )


def bounds_for(settings: Settings) -> Bounds:
    """How much a file or an archive may hold."""
    return Bounds(
        file_bytes=settings.file_bytes,
        archive_files=settings.archive_files,
        archive_bytes=settings.archive_bytes,
    )


def isolated_for(settings: Settings) -> Isolated:
    """Processes to read files in, none of them started yet."""
    return Isolated(
        seconds=settings.file_seconds,
        memory=settings.file_memory,
        workers=settings.ingest_workers or os.cpu_count() or 1,
    )


def embedder_for(settings: Settings) -> SentenceTransformerEmbedder:
    """The embedding model that the settings name; it is loaded when it is first used."""
    return SentenceTransformerEmbedder(settings.embedding_model, batch_size=settings.embedding_batch_size)


def reranker_for(settings: Settings) -> Reranker | None:
    """The reranker that the settings name, None without one; it is loaded when it first reads."""
    if settings.reranker == NO_RERANKER:
        return None
    if settings.reranker == BUNDLED_COMPARER:
        return BundledComparer(
            SentenceTransformerEmbedder(FAST),
            SentenceTransformerEmbedder(BUNDLED),
            seconds=settings.reranker_seconds,
        )
    if settings.reranker == BUNDLED_RERANKER:
        return BundledReranker(SentenceTransformerEmbedder(FAST), seconds=settings.reranker_seconds)
    return CrossEncoderReranker(settings.reranker, seconds=settings.reranker_seconds)


def _assistant(
    settings: Settings,
    library: Library,
    embedder: Embedder,
    span_reader: SpanReader,
    reranker: Reranker | None,
    llm: Answerer | None,
) -> Assistant:
    return assemble(
        settings,
        source=library.catalogue,
        dense=library.dense,
        lexical=library.lexical,
        statistics=library.lexical,
        # Sentences and words are compared by the hundred, which only the fast model does in no time.
        sentence_embedder=fast_embedder(embedder, settings),
        word_embedder=WordEmbedder(),
        span_reader=span_reader,
        llm=llm,
        rewriter=load_rewriter(settings) if settings.llm and settings.llm_rewrite else None,
        reranker=reranker,
    )


def fast_embedder(embedder: Embedder, settings: Settings) -> Embedder:
    """The embedder itself if it is the fast bundled model, else that model."""
    return embedder if settings.embedding_model == FAST else SentenceTransformerEmbedder(FAST)
