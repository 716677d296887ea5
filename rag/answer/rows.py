"""The answers to the sides of a comparison as one: a table of a row for each, and whose figure is greater.

May import the core. Nothing is reckoned: what is said of two figures names both, each with its citation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.merging import merge
from rag.answers import Answer, Citation, Claim
from rag.language.numerals import Quantity, quantities
from rag.markers import literal
from rag.query.sides import Comparison, Side

_PAIR = 2
# What is asked of figures; 快 and 早 are not told by the greater number.
_GREATER = {"高": "高于", "低": "高于", "多": "多于", "少": "多于", "大": "大于", "小": "大于"}
# A figure that is only a bound may be greater, or less, than it says.
_AT_LEAST = re.compile(r"以上|超|多|余|不低于|不少于|至少|力争|突破")
_AT_MOST = re.compile(r"以下|以内|不超|近|不高于|至多")
# A row of a table begins with it, and each of its cells.
_CELL = "|"
_NO_VALUE = "—"


def tell(question: str, comparison: Comparison, answers: Sequence[Answer]) -> Answer:
    """One answer of a row for each side, in their order, with the greater figure said at last if asked for.

    The rows are a Markdown table where two sides at least have a short value to set side by side, else
    sentences under the names of their sides. A side that is not answered is said so in a sentence; all
    refused is a refusal.
    """
    tabled = _is_table(answers)
    rows = [_row(side, answer, tabled) for side, answer in zip(comparison.sides, answers, strict=True)]
    whole = merge(question, rows)
    claim = _greater(comparison, answers, whole) if whole.answered else None
    beside = [f"{claim.text}{_marks(claim.numbers)}"] if claim else []
    if tabled:
        table, others = _parted(whole.text)
        text = "\n\n".join(("\n".join((*_header(comparison), *table)), *others, *beside))
    else:
        text = "\n".join((whole.text, *beside))
    return replace(whole, text=text, claims=(*whole.claims, claim) if claim else whole.claims)


def begun(comparison: Comparison, answers: Sequence[Answer]) -> str:
    """What the whole answer surely begins with when only the first sides are answered yet; "" if nothing."""
    if not _is_table(answers):
        return ""
    rows = [_row(side, answer, True) for side, answer in zip(comparison.sides, answers, strict=False)]
    table, _ = _parted(merge("", rows).text)
    return "\n".join((*_header(comparison), *table))


def _is_table(answers: Sequence[Answer]) -> bool:
    """Whether two sides have a short value, figures of one unit, and neither is itself told in a table."""
    # The first two decide: what has been streamed is not taken back.
    told = [answer for answer in answers if _holding(answer) is not None][:_PAIR]
    # Shares beside sums are not answers to one question.
    units = {figure.unit for figure in map(_figure, told) if figure is not None}
    return len(told) == _PAIR and len(units) <= 1 and not any(one.text.startswith(_CELL) for one in told)


def _header(comparison: Comparison) -> tuple[str, str]:
    return f"| {comparison.of} | 答案 | 依据 |", "|---|---|---|"


def _parted(text: str) -> tuple[list[str], list[str]]:
    """The lines of the table, and the others."""
    lines = text.splitlines()
    return [one for one in lines if one.startswith(_CELL)], [
        one for one in lines if not one.startswith(_CELL)
    ]


def _row(side: Side, answer: Answer, tabled: bool) -> Answer:  # noqa: FBT001 - one of two ways to tell
    if not answer.answered:
        return answer
    short = f"{side.name}：{answer.short_answer}" if answer.short_answer else None
    return replace(_in_cells(side, answer) if tabled else _under_name(side, answer), short_answer=short)


def _under_name(side: Side, answer: Answer) -> Answer:
    """The answer as sentences that begin with the name of its side."""
    head = f"{literal(side.name)}："
    first, *others = answer.claims or (None,)
    claims = (replace(first, text=f"{head}{first.text}"), *others) if first else ()
    return replace(answer, text=f"{head}{answer.text}", claims=claims)


def _in_cells(side: Side, answer: Answer) -> Answer:
    """The answer as a row of a table: the side, its short value and the sentences that hold it."""
    holding, told = _holding(answer), _cell(answer.text)
    claims = tuple(replace(claim, text=_cell(claim.text)) for claim in answer.claims)
    if holding is None or answer.short_answer is None:
        return replace(answer, text=f"| {_cell(literal(side.name))} | {_NO_VALUE} | {told} |", claims=claims)
    value = f"{_cell(literal(side.name))} | {_cell(literal(answer.short_answer))}"
    # It stands in what it cites, character by character.
    claim = Claim(value, (holding.number,), supported=True)
    text = f"| {value}{_marks(claim.numbers)} | {told} |"
    return replace(answer, text=text, claims=(claim, *claims))


def _cell(text: str) -> str:
    """A text in one line, without what would end its cell."""
    return "".join(text.splitlines()).replace(_CELL, "｜")


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


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


def _holding(answer: Answer) -> Citation | None:
    """The citation that an answer's short value stands in."""
    short = answer.short_answer if answer.answered else None
    return next((one for one in answer.citations if short and short in one.quote), None)


def _number(answer: Answer, whole: Answer) -> int | None:
    """The number, in the whole answer, of the citation that a side's short answer stands in."""
    holding = _holding(answer)
    if holding is None:
        return None
    return next((one.number for one in whole.citations if _place(one) == _place(holding)), None)


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.document_id, citation.start, citation.end
