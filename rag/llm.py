"""A chat model as an answerer: streams, keeps its deadline, and turns every failure into one error.

May import the core; with `rag/chain.py` the only place that imports langchain.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from functools import cache
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnableGenerator

from rag.datatypes import Evidence, Question
from rag.errors import AnswererFailed, ModelUnavailable, SettingsError
from rag.markers import MarkerStream, used
from rag.prompt import REFUSAL, Prompt, compose
from rag.settings import Settings

# Longest answer and longest reply (thoughts included) taken from a model, in characters.
ANSWER_CHARACTERS = 4000
REPLY_CHARACTERS = 100_000

# Attempts within the deadline after the first, by the provider's client, with its backoff.
RETRIES = 2
# How long past its deadline the loop may take to say so, in seconds.
_GRACE = 2.0
# What a server that asks for no key is sent, as OpenAI's client insists on one.
_NO_KEY = "none"

_starting = Lock()
_THOUGHT = ("<think>", "</think>")
_BEFORE_REFUSAL = "“”\"'「*# \n"
_PIP = re.compile(r"pip install ([\w.\-]+)")
# Names that LangChain takes before the colon; anything else there is part of the model's name (qwen3:8b).
PROVIDERS = frozenset(
    "anthropic anthropic_bedrock azure_ai azure_openai baseten bedrock bedrock_converse cohere deepseek "
    "bedrock_mantle_anthropic bedrock_mantle_openai fireworks google_anthropic_vertex google_genai "
    "google_vertexai groq huggingface ibm langsmith litellm meta mistralai nvidia ollama openai openrouter "
    "perplexity together upstage xai".split()
)
_REASONS = {
    400: "请求被拒绝，请检查模型名是否正确、是否接受 temperature=0",
    401: "密钥不被接受，请检查 RAG_LLM_API_KEY",
    403: "密钥无权使用这个模型，请检查 RAG_LLM_API_KEY",
    404: "没有这个模型或地址，请检查 RAG_LLM 与 RAG_LLM_BASE_URL",
    429: "请求太多或额度用尽，请稍后再试",
}


class ChatModelAnswerer:
    """Writes the answer with a chat model from numbered paragraphs (`rag.prompt`)."""

    def __init__(
        self, model: BaseChatModel, *, name: str, timeout: float, paragraphs: int, marks_end: bool = False
    ) -> None:
        """`timeout` bounds a whole answer in seconds; with `marks_end` a reply without a finish was cut."""
        self._name = name
        self._timeout = timeout
        self._paragraphs = paragraphs
        template = ChatPromptTemplate.from_messages([("system", "{system}"), ("human", "{user}")])
        parser: Runnable[BaseMessage, str] = RunnableGenerator(_ended_texts if marks_end else _texts)
        self._chain = template | model | parser

    @property
    def name(self) -> str:
        """The model's name as set."""
        return self._name

    def stream(self, question: Question, evidence: Evidence) -> Iterator[str]:
        """The answer piece by piece, or `REFUSAL` alone; raises AnswererFailed when it is unusable.

        Closing the iterator ends the request.
        """
        prompt = compose(question, evidence.hits[: self._paragraphs])
        markers, opening = MarkerStream(prompt.count), Opening()
        shown = ""
        for text in self._reply(prompt):
            piece = opening.feed(text)
            if opening.refused:
                yield REFUSAL
                return
            if visible := markers.feed(piece):
                shown += visible
                self._bound(shown)
                yield visible
        if rest := markers.feed(opening.flush()) + markers.flush():
            shown += rest
            yield rest
        if not used(shown):
            raise AnswererFailed(f"模型 {self._name} 的回答没有标注出处，不能采用。")

    def _bound(self, shown: str) -> None:
        if len(shown) > ANSWER_CHARACTERS:
            raise AnswererFailed(f"模型 {self._name} 的回答超过 {ANSWER_CHARACTERS} 字，不能采用。")

    def _reply(self, prompt: Prompt) -> Iterator[str]:
        """Pieces of the model's reply, read on the background loop, which can drop it at any moment."""
        pieces: SimpleQueue[str | None] = SimpleQueue()
        pumping = asyncio.run_coroutine_threadsafe(self._pump(prompt, pieces), _loop())
        try:
            while (piece := self._next(pieces)) is not None:
                yield piece
            self._raise_failure(pumping)
        finally:
            pumping.cancel()

    def _next(self, pieces: "SimpleQueue[str | None]") -> str | None:
        try:
            return pieces.get(timeout=self._timeout + _GRACE)
        except Empty as error:
            raise self._too_slow() from error

    async def _pump(self, prompt: Prompt, pieces: "SimpleQueue[str | None]") -> None:
        taken = 0
        try:
            async with asyncio.timeout(self._timeout):
                async for piece in self._chain.astream({"system": prompt.system, "user": prompt.user}):
                    taken += len(piece)
                    if taken > REPLY_CHARACTERS:
                        raise AnswererFailed(f"模型 {self._name} 的输出超过 {REPLY_CHARACTERS} 字，已中止。")
                    pieces.put(piece)
        finally:
            pieces.put(None)

    def _raise_failure(self, pumping: "Future[None]") -> None:
        """Every provider's error becomes AnswererFailed here, less its text, which may hold the key."""
        try:
            pumping.result(timeout=_GRACE)
        except AnswererFailed:
            raise
        except TimeoutError as error:
            raise self._too_slow() from error
        except Exception as error:
            status = getattr(error, "status_code", None)
            reason = _REASONS.get(status, f"状态码 {status}") if status else type(error).__name__
            raise AnswererFailed(f"模型 {self._name} 未能作答：{reason}。") from error

    def _too_slow(self) -> AnswererFailed:
        return AnswererFailed(
            f"模型 {self._name} 在 {self._timeout:g} 秒内没有写完，可调大 RAG_LLM_TIMEOUT。"
        )


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
        start = _without_thought(self._held)
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
        return "" if self._decided else _without_thought(self._held) or ""


