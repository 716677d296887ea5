"""Asking and searching over HTTP.

May import the contract, the dependencies and the stream.
"""

from typing import Any

from fastapi import APIRouter, Request, Response

from ui.api.dependencies import AssistantDep
from ui.api.problems import ProblemBody
from ui.api.streaming import answer_events
from ui.contract import AnswerBody, AskRequest, HitsBody, SearchRequest

router = APIRouter(prefix="/api/v1", tags=["问答"], responses={422: {"model": ProblemBody}})

_ASKED: dict[int | str, dict[str, Any]] = {200: {"model": AnswerBody, "content": {"text/event-stream": {}}}}


@router.post("/ask", summary="提问", response_model=AnswerBody, responses=_ASKED)
def ask(question: AskRequest, assistant: AssistantDep, request: Request) -> AnswerBody | Response:
    """回答一个问题并注明出处；stream 为真时以事件流返回：retrieved、delta（若干）、done。"""
    inquiry = question.inquiry()
    if question.stream:
        return answer_events(assistant.stream(inquiry), request.url.path)
    return AnswerBody.of(assistant.ask(inquiry))


@router.post("/search", summary="检索")
def search(question: SearchRequest, assistant: AssistantDep) -> HitsBody:
    """返回与问题最相关的段落，由高到低。"""
    return HitsBody.of(assistant.search(question.inquiry()))
