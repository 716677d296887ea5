"""Any chat model of any provider: asked once more when it fails in passing, never past its deadline.

May import the core; with `rag/chain.py` the only place that imports langchain.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import Future
from contextlib import aclosing
from functools import cache
from queue import Empty, SimpleQueue
from random import uniform
from threading import Lock, Thread
from time import monotonic
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from rag.errors import AnswererFailed, ModelUnavailable, SettingsError
from rag.settings import Settings

# Longest reply taken from a model, thoughts included, in characters.
REPLY_CHARACTERS = 100_000
# Pauses before a request that failed in passing is made again, in seconds; each is varied by half.
PAUSES = (0.3, 1.0)

# Of a silent model an empty piece comes this often, in seconds: whoever reads on may leave at each piece.
HEARTBEAT = 1.0
# How long past its deadline the loop may take to say so, in seconds.
_GRACE = 0.5
# What a server that asks for no key is sent, as OpenAI's client insists on one.
_NO_KEY = "none"
# Room in Ollama's window, which cuts a longer prompt in silence, for all but the paragraphs.
_OTHER_TOKENS = 4096

_starting = Lock()
_PIP = re.compile(r"pip install ([\w.\-]+)")
# Names that LangChain takes before the colon; anything else there is part of the model's name (qwen3:8b).
PROVIDERS = frozenset(
    "anthropic anthropic_bedrock azure_ai azure_openai baseten bedrock bedrock_converse cohere deepseek "
    "bedrock_mantle_anthropic bedrock_mantle_openai fireworks google_anthropic_vertex google_genai "
    "google_vertexai groq huggingface ibm langsmith litellm meta mistralai nvidia ollama openai openrouter "
    "perplexity together upstage xai".split()
)
_OLLAMA = "ollama"
# How providers say why a reply ends, and the reasons that mean it is not whole.
_REASON_KEYS = ("finish_reason", "done_reason", "stop_reason")
_CUT = frozenset({"length", "max_tokens", "MAX_TOKENS", "content_filter", "SAFETY"})
_PASSING = frozenset({408, 409, 425, 429})
_REASONS = {
    400: "请求被拒绝，请检查模型名是否正确、是否接受 temperature=0",
    401: "密钥不被接受，请检查 RAG_LLM_API_KEY",
    402: "账户余额不足",
    403: "密钥无权使用这个模型，请检查 RAG_LLM_API_KEY",
    404: "没有这个模型或地址，请检查 RAG_LLM 与 RAG_LLM_BASE_URL",
    429: "请求太多或额度用尽，请稍后再试",
}


class ChatModel:
    """A model that writes replies piece by piece, for callers on any thread."""

    def __init__(self, model: BaseChatModel, *, name: str, marks_end: bool = False) -> None:
        """With `marks_end` a reply that stops without saying that it is over was cut."""
        self._model = model
        self._marks_end = marks_end
        self.name = name

    def reply(self, system: str, user: str, *, seconds: float) -> Iterator[str]:
        """Pieces of the reply to two messages, empty ones while it is silent; closing it ends the request.

        Raises AnswererFailed when it fails, is cut, or is not over after `seconds`, attempts and
        pauses included.
        """
        messages = [SystemMessage(system), HumanMessage(user)]
        pieces: SimpleQueue[str | None] = SimpleQueue()
        ends = monotonic() + seconds + _GRACE
        # Read on the background loop, which can drop a request at any moment.
        pumping = asyncio.run_coroutine_threadsafe(self._pump(messages, pieces, seconds), _loop())
        try:
            while (piece := self._next(pieces, ends, seconds)) is not None:
                yield piece
            self._raise_failure(pumping, seconds)
        finally:
            pumping.cancel()

    def _next(self, pieces: "SimpleQueue[str | None]", ends: float, seconds: float) -> str | None:
        left = max(ends - monotonic(), 0.0)
        try:
            return pieces.get(timeout=min(left, HEARTBEAT))
        except Empty as error:
            if left <= HEARTBEAT:
                raise self._too_slow(seconds) from error
            return ""

    async def _pump(
        self, messages: list[BaseMessage], pieces: "SimpleQueue[str | None]", seconds: float
    ) -> None:
        taken = 0
        try:
            async with asyncio.timeout(seconds), aclosing(self._attempts(messages, seconds)) as texts:
                async for text in texts:
                    taken += len(text)
                    if taken > REPLY_CHARACTERS:
                        raise AnswererFailed(f"模型 {self.name} 的输出超过 {REPLY_CHARACTERS} 字，已中止。")
                    pieces.put(text)
        finally:
            pieces.put(None)

    async def _attempts(self, messages: list[BaseMessage], seconds: float) -> AsyncGenerator[str, None]:
        """The texts of the first attempt that says anything; of the last when none does."""
        for pause in (*PAUSES, None):
            begun = False
            try:
                async with aclosing(self._texts(messages)) as texts:
                    async for text in texts:
                        begun = True
                        yield text
            except Exception as error:
                wait = _asked_to_wait(error)
                if begun or pause is None or not _is_passing(error) or wait >= seconds:
                    raise
                await asyncio.sleep(max(wait, pause * uniform(0.5, 1.5)))  # noqa: S311
            else:
                return

    async def _texts(self, messages: list[BaseMessage]) -> AsyncGenerator[str, None]:
        reason = ""
        async for chunk in self._model.astream(messages):
            reason = next(filter(None, map(chunk.response_metadata.get, _REASON_KEYS)), reason)
            if chunk.text:
                yield str(chunk.text)
        if reason in _CUT:
            raise AnswererFailed(f"模型 {self.name} 的回答没有写完（{reason}）。")
        if self._marks_end and not reason:
            raise AnswererFailed(f"模型 {self.name} 的回答中途断开。")

    def _raise_failure(self, pumping: "Future[None]", seconds: float) -> None:
        """Every provider's error becomes AnswererFailed here, less its text, which may hold the key."""
        try:
            pumping.result(timeout=_GRACE)
        except AnswererFailed:
            raise
        except TimeoutError as error:
            raise self._too_slow(seconds) from error
        except Exception as error:
            status = getattr(error, "status_code", None)
            reason = _REASONS.get(status, f"状态码 {status}") if status else type(error).__name__
            raise AnswererFailed(f"模型 {self.name} 未能作答：{reason}。") from error

    def _too_slow(self, seconds: float) -> AnswererFailed:
        return AnswererFailed(f"模型 {self.name} 在 {seconds:.3g} 秒内没有写完，可调大 RAG_LLM_TIMEOUT。")


