"""The bodies of the OpenAI-compatible interface: messages become an Inquiry, answers become choices.

May import the contract and the records of `rag`.
"""

from time import time
from typing import Annotated, Any, Literal, Self
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from rag.answers import Answer
from rag.datatypes import Inquiry, Turn
from rag.errors import InvalidQuestion
from ui.contract import MOST_TURNS, CitationBody, ClaimBody
from ui.scoping import ScopeFields

MODEL = "zhiyin"
# What stands between streamed text and the final text where checking changed what had been sent.
CORRECTION = "\n\n（以上内容经核对后更正如下。）\n\n"

Finish = Literal["stop"] | None


class Part(BaseModel):
    """A piece of a message; only text is read."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """A message as other programs send it."""

    role: str
    content: str | list[Part] | None = None

    def text(self) -> str:
        """The words of the message."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatRequest(ScopeFields):
    """A conversation whose last question is to be answered; further options are accepted and unused."""

    model_config = ConfigDict(extra="ignore")
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MOST_TURNS)]
    model: str = MODEL
    stream: bool = False

    def inquiry(self) -> Inquiry:
        """The last user message with those before it. Raises InvalidQuestion when there is none."""
        said = [message for message in self.messages if message.role in ("user", "assistant")]
        if not said or said[-1].role != "user":
            raise InvalidQuestion("messages 的最后一条应是用户的问题（role 为 user）。")
        *before, question = said
        history = (
            Turn("user" if message.role == "user" else "assistant", message.text()) for message in before
        )
        return Inquiry(question.text(), history=tuple(history), scope=self.scope())


class Reply(BaseModel):
    """The answer as a message; citations and the check of its sentences in fields of their own."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    answered: bool
    citations: list[CitationBody]
    claims: list[ClaimBody]
    coverage: float


class Choice(BaseModel):
    """The only choice there is."""

    index: int = 0
    message: Reply
    finish_reason: Finish = "stop"


class Usage(BaseModel):
    """Nothing is metered."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class Completion(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage = Usage()

    @classmethod
    def of(cls, answer: Answer, model: str) -> Self:
        """The answer as a completion."""
        reply = Reply(
            content=answer.text,
            answered=answer.answered,
            citations=[CitationBody.of(citation) for citation in answer.citations],
            claims=[ClaimBody.of(claim) for claim in answer.claims],
            coverage=answer.coverage,
        )
        return cls(id=new_id(), created=int(time()), model=model, choices=[Choice(message=reply)])


class ChunkChoice(BaseModel):
    """What is new in a chunk."""

    index: int = 0
    delta: dict[str, Any]
    finish_reason: Finish = None


class Chunk(BaseModel):
    """A piece of a streamed answer."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]


class ModelBody(BaseModel):
    """A model that can be asked."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ModelsBody(BaseModel):
    """All models that can be asked: one."""

    object: Literal["list"] = "list"
    data: list[ModelBody] = [ModelBody()]


class Chunks:
    """Turns the events of one answer into chunks of one completion."""

    def __init__(self, model: str) -> None:
        self._id = new_id()
        self._created = int(time())
        self._model = model
        self._sent = ""

    def opening(self) -> Chunk:
        """Who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, text: str) -> Chunk:
        """More text."""
        self._sent += text
        return self._chunk({"content": text})

    def closing(self, answer: Answer) -> Chunk:
        """The rest of the text, or all of it again where checking changed it; and the citations."""
        agrees = answer.text.startswith(self._sent.rstrip())
        rest = answer.text[len(self._sent.rstrip()) :] if agrees else CORRECTION + answer.text
        delta = {
            "content": rest,
            "answered": answer.answered,
            "citations": [CitationBody.of(citation).model_dump() for citation in answer.citations],
            "claims": [ClaimBody.of(claim).model_dump() for claim in answer.claims],
            "coverage": answer.coverage,
        }
        return self._chunk(delta, finish="stop")

    def _chunk(self, delta: dict[str, Any], finish: Finish = None) -> Chunk:
        choice = ChunkChoice(delta=delta, finish_reason=finish)
        return Chunk(id=self._id, created=self._created, model=self._model, choices=[choice])


def new_id() -> str:
    """An identifier for one completion."""
    return f"chatcmpl-{uuid4().hex}"
