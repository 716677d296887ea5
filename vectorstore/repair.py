"""Opens the indexes of a library folder, mends them from the catalogue or builds them anew.

Imports the errors and ports of `rag`, and its neighbours in this room.
"""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from uuid import uuid4

from rag.errors import LibraryDamaged
from rag.ports import Embedder, Vector
from vectorstore import health
from vectorstore.catalogue import Catalogue, Generation, IndexName, Standing
from vectorstore.dense import DenseIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.seal import seal
from vectorstore.wording import Wording

_log = logging.getLogger(__name__)
_BLOCK = 8_192


def folder(home: Path, index: IndexName, generation: Generation) -> Path:
    """Where a generation of an index lies."""
    return home / index / f"{generation.number:06}"


def can_wait(home: Path, catalogue: Catalogue) -> bool:
    """Whether the dense index need not be opened, and examined, before it is needed.

    Chroma reads all of a large graph when it is opened, which a process that only searches never needs.
    What was closed in good order, and is as it was, can wait.
    """
    generation = catalogue.standing().dense
    return bool(generation.number and generation.seal) and is_unharmed(home, "dense", generation)


def open_dense(home: Path, catalogue: Catalogue) -> DenseIndex:
    """The dense index in use, mended, or a fresh one where mending does not help."""
    return _sound_dense(home, catalogue) or renew_dense(home, catalogue)


def open_lexical(home: Path, catalogue: Catalogue) -> LexicalIndex:
    """The lexical index in use, or a fresh one where it disagrees with the catalogue."""
    return _sound_lexical(home, catalogue) or renew_lexical(home, catalogue)


def renew_dense(home: Path, catalogue: Catalogue) -> DenseIndex:
    """Put every vector of the catalogue into a fresh dense index and use it from now on."""
    generation = _next_generation(home, "dense")
    dense = DenseIndex.create(folder(home, "dense", generation), generation.token)
    dense.follow(catalogue.vectors)
    catalogue.adopt("dense", generation)
    return dense


def renew_lexical(home: Path, catalogue: Catalogue) -> LexicalIndex:
    """Index every paragraph into a fresh lexical index and use it from now on."""
    generation = _next_generation(home, "lexical")
    lexical = LexicalIndex.create(folder(home, "lexical", generation), generation.token)
    lexical.add(
        _wording(catalogue, edition, document_id) for edition, document_id in catalogue.editions().items()
    )
    catalogue.adopt("lexical", replace(generation, stamp=lexical.stamp()))
    return lexical


def embed_again(catalogue: Catalogue, embedder: Embedder) -> None:
    """Embed every text with this model, if it was another that did; the dense index is then none."""
    if catalogue.standing().embedding != embedder.name:
        catalogue.adopt_model(embedder.name, _embedded(catalogue, embedder))


def is_unharmed(home: Path, index: IndexName, generation: Generation) -> bool:
    """Whether the files of an index are as they were closed; True for one that was not closed."""
    return generation.seal is None or generation.seal == seal(folder(home, index, generation))


def seals(home: Path, standing: Standing) -> dict[IndexName, str | None]:
    """In which state the files of the indexes in use are now, to know them again by."""
    return {
        "dense": seal(folder(home, "dense", standing.dense)),
        "lexical": seal(folder(home, "lexical", standing.lexical)),
    }


def faults_to_read(home: Path, catalogue: Catalogue, standing: Standing) -> tuple[str, ...]:
    """What speaks against searching in the lexical index, which others than its writer may do."""
    generation = standing.lexical
    faults = []
    if not is_unharmed(home, "lexical", generation):
        faults = [f"{folder(home, 'lexical', generation)} 的文件不是上次关闭时的样子。"]
    # A writer may have opened the library in between, and then its files change rightly.
    return tuple(faults) if catalogue.standing().lexical.seal == generation.seal else ()


def prune(home: Path, index: IndexName, *, keep: Generation) -> None:
    """Remove the folders of generations before `keep`, and what was begun after it and never used."""
    standing_folder = folder(home, index, keep).name
    for found in (home / index).iterdir():
        if found.name != standing_folder:
            shutil.rmtree(found, ignore_errors=True)


def _wording(catalogue: Catalogue, edition: int, document_id: str) -> Wording:
    document = catalogue.document(document_id)
    return Wording(edition, document.title, document.metadata, catalogue.paragraphs(document_id))


def _embedded(catalogue: Catalogue, embedder: Embedder) -> Iterator[tuple[list[int], Vector]]:
    left = catalogue.texts()
    while block := list(islice(left, _BLOCK)):
        yield [number for number, _ in block], embedder.embed_documents([text for _, text in block])


def _sound_dense(home: Path, catalogue: Catalogue) -> DenseIndex | None:
    """The dense index in use, with every vector of the catalogue; None if it is not to be trusted."""
    generation = catalogue.standing().dense
    if not _is_worth_opening(home, "dense", generation):
        return None
    catalogue.seal({"dense": None})
    try:
        dense = DenseIndex.open(folder(home, "dense", generation), generation.token)
    except LibraryDamaged as error:
        _log.warning("%s", error)
        return None
    try:
        dense.follow(catalogue.vectors)
        faults = health.graph_faults(catalogue.vectors, dense)
    except LibraryDamaged as error:
        faults = [str(error)]
    return dense if _accept(dense, faults) else None


def _sound_lexical(home: Path, catalogue: Catalogue) -> LexicalIndex | None:
    """The lexical index in use, without hidden editions; None if it disagrees with the catalogue."""
    standing = catalogue.standing()
    generation = standing.lexical
    if not _is_worth_opening(home, "lexical", generation):
        return None
    catalogue.seal({"lexical": None})
    try:
        lexical = LexicalIndex.open(folder(home, "lexical", generation), generation.token, writable=True)
    except LibraryDamaged as error:
        _log.warning("%s", error)
        return None
    try:
        faults = health.stamp_faults(lexical, standing)
        if not faults:
            lexical.remove(standing.hidden)
            _, faults = health.lexical_faults(catalogue, lexical, catalogue.counts(), health.draw(catalogue))
    except LibraryDamaged as error:
        faults = [str(error)]
    return lexical if _accept(lexical, faults) else None


def _is_worth_opening(home: Path, index: IndexName, generation: Generation) -> bool:
    if not generation.number:
        # Never built: a new library, or another model's; nothing to report.
        return False
    if is_unharmed(home, index, generation):
        return True
    # Damaged files can take the whole process down when they are opened.
    _log.warning("索引 %s 的文件不是上次关闭时的样子，正在由目录重建。", folder(home, index, generation))
    return False


def _accept(index: DenseIndex | LexicalIndex, faults: list[str]) -> bool:
    for fault in faults:
        _log.warning("%s正在由目录重建。", fault)
    if faults:
        index.close()
    return not faults


def _next_generation(home: Path, index: IndexName) -> Generation:
    """One above every folder there is, used or left behind half built."""
    names = [found.name for found in (home / index).iterdir()] if (home / index).is_dir() else []
    number = 1 + max((int(name) for name in names if name.isdecimal()), default=0)
    return Generation(number, token=uuid4().hex)
