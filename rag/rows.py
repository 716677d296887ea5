"""The answers to the sides of a comparison as rows of one answer, and which of two figures is the greater.

May import the core. Nothing is reckoned: what is said of two figures names both, each with its citation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answers import Answer, Citation, Claim
from rag.markers import literal
from rag.merging import merge
from rag.numerals import Quantity, quantities
from rag.sides import Comparison, Side

_PAIR = 2
# What is asked of figures; 快 and 早 are not told by the greater number.
_GREATER = {"高": "高于", "低": "高于", "多": "多于", "少": "多于", "大": "大于", "小": "大于"}
# A figure that is only a bound may be greater, or less, than it says.
_AT_LEAST = re.compile(r"以上|超|多|余|不低于|不少于|至少|力争|突破")
_AT_MOST = re.compile(r"以下|以内|不超|近|不高于|至多")


def head(side: Side) -> str:
    """What a row begins with."""
    return f"{literal(side.name)}："


def tell(question: str, comparison: Comparison, answers: Sequence[Answer]) -> Answer:
    """One answer of a row for each side, in their order, with the greater figure said at last if asked for.

    A side that is not answered is said so in a sentence; all refused is a refusal.
    """
    rows = [_row(side, answer) for side, answer in zip(comparison.sides, answers, strict=True)]
    whole = merge(question, rows)
    claim = _greater(comparison, answers, whole) if whole.answered else None
    if claim is None:
        return whole
    marks = "".join(f"[{number}]" for number in claim.numbers)
    return replace(whole, text=f"{whole.text}\n{claim.text}{marks}", claims=(*whole.claims, claim))


def _row(side: Side, answer: Answer) -> Answer:
    if not answer.answered:
        return answer
    first, *others = answer.claims or (None,)
    claims = (replace(first, text=f"{head(side)}{first.text}"), *others) if first else ()
    return replace(
        answer,
        text=f"{head(side)}{answer.text}",
        short_answer=f"{side.name}：{answer.short_answer}" if answer.short_answer else None,
        claims=tuple(claim for claim in claims if claim is not None),
    )


def _greater(comparison: Comparison, answers: Sequence[Answer], whole: Answer) -> Claim | None:
    """Which side's figure is the greater; `None` unless both are one figure of one unit, and cited."""
    if comparison.more not in _GREATER or len(answers) != _PAIR:
        return None
    figures = [_figure(answer) for answer in answers]
    numbers = [_number(answer, whole) for answer in answers]
    if None in figures or None in numbers:
        return None
    one, other = (figure for figure in figures if figure is not None)
    if one.unit != other.unit:
        return None
    names = [side.name for side in comparison.sides]
    shorts = [answer.short_answer or "" for answer in answers]
    cited = tuple(dict.fromkeys(number for number in numbers if number is not None))
    if one.value == other.value:
        if shorts[0] != shorts[1]:
            return None
        return Claim(f"{names[0]}与{names[1]}相同，都是{literal(shorts[0])}。", cited, supported=True)
    first, second = (0, 1) if one.value > other.value else (1, 0)
    if _AT_MOST.search(shorts[first]) or _AT_LEAST.search(shorts[second]):
        return None
    verb = _GREATER[comparison.more]
    text = f"{names[first]}（{literal(shorts[first])}）{verb}{names[second]}（{literal(shorts[second])}）。"
    return Claim(text, cited, supported=True)


def _figure(answer: Answer) -> Quantity | None:
    found = quantities(answer.short_answer or "") if answer.answered else ()
    return found[0] if len(found) == 1 else None


def _number(answer: Answer, whole: Answer) -> int | None:
    """The number, in the whole answer, of the citation that a side's short answer stands in."""
    short = answer.short_answer or ""
    holding = next((one for one in answer.citations if short and short in one.quote), None)
    if holding is None:
        return None
    return next((one.number for one in whole.citations if _place(one) == _place(holding)), None)


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.document_id, citation.start, citation.end
