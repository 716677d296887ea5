"""What `rag bench` and `rag fit` share: a temporary library made of a public reading set.

May import every room.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.pipeline import parse
from rag.evidence import EvidenceReader
from rag.likeness import Likeness
from rag.overlap import Matcher
from rag.retrieval import FusionWeights, HybridRetriever
from rag.settings import Settings
from ui.compose import Application

# Weights that let one part of the score speak alone.
DENSE_ALONE = FusionWeights(dense=1.0, lexical=0.0, foreign_lexical=0.0, coverage=0.0, likeness=0.0)
LEXICAL_ALONE = FusionWeights(dense=0.0, lexical=1.0, foreign_lexical=1.0, coverage=0.0, likeness=0.0)


@dataclass(frozen=True, slots=True)
class Workbench:
    """An open temporary library of a reading set; `ids` are its document ids by source name."""

    application: Application
    ids: dict[str, str]
    matcher: Matcher

    def retriever(self, weights: FusionWeights | None = None) -> HybridRetriever:
        """Search with the project's weights, or with others."""
        library = self.application.library
        return HybridRetriever(
            library.catalogue,
            dense=library.dense,
            lexical=library.lexical,
            matcher=self.matcher,
            candidates=self.application.settings.candidates,
            weights=weights,
        )

    def reader(self) -> EvidenceReader:
        """The reader that scores sentences."""
        return EvidenceReader(self.application.embedder, self.matcher)


@contextmanager
def open_workbench(settings: Settings, documents: Iterable[tuple[str, str]]) -> Iterator[Workbench]:
    """Build a library of (source name, text) pairs, hand it over, and remove it."""
    with (
        TemporaryDirectory(prefix="zhiyin-bench-") as home,
        Application.open(settings.model_copy(update={"home": Path(home)}), writable=True) as application,
    ):
        ids = {}
        for source, text in documents:
            parsed = parse(text.encode("utf-8"), source)
            application.library.put(parsed)
            ids[source] = parsed.document.id
        matcher = Matcher(application.library.lexical, Likeness(application.embedder))
        yield Workbench(application, ids, matcher)
