"""What is kept of an evaluation: one outcome per question, and the report they make.

May import `rag` and pydantic; never a sibling room.
"""

from dataclasses import dataclass

from eval.dataset import CaseType, Unanswerable


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as given, and whether the evidence bears it out (`None` where there is none)."""

    document: str
    paragraph: int
    quote: str
    correct: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what came back, and how that measures against the evidence.

    Figures are `None` where they mean nothing: evidence figures for unanswerable questions,
    `citation_precision` without citations, `short_right` and `short_f1` without a short answer or
    where a list is asked for. `share` is how much of the expected was said; `correct` means all of
    it, or rightly refused.
    """

    id: str
    type: CaseType
    question: str
    standalone: str
    expected: tuple[str, ...]
    unanswerable: Unanswerable | None
    text: str
    short_answer: str | None
    refused: bool
    confidence: float
    citations: tuple[Cited, ...]
    found: tuple[str, ...]
    correct: bool
    share: float
    recall_at_1: float | None
    recall_at_5: float | None
    citation_precision: float | None
    citation_recall: float | None
    short_right: bool | None
    short_f1: float | None
    milliseconds: float
    violations: tuple[str, ...]

    @property
    def faultless(self) -> bool:
        """Whether the answer is correct, its short answer too, and no promise is broken."""
        return self.correct and self.short_right is not False and not self.violations


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the figures were measured."""

    cpus: int
    architecture: str
    system: str
    python: str


@dataclass(frozen=True, slots=True)
class Data:
    """How much was searched."""

    documents: int
    paragraphs: int
    characters: int


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All outcomes with what is needed to read and repeat them. `measured_at` is ISO 8601 in UTC."""

    outcomes: tuple[Outcome, ...]
    answerers: tuple[str, ...]
    machine: Machine
    data: Data
    questions: str
    command: str
    measured_at: str
