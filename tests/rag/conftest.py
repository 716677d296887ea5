"""A real library of the founding documents with the bundled model, and assistants over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.isolation import Isolated
from rag.assistant import Assistant, assemble
from rag.ports import Answerer, Embedder
from rag.settings import Settings
from tests.conftest import SEEDS
from tests.rag.openai_server import OpenAIServer, openai_server
from vectorstore.embedding import FAST, SentenceTransformerEmbedder
from vectorstore.library import Library


@dataclass(frozen=True)
class Founding:
    """An open library and what an assistant over it is made of."""

    library: Library
    embedder: Embedder

    def assistant(self, *, llm: Answerer | None = None, **settings: object) -> Assistant:
        return assistant_over(self.library, self.embedder, llm=llm, **settings)

    def id_of(self, title_part: str) -> str:
        """The id of the one document whose source holds some words."""
        (found,) = [d.id for d in self.library.catalogue.documents() if title_part in d.source]
        return found


def assistant_over(
    library: Library, embedder: Embedder, *, llm: Answerer | None = None, **settings: object
) -> Assistant:
    """The assistant over a library, as the program makes it."""
    return assemble(
        Settings(_env_file=None, home=library.home, **settings),
        source=library.catalogue,
        dense=library.dense,
        lexical=library.lexical,
        statistics=library.lexical,
        sentence_embedder=embedder,
        word_embedder=embedder,
        llm=llm,
    )


@pytest.fixture(scope="session")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Founding]:
    """The founding documents; shared by tests that change nothing."""
    embedder = SentenceTransformerEmbedder(FAST)
    with Library.open(tmp_path_factory.mktemp("founding"), embedder, writable=True) as library:
        with Isolated(seconds=60, memory=2**30) as isolated:
            report = pipeline.ingest([SEEDS], library, isolated, bounds=pipeline.Bounds())
        assert report.count("added") == 5
        yield Founding(library, embedder)


@pytest.fixture(scope="session")
def assistant(founding: Founding) -> Assistant:
    """Answers from the founding documents without a language model."""
    return founding.assistant()


@pytest.fixture
def library(tmp_path: Path, founding: Founding) -> Iterator[Library]:
    """An empty library of one's own."""
    with Library.open(tmp_path / "own", founding.embedder, writable=True) as own:
        yield own


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    """A model server that says what it is told."""
    with openai_server() as running:
        yield running
