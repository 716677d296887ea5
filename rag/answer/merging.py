"""One answer of the answers to several questions asked at once, told in their order.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.answers import Answer, Citation, Claim, Refusal, Timings
from rag.markers import literal, renumbered


def merge(question: str, answers: Sequence[Answer]) -> Answer:
    """The answers to the parts of a question as one: citations numbered once, short answers by ；.

    Answered when any part is, as surely as the least sure of those; what is refused beside it is said
    in a sentence, without the places nearest to it. `answers` must not be empty.
    """
    told = [answer for answer in answers if answer.answered]
    citations: list[Citation] = []
    claims: list[Claim] = []
    lines: list[str] = []
    for answer in answers:
        if told and not answer.answered:
            text = literal(answer.refusal.message) if answer.refusal else ""
        else:
            numbers = _numbered(answer, citations)
            text = renumbered(answer.text, numbers)
            claims += (
                replace(claim, numbers=tuple(numbers[number] for number in claim.numbers))
                for claim in answer.claims
            )
        # One sentence may answer two of the parts.
        lines += [line for line in text.splitlines() if line not in lines]
    known = told or answers
    first = known[0]
    return replace(
        first,
        question=question,
        standalone_question="".join(answer.standalone_question for answer in answers),
        text="\n".join(lines),
        short_answer="；".join(dict.fromkeys(each.short_answer for each in told if each.short_answer))
        or None,
        citations=tuple(citations),
        refusal=None if told else _refusal(answers),
        confidence=min(answer.confidence for answer in known),
        timings=_timings(answers),
        claims=tuple(dict.fromkeys(claims)),
    )


def _numbered(answer: Answer, citations: list[Citation]) -> dict[int, int]:
    """The number among all of each citation of an answer, which is put to them unless it is there."""
    numbers: dict[int, int] = {}
    for citation in answer.citations:
        same = next((one.number for one in citations if _same(one, citation)), None)
        if same is None:
            same = len(citations) + 1
            citations.append(replace(citation, number=same))
        numbers[citation.number] = same
    return numbers


def _same(one: Citation, other: Citation) -> bool:
    return (one.document_id, one.start, one.end) == (other.document_id, other.start, other.end)


def _refusal(answers: Sequence[Answer]) -> Refusal | None:
    refusals = [answer.refusal for answer in answers if answer.refusal is not None]
    if not refusals:
        return None
    return Refusal(refusals[0].reason, "".join(dict.fromkeys(refusal.message for refusal in refusals)))


def _timings(answers: Sequence[Answer]) -> Timings:
    return Timings(
        retrieve=round(sum(answer.timings.retrieve for answer in answers), 3),
        answer=round(sum(answer.timings.answer for answer in answers), 3),
        total=round(sum(answer.timings.total for answer in answers), 3),
    )
