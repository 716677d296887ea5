"""Two reports on the same questions, side by side: what got better, what got worse, and whether by chance.

May import `rag`; never a sibling room.
"""

import math
from dataclasses import dataclass

from eval.metrics import interval, mean
from eval.outcome import EvaluationReport, Outcome
from eval.summary import FIGURES, Measure

Pair = tuple[Outcome, Outcome]
NO_REGRESSION = "没有超出偶然的退步。"

# What must not get worse; times are left out, as they are another machine's.
WATCHED: dict[str, Measure] = {
    "正确": FIGURES["正确"],
    "正确且简答不误": lambda outcome: float(outcome.faultless),
    "答全": FIGURES["答全"],
    **{name: FIGURES[name] for name in ("R@5", "引段准", "引段全", "引字准", "引字全", "有据")},
}


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure changed over the pairs that both have it: mean difference and its 95 % interval.

    The interval is a paired bootstrap: questions are drawn anew, each with both its outcomes.
    """

    name: str
    n: int
    value: float
    bounds: tuple[float, float]

    @property
    def worse(self) -> bool:
        """Whether it fell by more than the choice of questions explains."""
        return self.bounds[1] < 0

    @property
    def described(self) -> str:
        """The difference and its interval."""
        low, high = self.bounds
        return f"{self.value:+.3f}（{low:+.3f}～{high:+.3f}）"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs (before, after) of the questions that both reports asked in the same words.

    `changes` follow WATCHED; `broken` are the ids of questions with more violations than before.
    """

    asked: int
    better: tuple[Pair, ...]
    worse: tuple[Pair, ...]
    unpaired: int
    changes: tuple[Change, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def p_value(self) -> float:
        """Exact two-sided sign test (McNemar's): how often chance alone would tip the changes this far.

        With 1 worse of 4 changed: 2 * (C(4,0) + C(4,1)) / 2**4 = 0.625.
        """
        changed, fewer = len(self.better) + len(self.worse), min(len(self.better), len(self.worse))
        tail = sum(math.comb(changed, count) for count in range(fewer + 1))
        return min(1.0, 2 * tail / (1 << changed))

    @property
    def regressions(self) -> tuple[str, ...]:
        """In words: each measure worse than chance explains, and each promise newly broken."""
        return (
            *(f"{change.name} {change.described}" for change in self.changes if change.worse),
            *(f"{one} 新违约" for one in self.broken),
        )


def compare(before: EvaluationReport, after: EvaluationReport) -> Comparison:
    """Pair the outcomes; a question is better when more of the expected is said."""
    pairs = _pairs(before, after)
    return Comparison(
        asked=len(pairs),
        better=tuple((then, now) for then, now in pairs if now.share > then.share),
        worse=tuple((then, now) for then, now in pairs if now.share < then.share),
        unpaired=len(before.outcomes) + len(after.outcomes) - 2 * len(pairs),
        changes=tuple(
            change for name, measure in WATCHED.items() if (change := _changed(name, pairs, measure))
        ),
        broken=tuple(now.id for then, now in pairs if len(now.violations) > len(then.violations)),
    )


def render_comparison(comparison: Comparison) -> str:
    """The comparison as text: counts, tests, then each question that changed."""
    lines = [
        f"与先前结果相比：同题 {comparison.asked} 问，变好 {len(comparison.better)}，"
        f"变差 {len(comparison.worse)}（符号检验 p = {comparison.p_value:.3f}），"
        f"对不上题的 {comparison.unpaired} 问",
        "逐题相差（成对自助法 95% 区间）："
        + "；".join(f"{change.name} {change.described}" for change in comparison.changes),
    ]
    for name, pairs in (("变好", comparison.better), ("变差", comparison.worse)):
        lines += [f"  {name} {now.id} {now.question}：{given(then)} → {given(now)}" for then, now in pairs]
    lines.append(f"退步：{'；'.join(comparison.regressions)}" if comparison.regressions else NO_REGRESSION)
    return "\n".join(lines) + "\n"


def _pairs(before: EvaluationReport, after: EvaluationReport) -> list[Pair]:
    earlier = {(outcome.id, outcome.question): outcome for outcome in before.outcomes}
    return [
        (then, now) for now in after.outcomes if (then := earlier.get((now.id, now.question))) is not None
    ]


def _changed(name: str, pairs: list[Pair], measure: Measure) -> Change | None:
    differences = [
        now - then
        for then, now in ((measure(then), measure(now)) for then, now in pairs)
        if then is not None and now is not None
    ]
    value, bounds = mean(differences), interval(differences)
    return None if value is None or bounds is None else Change(name, len(differences), value, bounds)


def given(outcome: Outcome) -> str:
    """What came back, in short, and the share of the expected that it says."""
    text = "拒答" if outcome.refused else outcome.short_answer or " ".join(outcome.text.split())[:60]
    return f"{text}（{outcome.share:.2f}）"
