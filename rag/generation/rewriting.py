"""A follow-up made to stand alone by a language model, held against what the rules made of it.

May import the core.
"""

import logging
from collections.abc import Sequence

from rag.citing.support import check
from rag.datatypes import Question, Turn
from rag.errors import AnswererFailed
from rag.generation.chat_model import ChatModel, load_model
from rag.generation.prompt import compose_rewriting
from rag.generation.thought import without_thought
from rag.language.chinese import normalise
from rag.markers import strip
from rag.query.question import focus_words
from rag.settings import Settings

# Of the seconds that a whole answer may take, rewriting may use this share.
SHARE = 0.25
# A longer question says more than was asked.
LONGEST = 200

_log = logging.getLogger(__name__)
_QUOTES = "“”\"'「」 "


class ModelRewriter:
    """Asks a chat model; whatever is wrong with what it says, the rules' question stands."""

    def __init__(self, model: ChatModel, *, seconds: float) -> None:
        """`seconds` bounds the whole of it."""
        self._model = model
        self._seconds = seconds

    def rewrite(self, question: Question, history: Sequence[Turn]) -> str:
        """The standalone question: the model's if it is faithful, else `question.standalone`."""
        prompt = compose_rewriting(question.text, history)
        try:
            reply = "".join(self._model.reply(prompt.system, prompt.user, seconds=self._seconds))
        except AnswererFailed as failure:
            _log.warning("追问按规则补全：%s", failure)
            return question.standalone
        candidate = (without_thought(reply) or "").strip().strip(_QUOTES)
        return candidate if is_faithful(candidate, question, history) else question.standalone


def is_faithful(candidate: str, question: Question, history: Sequence[Turn]) -> bool:
    """Whether a rewritten question keeps what the rules found and adds nothing that was not said.

    Kept must be every figure, year, office, person and title of the rule-made question, and every
    word of what was asked; none may be added that neither the conversation nor the question holds.
    """
    if not 2 <= len(candidate) <= LONGEST or len(candidate.splitlines()) != 1:
        return False
    said = "\n".join([*(strip(turn.content) for turn in history), question.text, question.standalone])
    asked = focus_words(normalise(question.text))
    return (
        not check(question.standalone, [candidate]).missing
        and check(candidate, [said]).supported
        and all(word in normalise(candidate) for word in asked)
    )


def load_rewriter(settings: Settings) -> ModelRewriter:
    """The rewriter for `RAG_LLM`; raises as `load_model`."""
    return ModelRewriter(load_model(settings), seconds=settings.llm_timeout * SHARE)
