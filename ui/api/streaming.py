"""An answer as server-sent events: retrieved, delta*, done; error if it fails midway.

May import the contract, the problems and fastapi.
"""

from collections.abc import AsyncIterator, Callable, Generator, Iterator

from anyio import CancelScope
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from rag.answers import AnswerEvent, Delta, Retrieved
from rag.errors import RagError
from ui.api.problems import problem
from ui.contract import AnswerBody, DeltaBody, HitsBody
from ui.faults import foreseen

_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}

Frames = Generator[bytes, None, None]


def answer_events(events: Iterator[AnswerEvent], instance: str) -> StreamingResponse:
    """Send the events of an answer; work on it stops when the client leaves."""
    return stream(guarded(events, _frame, instance))


def stream(frames: Frames) -> StreamingResponse:
    """Send frames as they come, each made in a worker thread so that nobody else waits."""
    return StreamingResponse(_pumped(frames), media_type="text/event-stream", headers=_HEADERS)


def guarded(events: Iterator[AnswerEvent], frame: Callable[[AnswerEvent], bytes], instance: str) -> Frames:
    """A frame per event; a failure midway becomes a last frame that says so."""
    try:
        with foreseen():
            for event in events:
                yield frame(event)
    # Once bytes are out no status can be sent: what goes wrong is told as an event.
    except RagError as error:
        yield named_frame("error", problem(error, instance))
    finally:
        if isinstance(events, Generator):
            events.close()


def named_frame(name: str, body: BaseModel) -> bytes:
    """One event with a name and a JSON body."""
    return format_sse_event(event=name, data_str=body.model_dump_json())


def _frame(event: AnswerEvent) -> bytes:
    if isinstance(event, Retrieved):
        return named_frame("retrieved", HitsBody.of(event.hits))
    if isinstance(event, Delta):
        return named_frame("delta", DeltaBody(text=event.text))
    return named_frame("done", AnswerBody.of(event.answer))


async def _pumped(frames: Frames) -> AsyncIterator[bytes]:
    try:
        async for frame in iterate_in_threadpool(frames):
            yield frame
    finally:
        # A client that left has cancelled this task; closing must happen all the same.
        with CancelScope(shield=True):
            await run_in_threadpool(frames.close)
