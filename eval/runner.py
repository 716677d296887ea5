"""Asks every question of a set and measures what comes back.

May import `rag`; never a sibling room.
"""

import os
import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import Protocol

from eval.audit import audit
from eval.dataset import Case
from eval.matching import character_f1, found_share, says
from eval.metrics import (
    CitedSpan,
    Places,
    citation_precision,
    citation_recall,
    covers,
    evidence_recall,
    quote_precision,
    quote_recall,
    supports,
)
from eval.outcome import Cited, EvaluationReport, Found, Machine, Outcome
from eval.shelf import Shelf
from eval.spans import Span
from rag.answers import Answer, Citation, Claim
from rag.datatypes import Hit, Inquiry
from rag.errors import DocumentNotFound
from rag.markers import strip
from rag.ports import ParagraphSource

DEPTH = 5  # paragraphs looked at for evidence


class Assistant(Protocol):
    """What is evaluated."""

    def ask(self, inquiry: Inquiry) -> Answer:
        """Answer or refuse."""
        ...

    def search(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        """Best paragraphs, best first."""
        ...


def evaluate(
    assistant: Assistant,
    questions: Sequence[Case],
    source: ParagraphSource,
    *,
    clock: Callable[[], float] = perf_counter,
) -> EvaluationReport:
    """Ask each question once, after one that is not timed, and measure the answers."""
    shelf = Shelf(source)
    located = [(case, shelf.locate(case)) for case in questions]
    if questions:
        assistant.ask(_inquiry(questions[0]))
    answers: list[tuple[Case, Answer, Outcome]] = []
    for case, evidence in located:
        hits = assistant.search(_inquiry(case, top_k=DEPTH))
        began = clock()
        answer = assistant.ask(_inquiry(case))
        milliseconds = (clock() - began) * 1000
        outcome = _measure(case, evidence, shelf, answer=answer, hits=hits, milliseconds=milliseconds)
        answers.append((case, answer, outcome))
    return EvaluationReport(
        outcomes=tuple(outcome for _, _, outcome in answers),
        answerers=tuple(sorted({answer.answerer for _, answer, _ in answers})),
        machine=_machine(),
        data=shelf.size,
        questions="",
        command="",
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _inquiry(case: Case, top_k: int | None = None) -> Inquiry:
    return Inquiry(question=case.question, history=case.history, top_k=top_k)


def _measure(
    case: Case,
    evidence: tuple[Places, ...],
    shelf: Shelf,
    *,
    answer: Answer,
    hits: tuple[Hit, ...],
    milliseconds: float,
) -> Outcome:
    ranked = shelf.spans([hit.paragraph for hit in hits])
    cited = [_cited_span(citation, shelf) for citation in answer.citations if answer.answered]
    share = _share(case, answer)
    return Outcome(
        id=case.id,
        type=case.type,
        question=case.question,
        refused=not answer.answered,
        correct=share == 1.0,
        share=share,
        unanswerable=case.unanswerable,
        confidence=answer.confidence,
        standalone=answer.standalone_question,
        expected=case.expected,
        needs="any" if case.answers else "all",
        evidence=case.evidence,
        text=answer.text,
        short_answer=answer.short_answer,
        citations=tuple(_cited(citation, evidence, shelf) for citation in answer.citations),
        found=tuple(_found(hit, span, evidence, shelf) for hit, span in zip(hits, ranked, strict=True)),
        recall_at_1=evidence_recall(ranked, evidence, k=1, needs=case.needs) if evidence else None,
        recall_at_5=evidence_recall(ranked, evidence, k=DEPTH, needs=case.needs) if evidence else None,
        answer_f1=_answer_f1(case, answer),
        short_right=_short_right(case, answer),
        short_f1=_short_f1(case, answer),
        citation_precision=citation_precision(cited, evidence) if evidence else None,
        citation_recall=citation_recall(cited, evidence, needs=case.needs) if evidence else None,
        quote_precision=quote_precision(cited, evidence) if evidence else None,
        quote_recall=quote_recall(cited, evidence, needs=case.needs) if evidence else None,
        support=answer.coverage if answer.answered else None,
        unsupported=tuple(_doubt(claim) for claim in answer.claims if not claim.supported),
        milliseconds=milliseconds,
        violations=audit(answer, shelf),
    )


def _share(case: Case, answer: Answer) -> float:
    """How much of the expected the answer says; for an unanswerable question, whether it is refused."""
    if case.unanswerable or not answer.answered:
        return float(bool(case.unanswerable) and not answer.answered)
    text = f"{answer.text}\n{answer.short_answer or ''}"
    if case.answers:
        return float(any(says(text, accepted) for accepted in case.answers))
    return found_share(text, case.all_of)


def _answer_f1(case: Case, answer: Answer) -> float | None:
    """The whole text, markers aside, against the nearest accepted answer, or all that is asked for."""
    if not (case.expected and answer.answered):
        return None
    wanted = case.answers or ("".join(case.all_of),)
    return max(character_f1(strip(answer.text), each) for each in wanted)


def _short_right(case: Case, answer: Answer) -> bool | None:
    """Whether the short answer says an accepted one or is a part of it ("22宗" of "22宗626亩")."""
    if not (case.answers and answer.answered and answer.short_answer):
        return None
    short = answer.short_answer
    return any(says(short, accepted) or says(accepted, short) for accepted in case.answers)


def _short_f1(case: Case, answer: Answer) -> float | None:
    if not (case.answers and answer.answered and answer.short_answer):
        return None
    return max(character_f1(answer.short_answer, accepted) for accepted in case.answers)


def _cited_span(citation: Citation, shelf: Shelf) -> CitedSpan:
    """The citation as measured; one into an unknown document is empty and supports nothing."""
    try:
        volume = shelf.volume(citation.document_id)
    except DocumentNotFound:
        nowhere = Span(citation.document_id, 0, 0)
        return CitedSpan(quote=nowhere, paragraph=nowhere)
    quote = volume.ruler.span(citation.start, citation.end)
    return CitedSpan(quote=quote, paragraph=volume.span_of(citation.paragraph) or quote)


def _cited(citation: Citation, evidence: tuple[Places, ...], shelf: Shelf) -> Cited:
    span = _cited_span(citation, shelf)
    return Cited(
        document=shelf.name(citation.document_id),
        paragraph=citation.paragraph,
        quote=citation.quote,
        correct=any(supports(span, places) for places in evidence) if evidence else None,
    )


def _doubt(claim: Claim) -> str:
    """A sentence that is not supported, and what of it was not found."""
    return f"{claim.text}（未见：{'、'.join(claim.missing)}）" if claim.missing else claim.text


def _found(hit: Hit, span: Span, evidence: tuple[Places, ...], shelf: Shelf) -> Found:
    return Found(
        document=shelf.name(hit.paragraph.document_id),
        paragraph=hit.paragraph.number,
        text=hit.paragraph.text,
        holds=any(covers(span, places) for places in evidence) if evidence else None,
    )


def _machine() -> Machine:
    return Machine(
        cpus=os.cpu_count() or 1,
        architecture=platform.machine(),
        system=platform.system(),
        python=platform.python_version(),
    )
