"""Opens the indexes of a library folder, mends them from the catalogue or builds them anew.

Imports the errors and ports of `rag`, and its neighbours in this room.
"""

import logging
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from rag.errors import LibraryDamaged
from rag.ports import Embedder
from vectorstore import health
from vectorstore.catalogue import Catalogue, IndexName
from vectorstore.dense import DenseIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.points import Point, embed

_log = logging.getLogger(__name__)


def folder(home: Path, index: IndexName, generation: int) -> Path:
    """Where a generation of an index lies."""
    return home / index / f"{generation:06}"


def open_dense(home: Path, catalogue: Catalogue, embedder: Embedder) -> DenseIndex:
    """The dense index in use, mended, or a fresh one where mending does not help."""
    return _sound_dense(home, catalogue, embedder) or renew_dense(home, catalogue, embedder)


def open_lexical(home: Path, catalogue: Catalogue) -> LexicalIndex:
    """The lexical index in use, or a fresh one where it disagrees with the catalogue."""
    return _sound_lexical(home, catalogue) or renew_lexical(home, catalogue)


def renew_dense(home: Path, catalogue: Catalogue, embedder: Embedder) -> DenseIndex:
    """Put every vector of the catalogue into a fresh dense index and use it from now on."""
    generation = _next_generation(home, "dense")
    dense = DenseIndex.create(folder(home, "dense", generation), embedder)
    dense.add(catalogue.points())
    catalogue.adopt_dense(generation)
    return dense


def embed_again(home: Path, catalogue: Catalogue, embedder: Embedder) -> DenseIndex:
    """Embed every chunk with this model, into the catalogue and a fresh dense index."""
    generation = _next_generation(home, "dense")
    dense = DenseIndex.create(folder(home, "dense", generation), embedder)

    def points() -> Iterator[Point]:
        for document_id in catalogue.document_ids():
            fresh = embed(catalogue.chunks(document_id), embedder)
            dense.add(fresh)
            yield from fresh

    catalogue.adopt_model(embedder.name, generation, points())
    return dense


def renew_lexical(home: Path, catalogue: Catalogue) -> LexicalIndex:
    """Index every paragraph into a fresh lexical index and use it from now on."""
    generation = _next_generation(home, "lexical")
    lexical = LexicalIndex.create(folder(home, "lexical", generation))
    lexical.add(chain.from_iterable(map(catalogue.paragraphs, catalogue.document_ids())))
    catalogue.adopt_lexical(generation)
    return lexical


def prune(home: Path, index: IndexName, *, keep: int) -> None:
    """Remove the folders of generations before `keep`, and what was begun after it and never used."""
    standing_folder = folder(home, index, keep).name
    for found in (home / index).iterdir():
        if found.name != standing_folder:
            shutil.rmtree(found, ignore_errors=True)


def _sound_dense(home: Path, catalogue: Catalogue, embedder: Embedder) -> DenseIndex | None:
    """The dense index in use, mended where it disagrees with the catalogue; None if it is beyond that."""
    standing = catalogue.standing()
    try:
        dense = DenseIndex.open(folder(home, "dense", standing.dense), embedder)
    except LibraryDamaged as error:
        _report(error, standing.dense)
        return None
    try:
        for document_id in standing.hidden:
            dense.remove(document_id)
        counts = catalogue.counts()
        if dense.count() != counts.chunks:
            _mend(catalogue, dense)
        _, faults = health.dense_faults(catalogue, dense, counts)
    except LibraryDamaged as error:
        faults = [str(error)]
    return dense if _accept(dense, faults) else None


def _sound_lexical(home: Path, catalogue: Catalogue) -> LexicalIndex | None:
    """The lexical index in use, without hidden documents; None if it disagrees with the catalogue."""
    standing = catalogue.standing()
    try:
        lexical = LexicalIndex.open(folder(home, "lexical", standing.lexical), writable=True)
    except LibraryDamaged as error:
        _report(error, standing.lexical)
        return None
    try:
        for document_id in standing.hidden:
            lexical.remove(document_id)
        _, faults = health.lexical_faults(catalogue, lexical, catalogue.counts())
    except LibraryDamaged as error:
        faults = [str(error)]
    return lexical if _accept(lexical, faults) else None


def _mend(catalogue: Catalogue, dense: DenseIndex) -> None:
    """Add the chunks that are missing, drop those that the catalogue does not know."""
    wanted, kept = catalogue.chunk_ids(), dense.ids()
    _log.warning("语义索引缺 %d 个片段，多 %d 个，正在按目录补齐。", len(wanted - kept), len(kept - wanted))
    dense.discard(sorted(kept - wanted))
    dense.add(point for point in catalogue.points() if point.chunk_id not in kept)


def _accept(index: DenseIndex | LexicalIndex, faults: list[str]) -> bool:
    for fault in faults:
        _log.warning("%s正在由目录重建。", fault)
    if faults:
        index.close()
    return not faults


def _report(error: LibraryDamaged, generation: int) -> None:
    # Generation 0 was never built: a new library, nothing to report.
    if generation:
        _log.warning("%s", error)


def _next_generation(home: Path, index: IndexName) -> int:
    """One above every folder there is, used or left behind half built."""
    names = [found.name for found in (home / index).iterdir()] if (home / index).is_dir() else []
    return 1 + max((int(name) for name in names if name.isdecimal()), default=0)
