"""A library grown in stages in one folder: what each stage takes to build, to open and to ask.

May import the composition root, the settings and its neighbours among the benchmarks. Every measurement
runs in a process of its own and leaves its figures in the folder, so that none is repeated.
"""

import resource
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rag.datatypes import Inquiry
from rag.errors import ServiceError
from rag.settings import Settings
from ui.bench.figures import BUILDS, GROWTH, OPENINGS, Build, Growth, Opening, load, save
from ui.bench.fork import watch
from ui.bench.growth.asking import Times, ask_all
from ui.bench.growth.corpus import Corpus
from ui.bench.growth.serving import served
from ui.bench.process import RAG, measure
from ui.compose import NO_RERANKER, Application
from vectorstore.catalogue import Catalogue, Counts
from vectorstore.library import CATALOGUE_FILE

CLIENTS = (1, 8)
# Asked before the clock runs: dictionaries are loaded and pages read.
WARMING = 20
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a library grows, out of which texts; `settings` name its home."""

    folder: Path
    settings: Settings
    corpus: Corpus

    @property
    def home(self) -> Path:
        """The library's folder."""
        return self.settings.home


def grow(ground: Ground, before: int, size: int) -> None:
    """Take in texts until the library of size `before` has reached `size`, unless it was done already."""
    if any(each.size == size for each in load(ground.folder / BUILDS, Build)):
        return
    held, cpu = _counts(ground.home), _children_cpu()
    with TemporaryDirectory(prefix="files-", dir=ground.folder) as files:
        for number, text in ground.corpus.between(before, size):
            Path(files, f"{number:06}.md").write_text(text, encoding="utf-8")
        took = measure((*RAG, "ingest", files), {"RAG_HOME": str(ground.home)})
    after = _counts(ground.home)
    build = Build(
        size,
        paragraphs=after.paragraphs,
        chunks=after.chunks,
        added=after.paragraphs - held.paragraphs,
        seconds=took.seconds,
        cpu_s=_children_cpu() - cpu,
        peak_mb=took.peak / _MB,
        disk_mb=_weight(ground.home) / _MB,
    )
    save(ground.folder / BUILDS, [build])


def ask(ground: Ground, size: int, searched: Sequence[str], asked: Sequence[str]) -> None:
    """Open the library, search it, then serve it and ask it over HTTP, unless it was done before."""
    if any(each.size == size for each in load(ground.folder / OPENINGS, Opening)):
        return
    said, opened = watch(lambda say: say(str(_opening_to_read(ground, searched[0]))))
    read_s = float(said[0]) if opened else 0.0
    _, ended = watch(lambda _say: _ask(ground, size, searched, asked, read_s=read_s))
    if not (opened and ended):
        raise ServiceError(f"测量 {size} 段的文件库时出错，见上。请改正后重新运行，已测得的不会再测。")


def _opening_to_read(ground: Ground, question: str) -> float:
    start = perf_counter()
    with Application.open(ground.settings, writable=False) as application:
        application.assistant.search(Inquiry(question))
        return perf_counter() - start


def _ask(ground: Ground, size: int, searched: Sequence[str], asked: Sequence[str], *, read_s: float) -> None:
    """Open to write as a server does, and search: without a reranker, then with the one that is set.

    At last have answers, with the one that is set.
    """
    bare = ground.settings.model_copy(update={"reranker": NO_RERANKER})
    start = perf_counter()
    with Application.open(bare, writable=True) as application:
        application.assistant.search(Inquiry(searched[0]))
        write_s = perf_counter() - start
        found = _growths(application, size, searched)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if ground.settings.reranker != NO_RERANKER:
        with Application.open(ground.settings, writable=True) as application:
            found += _growths(application, size, searched)
    found.append(_answered(ground, size, searched[:WARMING], asked))
    save(ground.folder / GROWTH, found)
    save(ground.folder / OPENINGS, [Opening(size, read_s, write_s, memory / _MB)])


def _growths(application: Application, size: int, questions: Sequence[str]) -> list[Growth]:
    """Nobody asks what another has asked before."""

    def search(text: str) -> object:
        return application.assistant.search(Inquiry(text))

    ask_all(search, questions[:WARMING])
    return [
        _growth(
            size,
            clients,
            ask_all(search, questions[WARMING + place :: len(CLIENTS)], clients=clients),
            reranked=application.settings.reranker != NO_RERANKER,
        )
        for place, clients in enumerate(CLIENTS)
    ]


def _answered(ground: Ground, size: int, warming: Sequence[str], asked: Sequence[str]) -> Growth:
    """One client, over HTTP, with all settings as they are."""
    with served(ground.settings) as over_http:
        ask_all(over_http, warming)
        times = ask_all(over_http, asked)
    return _growth(size, 1, times, reranked=ground.settings.reranker != NO_RERANKER, answered=True)


def _growth(size: int, clients: int, times: Times, *, reranked: bool, answered: bool = False) -> Growth:
    return Growth(
        size,
        clients,
        reranked=reranked,
        p50_ms=times.quantile(0.50),
        p95_ms=times.quantile(0.95),
        p99_ms=times.quantile(0.99),
        cpu_ms=times.cpu_ms,
        queries_per_s=times.per_second,
        answered=answered,
    )


def _counts(home: Path) -> Counts:
    if not (home / CATALOGUE_FILE).is_file():
        return Counts(0, 0, 0)
    catalogue = Catalogue.open(home / CATALOGUE_FILE, writable=False)
    try:
        return catalogue.counts()
    finally:
        catalogue.close()


def _children_cpu() -> float:
    """Seconds of processor time of all processes that this one has started and seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