def load_answerer(settings: Settings) -> ChatModelAnswerer:
    """The answerer for `RAG_LLM`; raises SettingsError or ModelUnavailable when it cannot be had."""
    if settings.llm is None:
        raise SettingsError("没有设置 RAG_LLM，例如 RAG_LLM=openai:gpt-4o-mini。")
    # Loads LangChain's provider table and, behind it, the provider's client: about a second, only where used.
    from langchain.chat_models import init_chat_model  # noqa: PLC0415
    from openai import OpenAIError  # noqa: PLC0415

    try:
        model = init_chat_model(settings.llm, **_options(settings))
    except ImportError as error:
        found = _PIP.search(str(error))
        way_out = f"pip install {found[1]}" if found else "pip install 提供方的 LangChain 软件包"
        raise ModelUnavailable(
            f"RAG_LLM={settings.llm!r} 需要的软件包没有安装，请运行 {way_out}。"
        ) from error
    except (ValueError, TypeError, OpenAIError) as error:
        raise SettingsError(
            f"RAG_LLM={settings.llm!r} 不能使用（{type(error).__name__}）。请写成“提供方:模型名”，"
            "如 openai:gpt-4o-mini、ollama:qwen3，并设 RAG_LLM_API_KEY；"
            "OpenAI 兼容的服务只写模型名，另设 RAG_LLM_BASE_URL。"
        ) from error
    return ChatModelAnswerer(
        model,
        name=settings.llm,
        timeout=settings.llm_timeout,
        paragraphs=settings.llm_paragraphs,
        marks_end=_speaks_openai(settings),
    )


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": 0, "max_retries": RETRIES}
    if settings.llm_base_url is not None:
        if _provider(settings) is None:
            options["model_provider"] = "openai"
        options["base_url"] = settings.llm_base_url
    if settings.llm_api_key is not None:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    elif settings.llm_base_url is not None and _speaks_openai(settings):
        options["api_key"] = _NO_KEY  # or OPENAI_API_KEY would go to a server it was not meant for
    return options


def _provider(settings: Settings) -> str | None:
    prefix, colon, _ = (settings.llm or "").partition(":")
    return prefix if colon and prefix in PROVIDERS else None


def _speaks_openai(settings: Settings) -> bool:
    """Whether OpenAI's own client is used: named as provider, or a plain name at a base URL."""
    provider = _provider(settings)
    return provider == "openai" or (provider is None and settings.llm_base_url is not None)


def _without_thought(text: str) -> str | None:
    """The text after a leading <think>…</think>; `None` while that is still open or undecided."""
    opened, closed = _THOUGHT
    start = text.lstrip()
    if not start.startswith(opened):
        return None if opened.startswith(start) else start
    _, found, rest = start.partition(closed)
    return rest.lstrip() if found and rest.strip() else None


async def _texts(chunks: AsyncIterator[BaseMessage]) -> AsyncIterator[str]:
    async for chunk in chunks:
        if chunk.text:
            yield str(chunk.text)


async def _ended_texts(chunks: AsyncIterator[BaseMessage]) -> AsyncIterator[str]:
    """The texts of a reply that says when it is over; one that stops without saying so was cut."""
    finished = False
    async for chunk in chunks:
        finished = finished or bool(chunk.response_metadata.get("finish_reason"))
        if chunk.text:
            yield str(chunk.text)
    if not finished:
        raise AnswererFailed("模型的回答中途断开。")


@cache
def _new_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="rag-llm", daemon=True).start()
    return loop


def _loop() -> asyncio.AbstractEventLoop:
    """The one background loop, started on first use; providers keep connections that belong to a loop."""
    with _starting:
        return _new_loop()
