"""Whether the indexes still agree with the catalogue, and what exactly does not.

Imports the errors and Chinese text of `rag`, the catalogue and the indexes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from rag.datatypes import Match, Paragraph
from rag.errors import LibraryDamaged
from rag.language.terms import terms
from rag.ports import Vector
from vectorstore.catalogue import Catalogue, Counts, Standing
from vectorstore.dense import DenseIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.live import VectorIndex
from vectorstore.vectors import Vectors

PROBES = 16
# A question cut from a paragraph's first characters finds it among this many of its own document.
_PROBE_CHARACTERS = 200
_PROBE_LIMIT = 20
_FUSED_CONSTANT = 60
_NEAR = 1e-3
_NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Health:
    """How much is kept where, and what is wrong, as Chinese sentences."""

    documents: int
    paragraphs: int
    chunks: int
    dense: int
    lexical: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Probe:
    """A stored paragraph to be found again, with the vector of one of its chunks."""

    paragraph: Paragraph
    vector: Vector

    @property
    def name(self) -> str:
        """How a problem names it."""
        return f"{self.paragraph.document_id[:12]}#{self.paragraph.number}"


def examine(catalogue: Catalogue, dense: VectorIndex, lexical: LexicalIndex) -> Health:
    """Compare counts and find stored paragraphs again: by meaning, by words, and by both together.

    While a document is being written or removed, catalogue and indexes differ rightly, and nothing
    is called a problem.
    """
    before = catalogue.standing()
    counts = catalogue.counts()
    probes = draw(catalogue)
    dense_count, problems = dense_faults(dense, counts, probes)
    lexical_count, more = lexical_faults(catalogue, lexical, counts, probes)
    problems += more or stamp_faults(lexical, before)
    if not problems:
        lost = [probe.name for probe in probes if not _is_found(catalogue, dense, lexical, probe)]
        problems = [f"两种索引合起来找不回段落 {', '.join(lost)}。"] if lost else []
    still = catalogue.standing() == before and not before.hidden
    return Health(
        documents=counts.documents,
        paragraphs=counts.paragraphs,
        chunks=counts.chunks,
        dense=dense_count,
        lexical=lexical_count,
        problems=tuple(problems) if still else (),
    )


def draw(catalogue: Catalogue) -> list[Probe]:
    """Stored paragraphs spread over the library, the oldest and the newest among them."""
    chunks = catalogue.sample(PROBES)
    paragraphs = catalogue.fetch([(chunk.document_id, chunk.first) for chunk, _ in chunks])
    return [
        Probe(paragraphs[chunk.document_id, chunk.first], catalogue.vectors.rows(np.array([number]))[0])
        for chunk, number in chunks
        if (chunk.document_id, chunk.first) in paragraphs
    ]


def graph_faults(vectors: Vectors, graph: DenseIndex) -> list[str]:
    """What is wrong with the vectors that Chroma keeps."""
    kept, wanted = graph.count(), vectors.count()
    if kept != wanted:
        return [f"语义索引 {graph.folder} 有 {kept} 个向量，目录有 {wanted} 个。"]
    spread = vectors.spread(PROBES)
    lost = graph.lost(spread, vectors.rows(spread))
    return [f"语义索引 {graph.folder} 找不回向量 {', '.join(map(str, lost))}。"] if lost else []


def stamp_faults(lexical: LexicalIndex, standing: Standing) -> list[str]:
    """Whether the index is older than the catalogue, or newer though nothing is being written."""
    stamp, known = lexical.stamp(), standing.lexical.stamp
    if stamp == known or (stamp > known and standing.hidden):
        return []
    return [f"词语索引 {lexical.folder} 停在第 {stamp} 步，目录记到第 {known} 步。"]


def dense_faults(dense: VectorIndex, counts: Counts, probes: Iterable[Probe]) -> tuple[int, list[str]]:
    """How many chunks there are, and what is wrong with them."""
    try:
        kept = dense.count()
        if kept != counts.chunks:
            return kept, [f"语义索引有 {kept} 个片段，目录有 {counts.chunks} 个。"]
        lost = [probe.name for probe in probes if not _is_near(dense, probe)]
    except LibraryDamaged as error:
        return 0, [str(error)]
    return kept, [f"语义索引找不回段落 {', '.join(lost)}。"] if lost else []


def lexical_faults(
    catalogue: Catalogue, lexical: LexicalIndex, counts: Counts, probes: Iterable[Probe]
) -> tuple[int, list[str]]:
    """How many paragraphs are indexed, and what is wrong with them."""
    try:
        kept = lexical.count()
        if kept != counts.paragraphs:
            return kept, [f"词语索引有 {kept} 个段落，目录有 {counts.paragraphs} 个。"]
        lost = [probe.name for probe in probes if not _is_worded(catalogue, lexical, probe)]
    except LibraryDamaged as error:
        return 0, [str(error)]
    return kept, [f"词语索引找不回段落 {', '.join(lost)}。"] if lost else []


def _is_near(dense: VectorIndex, probe: Probe) -> bool:
    """Whether its own vector finds the paragraph, or one that says the same."""
    if not probe.vector.any():
        return True
    found = dense.nearest(probe.vector, limit=1, document_ids=frozenset(), hidden=_NOWHERE)
    return bool(found) and found[0].score >= 1 - _NEAR


def _is_worded(catalogue: Catalogue, lexical: LexicalIndex, probe: Probe) -> bool:
    """Whether its own words find the paragraph within its document, or one with the same words."""
    scope = frozenset([probe.paragraph.document_id])
    query = probe.paragraph.text[:_PROBE_CHARACTERS]
    if not terms(query):
        return True
    return _says(catalogue, lexical.search(query, limit=_PROBE_LIMIT, document_ids=scope), probe)


def _is_found(catalogue: Catalogue, dense: VectorIndex, lexical: LexicalIndex, probe: Probe) -> bool:
    """Whether meaning and words together find the paragraph in the whole library."""
    query = probe.paragraph.text[:_PROBE_CHARACTERS]
    near = dense.nearest(probe.vector, limit=_PROBE_LIMIT, document_ids=frozenset(), hidden=_NOWHERE)
    worded = lexical.search(query, limit=_PROBE_LIMIT)
    return not near and not worded or _says(catalogue, _fused(near, worded), probe)


def _fused(*rankings: list[Match]) -> Iterator[Match]:
    """The first of several rankings put together by their ranks."""
    weights: Counter[tuple[str, int]] = Counter()
    for ranking in rankings:
        for rank, match in enumerate(ranking):
            weights[match.document_id, match.paragraph] += 1 / (_FUSED_CONSTANT + rank)  # type: ignore[assignment]
    return (Match(*key, weight) for key, weight in weights.most_common(_PROBE_LIMIT))


def _says(catalogue: Catalogue, found: Iterable[Match], probe: Probe) -> bool:
    """Whether one of the paragraphs found is the probe, or has its text or all of its words.

    A header may stand on a hundred pages, and a text that repeats itself holds the same words everywhere:
    then another paragraph is as good a find.
    """
    again = catalogue.fetch([(match.document_id, match.paragraph) for match in found])
    if probe.paragraph.text in {other.text for other in again.values()}:
        return True
    wanted = set(terms(probe.paragraph.text[:_PROBE_CHARACTERS]))
    return any(wanted.issubset(terms(other.text)) for other in again.values())
