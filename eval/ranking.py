"""How well paragraphs are found: recall and reciprocal rank of a retriever on a reading set.

May import `rag`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from eval.squad import ReadingQuestion
from rag.datatypes import Inquiry
from rag.ports import Retriever
from rag.question import understand

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """Figures of one retriever over `questions` questions; `median_ms` is one query's time."""

    questions: int
    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float
    median_ms: float


def rank(retriever: Retriever, questions: Sequence[ReadingQuestion], ids: Mapping[str, str]) -> Ranking:
    """Ask every question; its own document (`ids` by source name) is the only right one."""
    places, seconds = [], []
    for asked in questions:
        question = understand(Inquiry(asked.text), history_turns=0)
        started = perf_counter()
        hits = retriever.retrieve(question, limit=DEPTH)
        seconds.append(perf_counter() - started)
        found = [hit.paragraph.document_id for hit in hits]
        own = ids[asked.source]
        places.append(found.index(own) + 1 if own in found else 0)
    count = len(places)
    return Ranking(
        questions=count,
        recall_at_1=sum(place == 1 for place in places) / count,
        recall_at_5=sum(1 <= place <= 5 for place in places) / count,
        mrr_at_10=sum(1 / place for place in places if place) / count,
        median_ms=median(seconds) * 1000,
    )
