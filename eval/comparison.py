"""Two reports on the same questions, side by side: which got better, which got worse.

May import `rag`; never a sibling room.
"""

import math
from dataclasses import dataclass

from eval.outcome import EvaluationReport, Outcome

Pair = tuple[Outcome, Outcome]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs (before, after) of the questions that both reports asked in the same words."""

    asked: int
    better: tuple[Pair, ...]
    worse: tuple[Pair, ...]
    unpaired: int

    @property
    def p_value(self) -> float:
        """Exact two-sided sign test: how often chance alone would tip the changes this far.

        With 1 worse of 4 changed: 2 * (C(4,0) + C(4,1)) / 2**4 = 0.625.
        """
        changed, fewer = len(self.better) + len(self.worse), min(len(self.better), len(self.worse))
        tail = sum(math.comb(changed, count) for count in range(fewer + 1))
        return min(1.0, 2 * tail / (1 << changed))


def compare(before: EvaluationReport, after: EvaluationReport) -> Comparison:
    """Pair the outcomes; a question is better when more of the expected is said."""
    pairs = _pairs(before, after)
    return Comparison(
        asked=len(pairs),
        better=tuple((then, now) for then, now in pairs if now.share > then.share),
        worse=tuple((then, now) for then, now in pairs if now.share < then.share),
        unpaired=len(before.outcomes) + len(after.outcomes) - 2 * len(pairs),
    )


def regressions(before: EvaluationReport, after: EvaluationReport) -> tuple[str, ...]:
    """Ids of the questions faultless or right before and no longer so, and of those newly in violation."""
    return tuple(
        now.id
        for then, now in _pairs(before, after)
        if (then.correct and not now.correct)
        or (then.faultless and not now.faultless)
        or len(now.violations) > len(then.violations)
    )


def render_comparison(comparison: Comparison) -> str:
    """The comparison as text: counts, the sign test, then each question that changed."""
    lines = [
        f"与先前结果相比：同题 {comparison.asked} 问，变好 {len(comparison.better)}，"
        f"变差 {len(comparison.worse)}（符号检验 p = {comparison.p_value:.3f}），"
        f"对不上题的 {comparison.unpaired} 问"
    ]
    for name, pairs in (("变好", comparison.better), ("变差", comparison.worse)):
        lines += [f"  {name} {now.id} {now.question}：{_given(then)} → {_given(now)}" for then, now in pairs]
    return "\n".join(lines) + "\n"


def _pairs(before: EvaluationReport, after: EvaluationReport) -> list[Pair]:
    earlier = {(outcome.id, outcome.question): outcome for outcome in before.outcomes}
    return [
        (then, now) for now in after.outcomes if (then := earlier.get((now.id, now.question))) is not None
    ]


def _given(outcome: Outcome) -> str:
    text = "拒答" if outcome.refused else outcome.short_answer or " ".join(outcome.text.split())[:60]
    return f"{text}（{outcome.share:.2f}）"
