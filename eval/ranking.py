"""How well paragraphs are found: recall and reciprocal rank of a retriever on a reading set.

May import `rag`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from time import perf_counter, thread_time

from eval.squad import ReadingQuestion
from rag.datatypes import Inquiry
from rag.ports import Retriever
from rag.query.question import understand

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where each question's own document was found, from 1; 0 where not among the first DEPTH.

    Times are milliseconds for each question: on the wall, and of this thread on a processor.
    """

    places: tuple[int, ...]
    wall_ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]

    @property
    def questions(self) -> int:
        """How many were asked."""
        return len(self.places)

    @property
    def firsts(self) -> list[float]:
        """1 for each question whose document was found first, else 0."""
        return [float(place == 1) for place in self.places]

    @property
    def fives(self) -> list[float]:
        """1 for each question whose document was among the first five, else 0."""
        return [float(1 <= place <= 5) for place in self.places]

    @property
    def reciprocals(self) -> list[float]:
        """One over the place of each question's document, 0 where it was not found."""
        return [1 / place if place else 0.0 for place in self.places]

    @property
    def recall_at_1(self) -> float:
        """The share found first."""
        return fmean(self.firsts)

    @property
    def recall_at_5(self) -> float:
        """The share found among the first five."""
        return fmean(self.fives)

    @property
    def mrr_at_10(self) -> float:
        """The mean of one over the place."""
        return fmean(self.reciprocals)

    @property
    def median_ms(self) -> float:
        """The time on the wall of the median question."""
        return median(self.wall_ms)

    @property
    def mean_cpu_ms(self) -> float:
        """The time of this thread on a processor, the mean."""
        return fmean(self.cpu_ms)


def rank(retriever: Retriever, questions: Sequence[ReadingQuestion], ids: Mapping[str, str]) -> Ranking:
    """Ask every question; its own document (`ids` by source name) is the only right one."""
    places, wall, cpu = [], [], []
    for asked in questions:
        question = understand(Inquiry(asked.text), history_turns=0)
        wall_start, cpu_start = perf_counter(), thread_time()
        hits = retriever.retrieve(question, limit=DEPTH)
        wall.append((perf_counter() - wall_start) * 1000)
        cpu.append((thread_time() - cpu_start) * 1000)
        found = [hit.paragraph.document_id for hit in hits]
        own = ids[asked.source]
        places.append(found.index(own) + 1 if own in found else 0)
    return Ranking(tuple(places), tuple(wall), tuple(cpu))
