"""Whether the indexes still agree with the catalogue, and what exactly does not.

Imports the errors of `rag`, the catalogue and the indexes.
"""

from dataclasses import dataclass

from rag.chinese import terms
from rag.errors import LibraryDamaged
from vectorstore.catalogue import Catalogue, Counts
from vectorstore.lexical import LexicalIndex
from vectorstore.live import VectorIndex

PROBES = 20
# A question cut from a paragraph's first characters finds it among this many of its own document.
_PROBE_CHARACTERS = 200
_PROBE_LIMIT = 20


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


def examine(catalogue: Catalogue, dense: VectorIndex, lexical: LexicalIndex) -> Health:
    """Compare counts and find stored paragraphs again.

    While a document is being written or removed, catalogue and indexes differ rightly, and nothing
    is called a problem.
    """
    before = catalogue.standing()
    counts = catalogue.counts()
    dense_count, dense_problems = dense_faults(catalogue, dense, counts)
    lexical_count, lexical_problems = lexical_faults(catalogue, lexical, counts)
    still = catalogue.standing() == before and not before.hidden
    return Health(
        documents=counts.documents,
        paragraphs=counts.paragraphs,
        chunks=counts.chunks,
        dense=dense_count,
        lexical=lexical_count,
        problems=tuple(dense_problems + lexical_problems) if still else (),
    )


def dense_faults(catalogue: Catalogue, dense: VectorIndex, counts: Counts) -> tuple[int, list[str]]:
    """How many vectors there are, and what is wrong with them."""
    try:
        kept = dense.count()
        if kept != counts.chunks:
            return kept, [f"语义索引有 {kept} 个片段，目录有 {counts.chunks} 个。"]
        lost = dense.lost([chunk.id for chunk in catalogue.sample(PROBES)])
    except LibraryDamaged as error:
        return 0, [str(error)]
    return kept, [f"语义索引找不回片段 {', '.join(lost)}。"] if lost else []


def lexical_faults(catalogue: Catalogue, lexical: LexicalIndex, counts: Counts) -> tuple[int, list[str]]:
    """How many paragraphs are indexed, and what is wrong with them."""
    try:
        kept = lexical.count()
        if kept != counts.paragraphs:
            return kept, [f"词语索引有 {kept} 个段落，目录有 {counts.paragraphs} 个。"]
        lost = _lost_paragraphs(catalogue, lexical)
    except LibraryDamaged as error:
        return 0, [str(error)]
    return kept, [f"词语索引找不回段落 {', '.join(lost)}。"] if lost else []


def _lost_paragraphs(catalogue: Catalogue, lexical: LexicalIndex) -> list[str]:
    keys = sorted({(chunk.document_id, chunk.first) for chunk in catalogue.sample(PROBES)})
    lost = []
    for (document_id, number), paragraph in catalogue.fetch(keys).items():
        query = paragraph.text[:_PROBE_CHARACTERS]
        if not terms(query):
            continue
        found = lexical.search(query, limit=_PROBE_LIMIT, document_ids=frozenset([document_id]))
        again = catalogue.fetch([(match.document_id, match.paragraph) for match in found])
        # A paragraph with the same words is as good: a page's header may stand on a hundred pages.
        if paragraph.text not in {other.text for other in again.values()}:
            lost.append(f"{document_id[:12]}#{number}")
    return lost
