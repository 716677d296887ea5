"""A language model as a second judge of answers, and how far it agrees with the rules.

May import `rag` and pydantic; never a sibling room. What the judge is told stands in `judge.md`.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from pydantic import ConfigDict, TypeAdapter, ValidationError

from eval.metrics import mean
from eval.outcome import EvaluationReport, Outcome
from rag.errors import AnswererFailed

PROMPT = Path(__file__).with_name("judge.md")
# Failures in a row after which the model is taken to be gone.
PATIENCE = 3
_BESIDE = re.compile(r"^\s*(?:<think>.*?</think>\s*)?(?:```(?:json)?\s*(.*?)\s*```|(.*?))\s*$", re.DOTALL)


class Model(Protocol):
    """What writes a reply to two messages; raises AnswererFailed."""

    @property
    def name(self) -> str:
        """How it is called in a report."""
        ...

    def reply(self, system: str, user: str, *, seconds: float) -> Iterator[str]:
        """The reply piece by piece, over within so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of an answer."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)

    correct: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over the answers judged: the share right by the rules and by the judge, and how often both agree.

    `kappa` is Cohen's (1960): (agreed - chance) / (1 - chance), `None` where both always say one thing.
    """

    n: int
    rules: float
    judge: float
    agreed: float
    kappa: float | None


def with_verdicts(
    report: EvaluationReport, model: Model, *, seconds: float, tell: Callable[[str], None]
) -> EvaluationReport:
    """The report with a verdict on every answer that was given; refusals need none.

    A reply that is no verdict leaves its answer unjudged; `tell` hears why. Raises AnswererFailed when
    the model fails PATIENCE times in a row.
    """
    system, judged, failed = PROMPT.read_text("utf-8"), [], 0
    for outcome in report.outcomes:
        if outcome.refused:
            judged.append(outcome)
            continue
        try:
            verdict = parse("".join(model.reply(system, _asked(outcome), seconds=seconds)))
        except AnswererFailed as error:
            failed += 1
            if failed == PATIENCE:
                raise
            tell(f"{outcome.id} 未能评判：{error}")
            judged.append(outcome)
        else:
            failed = 0
            judged.append(replace(outcome, judged=verdict.correct, judgement=verdict.reason))
    return replace(report, outcomes=tuple(judged))


def parse(reply: str) -> Verdict:
    """The verdict that a reply is, a code fence or a thought before it aside. Raises AnswererFailed.

    >>> parse('{"correct": true, "reason": "数字相符"}').correct
    True
    """
    found = _BESIDE.match(reply)
    text = (found[1] or found[2] or "") if found else reply
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise AnswererFailed(f"评判不是约定的 JSON：{' '.join(reply.split())[:80]!r}。") from error


def agreement(outcomes: Sequence[Outcome]) -> Agreement | None:
    """How rules and judge agree on the answers that were judged; `None` without one."""
    pairs = [(each.correct, each.judged) for each in outcomes if each.judged is not None]
    if not pairs:
        return None
    rules, judged = (mean([float(pair[side]) for pair in pairs]) or 0.0 for side in (0, 1))
    agreed = mean([float(one == other) for one, other in pairs]) or 0.0
    chance = rules * judged + (1 - rules) * (1 - judged)
    return Agreement(
        len(pairs), rules, judged, agreed, None if chance == 1 else (agreed - chance) / (1 - chance)
    )


def render_agreement(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The agreement as lines of text, then each answer on which rules and judge differ; nothing unjudged."""
    found = agreement(outcomes)
    if found is None:
        return
    kappa = "—" if found.kappa is None else f"{found.kappa:.2f}"
    yield (
        f"语言模型评判：{found.n} 个回答，规则判对 {found.rules:.3f}，模型判对 {found.judge:.3f}，"
        f"两者一致 {found.agreed:.3f}（Cohen κ {kappa}）"
    )
    for each in outcomes:
        if each.judged is not None and each.judged != each.correct:
            said = "规则判对而模型判错" if each.correct else "规则判错而模型判对"
            yield f"  {said} {each.id} {each.question}：{' '.join(each.judgement.split())}"


def _asked(outcome: Outcome) -> str:
    """The data as JSON, in which nothing can pass for more than a string."""
    data = {
        "question": outcome.standalone,
        "expected": outcome.expected,
        "needs": outcome.needs,
        "evidence": [item.quote for item in outcome.evidence],
        "answer": outcome.text,
        "short_answer": outcome.short_answer,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


@cache
def _adapter() -> TypeAdapter[Verdict]:
    return TypeAdapter(Verdict)
