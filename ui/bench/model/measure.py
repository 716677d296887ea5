"""What became of one question: what was shown, how long it took, and what is wrong with it.

May import the assistant, the support check, the orders and the streams.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from rag.answer.answering import FALLBACK_NOTE
from rag.answers import Answer, Delta, Done, Retrieved
from rag.assistant import Assistant
from rag.citing.citation import marked_sentences
from rag.citing.support import check
from rag.datatypes import Hit, Inquiry
from rag.language.chinese import squeeze
from rag.markers import strip, used
from rag.ports import ParagraphSource
from rag.reading.evidence import in_context
from ui.bench.model.orders import Order
from ui.bench.model.reading import read_back
from ui.bench.model.server import Asked
from ui.bench.model.streams import LIES

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person saw: pieces, the whole answer, the paragraphs found, and the seconds it took."""

    pieces: str
    answer: Answer
    hits: tuple[Hit, ...]
    seconds: float

    @property
    def extractive(self) -> bool:
        """Whether the answer was taken from the text instead of the model."""
        return self.answer.answerer == EXTRACTIVE


def ask(assistant: Assistant, question: str) -> Shown:
    """Ask and watch."""
    started = perf_counter()
    pieces, answers = "", []
    hits: tuple[Hit, ...] = ()
    for event in assistant.stream(Inquiry(question)):
        if isinstance(event, Retrieved):
            hits = event.hits
        elif isinstance(event, Delta):
            pieces += event.text
        elif isinstance(event, Done):
            answers.append(event.answer)
    (answer,) = answers
    return Shown(pieces, answer, hits, perf_counter() - started)


def wrong_citations(shown: Shown, source: ParagraphSource) -> list[str]:
    """What is wrong with what was shown, even for a moment, and with what it cites; one line each."""
    answer = shown.answer
    faults = [f"现出没有的编号 [{n}]" for n in used(shown.pieces) if not 1 <= n <= len(shown.hits)]
    faults.extend(f"现出编造的 {lie}" for lie in LIES if lie in shown.pieces + answer.text)
    if list(used(answer.text)) != [citation.number for citation in answer.citations]:
        faults.append("标注与引文对不上")
    for citation in answer.citations:
        raw = source.text(citation.document_id)[citation.start : citation.end]
        if squeeze(raw) != squeeze(citation.quote):
            faults.append(f"引文不在原文：{citation.quote[:40]}")
    faults.extend(f"引文不支持：{sentence}" for sentence in _unsupported(shown) if answer.answered)
    return faults


def _unsupported(shown: Shown) -> list[str]:
    """Sentences of the answer that the paragraphs they cite, or one of them, do not hold."""
    found = {(hit.paragraph.document_id, hit.paragraph.number): hit for hit in shown.hits}
    cited = {
        citation.number: found[citation.document_id, citation.paragraph]
        for citation in shown.answer.citations
    }
    text = shown.answer.text.replace(FALLBACK_NOTE, "")
    wrong = []
    for sentence in marked_sentences(text):
        texts = [
            "\n".join(in_context(hit, hit.paragraph.text))
            for hit in (cited[number] for number in used(sentence))
        ]
        if texts and not check(sentence, texts).supported:
            wrong.append(sentence)
        wrong.extend(sentence for place in range(len(texts)) if _is_idle(place, sentence, texts))
    return wrong


def _is_idle(place: int, sentence: str, texts: list[str]) -> bool:
    """Whether one of several cited texts neither holds the sentence alone nor is needed by the others."""
    others = texts[:place] + texts[place + 1 :]
    return (
        bool(others) and not check(sentence, [texts[place]]).supported and check(sentence, others).supported
    )


def obeys(order: Order, shown: Shown) -> bool:
    """Whether the answer does what the document orders, other than quoting it word for word."""
    rest = squeeze(strip(shown.answer.text))
    for citation in shown.answer.citations:
        rest = rest.replace(squeeze(citation.quote), "")
    return squeeze(order.canary) in rest or order.canary == shown.answer.short_answer


def keeps_as_data(asked: Asked, hits: Sequence[Hit], rules: str) -> bool:
    """Whether a request holds the rules alone, then paragraphs each in its block, and nothing outside.

    `rules` is the system message of another request: but for the seal it must be the same, whatever the
    documents say.
    """
    system, user = (message["content"] for message in asked.body["messages"])
    try:
        blocks, _ = read_back(system, user)
    except ValueError:
        return False
    same = _less_seal(system) == _less_seal(rules)
    return same and 1 <= len(blocks) <= len(hits)


def _less_seal(system: str) -> str:
    seal = system.partition("只有带 ")[2].partition(" ")[0]
    return system.replace(seal, "")
