"""What `rag bench` and `rag fit` share: a temporary library made of a public reading set.

May import every room.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.pipeline import parse
from rag.matching.likeness import Likeness
from rag.matching.overlap import Matcher
from rag.ports import Reranker
from rag.reading.evidence import EvidenceReader, PassageWeights
from rag.retrieval.features import Weights
from rag.retrieval.hybrid import HybridRetriever
from rag.retrieval.ranking import Weighting
from rag.settings import Settings
from ui.compose import Application, fast_embedder
from vectorstore.words import WordEmbedder

# Weights that let one part of the score speak alone.
DENSE_ALONE = Weighting.alone(Weights(dense=1.0))
LEXICAL_ALONE = Weighting.alone(Weights(body=1.0, context=0.5, title=0.5, sound=0.5))


@dataclass(frozen=True, slots=True)
class Workbench:
    """An open temporary library of a reading set; `ids` are its document ids by source name."""

    application: Application
    ids: dict[str, str]
    matcher: Matcher

    def retriever(
        self, weighting: Weighting | None = None, *, reranker: Reranker | None = None
    ) -> HybridRetriever:
        """Search with the project's weights, or with others, and with a reranker if one is given."""
        library = self.application.library
        return HybridRetriever(
            library.catalogue,
            dense=library.dense,
            lexical=library.lexical,
            matcher=self.matcher,
            candidates=self.application.settings.candidates,
            weighting=weighting,
            reranker=reranker,
        )

    def reader(self, weights: PassageWeights | None = None) -> EvidenceReader:
        """The reader that scores sentences, with the project's weights or with others."""
        embedder = fast_embedder(self.application.embedder, self.application.settings)
        return EvidenceReader(embedder, self.matcher, self.application.span_reader, weights=weights)


@contextmanager
def open_workbench(settings: Settings, documents: Iterable[tuple[str, str | bytes]]) -> Iterator[Workbench]:
    """Build a library of (source name, text or raw bytes) pairs, hand it over, and remove it."""
    with (
        TemporaryDirectory(prefix="zhiyin-bench-") as home,
        Application.open(settings.model_copy(update={"home": Path(home)}), writable=True) as application,
    ):
        raw = ((source, text.encode() if isinstance(text, str) else text) for source, text in documents)
        parsed = [parse(text, source) for source, text in raw]
        application.library.put_all(parsed)
        ids = {each.document.source: each.document.id for each in parsed}
        matcher = Matcher(application.library.lexical, Likeness(WordEmbedder()))
        yield Workbench(application, ids, matcher)
