"""From evidence to an answer: who writes it, what it cites, what is checked, when it is refused.

May import the core. The order is: decide, write, cite, check; each step is its own module.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from rag.answer.apart import Apart
from rag.answer.extractive import ExtractiveAnswerer
from rag.answer.listing import count, is_told, lines, untold
from rag.answer.refusal import nearest, refuse
from rag.answer.short_answer import quoted, short_answer
from rag.answers import Answer, AnswerEvent, Delta, Done, Retrieved, Timings
from rag.citing.citation import CitedText, cite, marked_sentences
from rag.citing.claims import claims
from rag.citing.support import check
from rag.datatypes import Evidence, Hit, Inquiry, Question
from rag.documents.tasks import TaskList, surely_of_tasks
from rag.errors import AnswererFailed
from rag.generation.prompt import REFUSAL
from rag.markers import used
from rag.matching.overlap import Matcher
from rag.ports import Answerer, ParagraphSource
from rag.reading.evidence import in_context
from rag.scope import Scope

FALLBACK_NOTE = "（语言模型未能作答，以上直接摘自原文。）"
# A sentence that ends so goes on in its line.
_HALVES = ("；", ";")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question on its way to an answer; each step fills in its part.

    `started` is a `perf_counter` reading in seconds, `retrieve_ms` what finding and reading took;
    `tasks` is the list of records asked for, empty when none names who is asked for; `apart` is what the
    answer that is taken from the sentences themselves tells apart.
    """

    inquiry: Inquiry
    question: Question
    started: float
    evidence: Evidence = Evidence()
    confidence: float = 0.0
    retrieve_ms: float = 0.0
    tasks: TaskList | None = None
    apart: Apart = Apart()

    @property
    def listed(self) -> TaskList | None:
        """The list that is the answer: complete, from the records."""
        return self.tasks if self.tasks is not None and self.tasks.hits else None

    @property
    def untold(self) -> str:
        """What the records do not say, where nothing else says it either; "" where it may be said."""
        if self.tasks is None or self.tasks.hits or not surely_of_tasks(self.question):
            return ""
        return "" if is_told(self.tasks, self.evidence) else untold(self.tasks)


class Answering:
    """Writes the answer with the language model if there is one, else from the sentences themselves."""

    def __init__(
        self,
        source: ParagraphSource,
        matcher: Matcher,
        *,
        extractive: ExtractiveAnswerer,
        llm: Answerer | None,
        threshold: float,
    ) -> None:
        """`threshold` is the confidence below which the extractive answerer says it does not know."""
        self._source = source
        self._matcher = matcher
        self._extractive = extractive
        self._llm = llm
        self._threshold = threshold

    def stream(self, prepared: Prepared) -> Iterator[AnswerEvent]:
        """What was found, the text as it is written, and at last the whole checked answer."""
        yield Retrieved(prepared.evidence.hits)
        if prepared.listed is not None:
            # A complete list from the records needs no writer, who could only lose some of it.
            yield from self._told(prepared, lines(prepared.listed), note="")
        elif prepared.untold:
            yield self._refused(prepared, self._extractive.name)
        elif self._llm is not None and prepared.evidence.hits:
            failed = yield from self._ask_model(self._llm, prepared)
            if not failed:
                return
            yield from self._extract(prepared, note=FALLBACK_NOTE)
        else:
            yield from self._extract(prepared, note="")

    def _ask_model(self, llm: Answerer, prepared: Prepared) -> Generator[AnswerEvent, None, bool]:
        """Stream the model's answer; returns whether it failed and another must be given."""
        text = ""
        try:
            for piece in llm.stream(prepared.question, prepared.evidence, started=prepared.started):
                if piece == REFUSAL:
                    yield self._refused(prepared, llm.name)
                    return False
                text += piece
                yield Delta(piece)
        except AnswererFailed:
            return True
        supported = keep_supported(text, prepared.evidence.hits)
        if not used(supported):
            return True
        yield self._done(prepared, supported, llm.name)
        return False

    def _extract(self, prepared: Prepared, *, note: str) -> Iterator[AnswerEvent]:
        if prepared.confidence < self._threshold or not prepared.evidence.passages:
            yield self._refused(prepared, self._extractive.name)
            return
        question, evidence = prepared.question, prepared.evidence
        prepared = replace(prepared, apart=Apart.of(question, evidence))
        yield from self._told(
            prepared, self._extractive.stream(question, evidence, prepared.apart), note=note
        )

    def _told(self, prepared: Prepared, pieces: Iterator[str], *, note: str) -> Iterator[AnswerEvent]:
        text = ""
        for piece in pieces:
            text += piece
            yield Delta(piece)
        yield self._done(prepared, text, self._extractive.name, note=note)

    def _done(self, prepared: Prepared, text: str, answerer: str, *, note: str = "") -> Done:
        """The whole answer; `note` is said below it and claims nothing of the documents."""
        hits = prepared.evidence.hits
        # What a task list rests on are its records, each whole: who leads stands in their last line.
        cited = cite(text.strip(), hits, self._source, whole=prepared.listed is not None)
        known = (count(prepared.listed),) if prepared.listed is not None else ()
        answer = _answer(prepared, cited, answerer)
        return Done(
            replace(
                answer,
                text=f"{answer.text}\n{note}" if note else answer.text,
                short_answer=self._short(prepared, cited, answerer),
                answered=True,
                claims=claims(cited, hits, known=known),
            )
        )

    def _refused(self, prepared: Prepared, answerer: str) -> Done:
        evidence = prepared.evidence
        refusal = refuse(
            prepared.question,
            evidence,
            empty=not self._source.documents(limit=1),
            bounded=prepared.inquiry.scope != Scope(),
            untold=prepared.untold,
        )
        # What is nearest is the best passage of each paragraph; the words of a refusal say nothing of it.
        spans = {
            each.handle: (each.start, each.end) for each in reversed(evidence.passages) if each.text.strip()
        }
        cited = cite(nearest(refusal, evidence), evidence.hits, self._source, whole=True, spans=spans)
        return Done(replace(_answer(prepared, cited, answerer), refusal=refusal))

    def _short(self, prepared: Prepared, cited: CitedText, answerer: str) -> str | None:
        if prepared.listed is not None:
            return count(prepared.listed) if prepared.question.kind == "number" else None
        paragraphs = {
            (hit.paragraph.document_id, hit.paragraph.number): hit.paragraph for hit in prepared.evidence.hits
        }
        quotes = [
            quoted(citation.quote, paragraphs[citation.document_id, citation.paragraph], prepared.evidence)
            for citation in cited.citations
        ]
        if answerer != self._extractive.name:
            return short_answer(prepared.question, quotes, self._matcher)
        if prepared.apart.disputed:
            sides = (short_answer(prepared.question, [quote], self._matcher) for quote in quotes)
            return "；".join(dict.fromkeys(side for side in sides if side)) or None
        if not prepared.apart.editions:
            return short_answer(prepared.question, quotes, self._matcher)
        # The newest edition is told first; what it says is not so of the others.
        short = short_answer(prepared.question, quotes[:1], self._matcher)
        year = prepared.evidence.hits[prepared.apart.editions[0].handle - 1].year
        return f"{short}（{year}年）" if short else None


