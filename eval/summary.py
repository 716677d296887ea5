"""Figures of many outcomes: a row per type, one overall, refusals, intervals.

May import `rag`; never a sibling room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from eval.dataset import CaseType
from eval.metrics import Refusals, count_refusals, interval, mean, percentile
from eval.outcome import Outcome

# The figures of a row, in the order they are shown; an outcome without one is left out of its mean.
FIGURES: dict[str, Callable[[Outcome], float | None]] = {
    "R@1": lambda outcome: outcome.recall_at_1,
    "R@5": lambda outcome: outcome.recall_at_5,
    "正确": lambda outcome: float(outcome.correct),
    "答全": lambda outcome: outcome.share,
    "简答准": lambda outcome: None if outcome.short_right is None else float(outcome.short_right),
    "引注准": lambda outcome: outcome.citation_precision,
    "引注全": lambda outcome: outcome.citation_recall,
    "拒答": lambda outcome: float(outcome.refused),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Means of one type of question; `figures` in the order of FIGURES, `None` where nothing counts."""

    type: CaseType
    n: int
    figures: tuple[float | None, ...]
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over everything that counts for it, with its bootstrap 95 % interval."""

    name: str
    n: int
    value: float | None
    bounds: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a report shows before its failures."""

    rows: tuple[Row, ...]
    overall: tuple[Figure, ...]
    refusals: Refusals
    p50: float | None
    p95: float | None
    violations: int


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Rows in the order of the types, overall figures of the answerable questions, and refusals."""
    answerable = [outcome for outcome in outcomes if not outcome.unanswerable]
    times = [outcome.milliseconds for outcome in outcomes]
    return Summary(
        rows=tuple(
            _row(name, chosen)
            for name in get_args(CaseType)
            if (chosen := [outcome for outcome in outcomes if outcome.type == name])
        ),
        overall=(
            _figure("全部问题正确率（含该拒的拒了）", [float(outcome.correct) for outcome in outcomes]),
            _figure("可答问题正确率", [float(outcome.correct) for outcome in answerable]),
            _figure("可答问题正确且简答不误", [float(outcome.faultless) for outcome in answerable]),
            _figure("可答问题答全的份额", [outcome.share for outcome in answerable]),
            _figure("依据召回 R@1", _given(answerable, lambda outcome: outcome.recall_at_1)),
            _figure("依据召回 R@5", _given(answerable, lambda outcome: outcome.recall_at_5)),
            _figure("引注准确率", _given(answerable, lambda outcome: outcome.citation_precision)),
            _figure("引注召回率", _given(answerable, lambda outcome: outcome.citation_recall)),
            _figure("简答准确率", _given(answerable, FIGURES["简答准"])),
            _figure("简答字符 F1", _given(answerable, lambda outcome: outcome.short_f1)),
            _figure(
                "可答问题回答字数",
                [float(len(outcome.text)) for outcome in answerable if not outcome.refused],
            ),
        ),
        refusals=count_refusals([(not outcome.unanswerable, outcome.refused) for outcome in outcomes]),
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
        violations=sum(len(outcome.violations) for outcome in outcomes),
    )


def _row(name: CaseType, outcomes: Sequence[Outcome]) -> Row:
    times = [outcome.milliseconds for outcome in outcomes]
    return Row(
        type=name,
        n=len(outcomes),
        figures=tuple(mean(_given(outcomes, figure)) for figure in FIGURES.values()),
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
    )


def _figure(name: str, values: list[float]) -> Figure:
    return Figure(name=name, n=len(values), value=mean(values), bounds=interval(values))


def _given(outcomes: Sequence[Outcome], figure: Callable[[Outcome], float | None]) -> list[float]:
    return [value for outcome in outcomes if (value := figure(outcome)) is not None]
