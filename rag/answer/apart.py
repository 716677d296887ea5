"""What documents say differently of one thing, so that an answer tells them apart: editions, or a dispute.

May import the core.
"""

from dataclasses import dataclass

from rag.answer.conflict import conflict
from rag.datatypes import Evidence, Passage, Question
from rag.documents.editions import editions


@dataclass(frozen=True, slots=True)
class Apart:
    """One passage of each of the `editions` of a text, newest first, or both sides that are `disputed`.

    Neither where one passage answers; never both.
    """

    editions: tuple[Passage, ...] = ()
    disputed: tuple[Passage, ...] = ()

    @classmethod
    def of(cls, question: Question, evidence: Evidence) -> "Apart":
        """What some evidence says differently of what is asked."""
        told = tuple(editions(question, evidence))
        return cls(told, () if told else tuple(conflict(question, evidence)))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All of them, in the order in which they are told."""
        return self.editions or self.disputed
