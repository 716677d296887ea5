"""What is kept of an evaluation: one outcome per question, and the report they make.

May import `rag` and pydantic; never a sibling room.
"""

from dataclasses import dataclass, replace

from eval.dataset import CaseType, Evidence, Needs, Unanswerable


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as given, and whether the evidence bears it out (`None` where there is none)."""

    document: str
    paragraph: int
    quote: str
    correct: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that was found, and whether it holds some of the evidence (`None` where there is none)."""

    document: str
    paragraph: int
    text: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what came back, and how that measures against the evidence.

    Figures are `None` where they mean nothing: evidence figures for unanswerable questions,
    `citation_precision` and `quote_precision` without citations, `short_right` and `short_f1` without
    a short answer or where a list is asked for, `support` and `answer_f1` without an answer. `share` is
    how much of the expected was said; `correct` means all of it, or rightly refused; `needs` says
    whether one of `expected` is enough. Citations are measured by paragraph (`citation_`) and by
    character (`quote_`). `judged` is what a language model says of the answer, if one was asked, and
    `judgement` why.
    """

    id: str
    type: CaseType
    question: str
    refused: bool
    correct: bool
    share: float
    unanswerable: Unanswerable | None = None
    confidence: float = 0.0
    standalone: str = ""
    expected: tuple[str, ...] = ()
    needs: Needs = "any"
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    short_answer: str | None = None
    citations: tuple[Cited, ...] = ()
    found: tuple[Found, ...] = ()
    recall_at_1: float | None = None
    recall_at_5: float | None = None
    answer_f1: float | None = None
    short_right: bool | None = None
    short_f1: float | None = None
    citation_precision: float | None = None
    citation_recall: float | None = None
    quote_precision: float | None = None
    quote_recall: float | None = None
    support: float | None = None
    unsupported: tuple[str, ...] = ()
    judged: bool | None = None
    judgement: str = ""
    milliseconds: float = 0.0
    violations: tuple[str, ...] = ()

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

    def slim(self) -> "EvaluationReport":
        """The same without texts and times: what is needed to compare another run with it."""
        return replace(
            self,
            outcomes=tuple(
                replace(
                    each,
                    standalone="",
                    expected=(),
                    evidence=(),
                    text="",
                    citations=(),
                    found=(),
                    unsupported=(),
                    judgement="",
                    milliseconds=0.0,
                )
                for each in self.outcomes
            ),
        )
