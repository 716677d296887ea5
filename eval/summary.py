"""Figures of many outcomes: a row per type, overall, refusals, calibration; means with their intervals.

May import `rag`; never a sibling room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from eval.calibration import Bin, Pair, Point, calibration_error, reliability, risk_coverage
from eval.dataset import CaseType, Unanswerable
from eval.metrics import Refusals, count_refusals, interval, mean, percentile
from eval.outcome import Outcome

Measure = Callable[[Outcome], float | None]


def _flag(value: bool | None) -> float | None:
    return None if value is None else float(value)


# The figures of a row, in the order they are shown; an outcome without one is left out of its mean.
FIGURES: dict[str, Measure] = {
    "R@1": lambda outcome: outcome.recall_at_1,
    "R@5": lambda outcome: outcome.recall_at_5,
    "正确": lambda outcome: float(outcome.correct),
    "答全": lambda outcome: outcome.share,
    "答 F1": lambda outcome: outcome.answer_f1,
    "简答准": lambda outcome: _flag(outcome.short_right),
    "简 F1": lambda outcome: outcome.short_f1,
    "引段准": lambda outcome: outcome.citation_precision,
    "引段全": lambda outcome: outcome.citation_recall,
    "引字准": lambda outcome: outcome.quote_precision,
    "引字全": lambda outcome: outcome.quote_recall,
    "有据": lambda outcome: outcome.support,
    "拒答": lambda outcome: float(outcome.refused),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over everything that counts for it, with its bootstrap 95 % interval."""

    name: str
    n: int
    value: float | None
    bounds: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Row:
    """Means of one type of question, in the order of FIGURES."""

    type: CaseType
    n: int
    figures: tuple[Figure, ...]
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidence tells what comes: `bins` and `error` of the answers given, whether they are right.

    `found_error` is that of all questions, whether the library answers and the evidence was found.
    `curve` runs over the answers given, coverage counted in all questions asked.
    """

    n: int
    error: float | None
    found_error: float | None
    bins: tuple[Bin, ...]
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a report shows before its failures."""

    rows: tuple[Row, ...]
    overall: tuple[Figure, ...]
    refusals: Refusals
    refusing: tuple[Figure, ...]
    calibration: Calibration
    p50: float | None
    p95: float | None
    violations: int


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Rows in the order of the types, overall figures of the answerable questions, and refusals."""
    times = [outcome.milliseconds for outcome in outcomes]
    return Summary(
        rows=tuple(
            _row(name, chosen)
            for name in get_args(CaseType)
            if (chosen := [outcome for outcome in outcomes if outcome.type == name])
        ),
        overall=tuple(_overall(outcomes)),
        refusals=count_refusals([(not outcome.unanswerable, outcome.refused) for outcome in outcomes]),
        refusing=tuple(_refusing(outcomes)),
        calibration=_calibration(outcomes),
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        violations=sum(len(outcome.violations) for outcome in outcomes),
    )


def _overall(outcomes: Sequence[Outcome]) -> list[Figure]:
    answerable = [outcome for outcome in outcomes if not outcome.unanswerable]
    answered = [outcome for outcome in answerable if not outcome.refused]
    lists = [outcome for outcome in answerable if outcome.type == "list"]
    return [
        figure("全部问题正确率（含该拒的拒了）", outcomes, FIGURES["正确"]),
        figure("可答问题正确率", answerable, FIGURES["正确"]),
        figure("可答问题正确且简答不误", answerable, lambda outcome: float(outcome.faultless)),
        figure("可答问题答全的份额", answerable, FIGURES["答全"]),
        figure("列举题列全的份额", lists, FIGURES["答全"]),
        figure("列举题一项不漏", lists, FIGURES["正确"]),
        figure("依据召回 R@1", answerable, FIGURES["R@1"]),
        figure("依据召回 R@5", answerable, FIGURES["R@5"]),
        figure("引注准确率（按段）", answerable, FIGURES["引段准"]),
        figure("引注召回率（按段）", answerable, FIGURES["引段全"]),
        figure("引文准确率（按字）", answerable, FIGURES["引字准"]),
        figure("引文召回率（按字）", answerable, FIGURES["引字全"]),
        figure("有引注支持的句子", outcomes, FIGURES["有据"]),
        figure("简答准确率", answerable, FIGURES["简答准"]),
        figure("简答字符 F1", answerable, FIGURES["简 F1"]),
        figure("答句字符 F1", answerable, FIGURES["答 F1"]),
        figure("可答问题回答字数", answered, lambda outcome: float(len(outcome.text))),
    ]


def _refusing(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Refusals by what should be refused: recall and precision of each kind, and answerable ones refused."""
    answerable = [outcome for outcome in outcomes if not outcome.unanswerable]
    kinds: dict[str, Unanswerable] = {"题外": "off_topic", "近而无": "near_miss"}
    figures = []
    for name, kind in kinds.items():
        asked = [outcome for outcome in outcomes if outcome.unanswerable == kind]
        refused = [outcome for outcome in (*asked, *answerable) if outcome.refused]
        figures += [
            figure(f"{name}而拒（召回）", asked, FIGURES["拒答"]),
            figure(f"拒答而{name}（准确，余为可答）", refused, lambda outcome: float(outcome.correct)),
        ]
    return [*figures, figure("可答而拒（误拒）", answerable, FIGURES["拒答"])]


def _calibration(outcomes: Sequence[Outcome]) -> Calibration:
    answered: list[Pair] = [
        (outcome.confidence, outcome.correct) for outcome in outcomes if not outcome.refused
    ]
    found: list[Pair] = [(outcome.confidence, outcome.recall_at_5 == 1.0) for outcome in outcomes]
    return Calibration(
        n=len(answered),
        error=calibration_error(answered),
        found_error=calibration_error(found),
        bins=reliability(answered),
        curve=risk_coverage(answered, asked=len(outcomes)),
    )


def _row(name: CaseType, outcomes: Sequence[Outcome]) -> Row:
    times = [outcome.milliseconds for outcome in outcomes]
    return Row(
        type=name,
        n=len(outcomes),
        figures=tuple(figure(label, outcomes, measure) for label, measure in FIGURES.items()),
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
    )


def figure(name: str, outcomes: Sequence[Outcome], measure: Measure) -> Figure:
    """The mean of a measure over the outcomes that have it."""
    values = [value for outcome in outcomes if (value := measure(outcome)) is not None]
    return Figure(name=name, n=len(values), value=mean(values), bounds=interval(values))
