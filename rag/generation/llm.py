"""A chat model as an answerer: which sentences of a reply may be shown, and when the reply is of no use.

May import the core.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

from rag.citing.citation import marked_sentences
from rag.citing.support import check
from rag.datatypes import Evidence, Hit, Question
from rag.errors import AnswererFailed
from rag.generation.chat_model import ChatModel, load_model
from rag.generation.prompt import REFUSAL, Prompt, compose
from rag.generation.thought import THOUGHT, without_thought
from rag.markers import MarkerStream, used
from rag.reading.evidence import in_context
from rag.settings import Settings

# Longest answer taken from a model, in characters.
ANSWER_CHARACTERS = 4000

_log = logging.getLogger(__name__)
_BEFORE_REFUSAL = "“”\"'「*# \n"


class ChatModelAnswerer:
    """Writes the answer with a chat model from numbered paragraphs (`rag.generation.prompt`)."""

    def __init__(self, model: ChatModel, *, timeout: float, paragraphs: int, tokens: int) -> None:
        """`timeout` bounds a whole answer in seconds, `paragraphs` and `tokens` what it is written from."""
        self._model = model
        self._timeout = timeout
        self._paragraphs = paragraphs
        self._tokens = tokens

    @property
    def name(self) -> str:
        """The model's name as set."""
        return self._model.name

    def stream(
        self, question: Question, evidence: Evidence, *, started: float | None = None
    ) -> Iterator[str]:
        """The answer sentence by sentence, or `REFUSAL` alone; raises AnswererFailed when it is unusable.

        A sentence comes when it is whole and stands in what it cites, so none has to be taken back;
        one that does not is left out. While there is none, an empty piece comes each second. Closing
        the iterator ends the request. The time allowed counts from `started`, a `perf_counter` reading.
        """
        spent = perf_counter() - started if started is not None else 0.0
        try:
            yield from self._shown(question, evidence, max(self._timeout - spent, 0.0))
        except AnswererFailed as failure:
            _log.warning("不用模型的回答：%s", failure)
            raise

    def _shown(self, question: Question, evidence: Evidence, seconds: float) -> Iterator[str]:
        prompt = compose(question, evidence, paragraphs=self._paragraphs, tokens=self._tokens)
        opening, cites = Opening(), False
        for sentence in self._sentences(prompt, opening, seconds):
            if THOUGHT[1] in sentence:
                raise AnswererFailed(
                    f"模型 {self.name} 把思考写进了回答，请在模型服务上关闭思考或打开 reasoning parser。"
                )
            if not sentence:
                yield ""
            elif standing := _standing(sentence, evidence.hits[: prompt.count]):
                cites = cites or bool(used(standing))
                yield standing
        if opening.refused:
            yield REFUSAL
        elif not cites:
            raise AnswererFailed(f"模型 {self.name} 的回答没有一句有出处可依，不能采用。")

    def _sentences(self, prompt: Prompt, opening: "Opening", seconds: float) -> Iterator[str]:
        """Whole sentences of the reply as they come, their markers cleaned, "" while there is none."""
        markers, whole = MarkerStream(prompt.count), Whole()
        taken = 0
        for text in self._model.reply(prompt.system, prompt.user, seconds=seconds):
            if not text:
                yield ""
            piece = opening.feed(text)
            if opening.refused:
                return
            taken += len(piece)
            if taken > ANSWER_CHARACTERS:
                raise AnswererFailed(f"模型 {self.name} 的回答超过 {ANSWER_CHARACTERS} 字，不能采用。")
            yield from whole.feed(markers.feed(piece))
        yield from whole.feed(markers.feed(opening.flush()) + markers.flush())
        yield from whole.flush()


class Whole:
    """Holds back each sentence until it is over, the markers behind its stop included."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> list[str]:
        """Take the next piece; returns the sentences that are over."""
        *over, self._held = marked_sentences(self._held + piece) or [self._held + piece]
        return over

    def flush(self) -> list[str]:
        """The text is over, and with it the last sentence."""
        last, self._held = self._held, ""
        return [last] if last else []


class Opening:
    """Holds back the start of a reply until it is known to be neither a thought nor the refusal."""

    def __init__(self) -> None:
        self.refused = False
        self._held = ""
        self._decided = False

    def feed(self, piece: str) -> str:
        """Take the next piece; returns what is known to be answer."""
        if self._decided:
            return piece
        self._held += piece
        start = without_thought(self._held)
        if start is None:
            return ""
        bare = start.lstrip(_BEFORE_REFUSAL)
        self.refused = bare.startswith(REFUSAL)
        if self.refused or REFUSAL.startswith(bare):
            return ""
        self._decided, self._held = True, ""
        return start

    def flush(self) -> str:
        """The reply is over: what was still held back, less an unfinished thought."""
        return "" if self._decided else without_thought(self._held) or ""


def _standing(sentence: str, hits: Sequence[Hit]) -> str:
    """The sentence with those of its markers that hold it; "" when what it cites does not hold it.

    Without a marker all that was handed over may. A marker goes when its paragraph does not hold the
    sentence alone and is not needed beside the others.
    """
    handles = list(used(sentence))
    if not _holds(handles or range(1, len(hits) + 1), sentence, hits):
        return ""
    for handle in handles.copy():
        others = [other for other in handles if other != handle]
        if others and not _holds([handle], sentence, hits) and _holds(others, sentence, hits):
            handles = others
            sentence = sentence.replace(f"[{handle}]", "")
    return sentence


def _holds(handles: Iterable[int], sentence: str, hits: Sequence[Hit]) -> bool:
    cited = ["\n".join(in_context(hit, hit.paragraph.text)) for hit in (hits[each - 1] for each in handles)]
    return check(sentence, cited).supported


def load_answerer(settings: Settings) -> ChatModelAnswerer:
    """The answerer for `RAG_LLM`; raises SettingsError or ModelUnavailable when it cannot be had."""
    return ChatModelAnswerer(
        load_model(settings),
        timeout=settings.llm_timeout,
        paragraphs=settings.llm_paragraphs,
        tokens=settings.llm_tokens,
    )