def keep_supported(text: str, hits: tuple[Hit, ...]) -> str:
    """The sentences that what they cite supports, each with its markers.

    One without a marker is held against all that is cited, and gets the handles that support it; half a
    sentence needs none where the other half has them.
    """
    told = {
        handle: "\n".join(in_context(hits[handle - 1], hits[handle - 1].paragraph.text))
        for handle in used(text)
    }
    kept: list[str] = []
    # From the last: whether half a sentence needs handles is seen from the other half.
    for sentence in reversed(marked_sentences(text)):
        handles = used(sentence)
        if not _is_supported(sentence, handles or tuple(told), told):
            continue
        goes_on = sentence.rstrip().endswith(_HALVES) and kept and not kept[-1].startswith("\n")
        if handles or (goes_on and _is_supported(sentence, used(kept[-1]), told)):
            kept.append(sentence)
        else:
            kept.append(_with_markers(sentence, _supporting(sentence, told)))
    return "".join(reversed(kept))


def _is_supported(sentence: str, handles: Sequence[int], told: Mapping[int, str]) -> bool:
    return bool(handles) and check(sentence, [told[handle] for handle in handles]).supported


def _supporting(sentence: str, told: Mapping[int, str]) -> tuple[int, ...]:
    """The first of the handles that supports it alone, else all but those it can do without."""
    for handle in told:
        if _is_supported(sentence, (handle,), told):
            return (handle,)
    needed = tuple(told)
    for handle in told:
        others = tuple(other for other in needed if other != handle)
        if _is_supported(sentence, others, told):
            needed = others
    return needed


def _with_markers(sentence: str, handles: Sequence[int]) -> str:
    body = sentence.rstrip()
    return body + "".join(f"[{handle}]" for handle in handles) + sentence[len(body) :]


def _answer(prepared: Prepared, cited: CitedText, answerer: str) -> Answer:
    """What an answer and a refusal have in common."""
    return Answer(
        question=prepared.question.text,
        standalone_question=prepared.question.standalone,
        text=cited.text,
        citations=cited.citations,
        confidence=round(prepared.confidence, 4),
        answerer=answerer,
        timings=_timings(prepared),
    )


def _timings(prepared: Prepared) -> Timings:
    total = (perf_counter() - prepared.started) * 1000
    return Timings(
        retrieve=round(prepared.retrieve_ms, 3),
        answer=round(total - prepared.retrieve_ms, 3),
        total=round(total, 3),
    )