def load_model(settings: Settings) -> ChatModel:
    """The model that `RAG_LLM` names; raises SettingsError or ModelUnavailable when it cannot be had."""
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
            "OpenAI 兼容的服务只写模型名，另设 RAG_LLM_BASE_URL；RAG_LLM_OPTIONS 里只写它认得的参数。"
        ) from error
    marks_end = _speaks_openai(settings) or _provider(settings) == _OLLAMA
    return ChatModel(model, name=settings.llm, marks_end=marks_end)


def _options(settings: Settings) -> dict[str, Any]:
    """What the provider's client is made with; attempts are counted here, so it makes one each."""
    options: dict[str, Any] = {"temperature": 0, "max_retries": 0}
    if settings.llm_base_url is not None:
        if _provider(settings) is None:
            options["model_provider"] = "openai"
        options["base_url"] = settings.llm_base_url
    if settings.llm_api_key is not None:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    elif settings.llm_base_url is not None and _speaks_openai(settings):
        options["api_key"] = _NO_KEY  # or OPENAI_API_KEY would go to a server it was not meant for
    if _provider(settings) == _OLLAMA:
        options["num_ctx"] = settings.llm_tokens + _OTHER_TOKENS
    return options | settings.llm_options


def _provider(settings: Settings) -> str | None:
    prefix, colon, _ = (settings.llm or "").partition(":")
    return prefix if colon and prefix in PROVIDERS else None


def _speaks_openai(settings: Settings) -> bool:
    """Whether OpenAI's own client is used: named as provider, or a plain name at a base URL."""
    provider = _provider(settings)
    return provider == "openai" or (provider is None and settings.llm_base_url is not None)


def _is_passing(error: Exception) -> bool:
    """Whether another attempt may succeed: too many requests, the server's fault, or no connection.

    Errors of Python's own kinds, connections aside, tell of a reply that cannot be read.
    """
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status > 0:
        return status in _PASSING or status >= 500
    unreadable = (AnswererFailed, ValueError, TypeError, LookupError, AttributeError)
    return not isinstance(error, unreadable)


def _asked_to_wait(error: Exception) -> float:
    """Seconds that the server asks to wait before the next attempt, 0 when it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(float(headers.get("retry-after", 0)), 0.0)
    except ValueError:
        return 0.0


@cache
def _new_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="rag-llm", daemon=True).start()
    return loop


def _loop() -> asyncio.AbstractEventLoop:
    """The one background loop, started on first use; providers keep connections that belong to a loop."""
    with _starting:
        return _new_loop()
