"""The OpenAI-compatible interface, for programs that speak nothing else.

May import the completions, the dependencies and the stream.
"""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from rag.answers import AnswerEvent, Delta, Retrieved
from ui.api.dependencies import AssistantDep
from ui.api.problems import ProblemBody
from ui.api.streaming import Frames, guarded, stream
from ui.completions import ChatRequest, Chunks, Completion, ModelsBody

router = APIRouter(prefix="/v1", tags=["OpenAI 兼容"], responses={422: {"model": ProblemBody}})


@router.get("/models", summary="可用的模型")
def list_models() -> ModelsBody:
    """只有一个。"""
    return ModelsBody()


@router.post("/chat/completions", summary="对话", response_model=Completion)
def complete(chat: ChatRequest, assistant: AssistantDep, request: Request) -> Completion | Response:
    """回答最后一个问题；出处在 message 的 citations 字段（流式时在最后一块的 delta 中）。"""
    inquiry = chat.inquiry()
    if chat.stream:
        return stream(_frames(assistant.stream(inquiry), Chunks(chat.model), request.url.path))
    return Completion.of(assistant.ask(inquiry), chat.model)


def _frames(events: Iterator[AnswerEvent], chunks: Chunks, instance: str) -> Frames:
    def frame(event: AnswerEvent) -> bytes:
        if isinstance(event, Retrieved):
            return _data(chunks.opening())
        if isinstance(event, Delta):
            return _data(chunks.piece(event.text))
        return _data(chunks.closing(event.answer))

    yield from guarded(events, frame, instance)
    yield format_sse_event(data_str="[DONE]")


def _data(body: BaseModel) -> bytes:
    return format_sse_event(data_str=body.model_dump_json())
