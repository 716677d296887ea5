"""The far side of isolation: a process that runs one function at a time, within limits.

May import the errors of `rag`. `ingest.isolation` starts it; it imports what it is asked to run.
"""

import os
import pickle
import resource
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from ingest import allowance
from rag.errors import RagError

Verdict = Literal["value", "item", "end", "beat", "raised", "memory", "large", "fault"]
# Asks for the next item of a function that gives several.
MORE = b"more"
# By so many seconds the process outlives its time, for the other side to end it first.
_GRACE = 5
_LAST_TO_LIVE = "1000"


@dataclass(frozen=True, slots=True)
class Call:
    """A function that can be imported, what to call it with, and how long it may take (seconds)."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float
    streams: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """How a call went, and what came of it: a value, an item, an error of ours, or a traceback.

    A "beat" says that the call goes on and asks for more time. After a `worn` reply the process holds
    so much memory that the next call had better have another.
    """

    verdict: Verdict
    value: Any = None
    worn: bool = False


def serve(descriptor: int, memory: int) -> None:
    """Answer calls until the other side hangs up.

    `memory` is in bytes, beyond what imports take; a reply has no more than half of it.
    """
    with Connection(descriptor) as line, suppress(EOFError, OSError):
        _volunteer()
        allowance.grant(partial(_renew, line), _enlarge)
        bounded = False
        while True:
            call: Call = pickle.loads(line.recv_bytes())
            if not bounded:
                _bound_memory(memory)
                bounded = True
            for reply in _replies(call):
                line.send_bytes(_packed(reply, memory // 2))
                if reply.verdict == "item" and line.recv_bytes() != MORE:
                    return


def _packed(reply: Reply, most: int) -> bytes:
    """The reply in no more than so many bytes."""
    try:
        packed = pickle.dumps(reply, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Reply("memory", worn=True))
    return packed if len(packed) <= most else pickle.dumps(Reply("large", worn=True))


def _replies(call: Call) -> Iterator[Reply]:
    """Run the call; whatever it raises becomes a reply."""
    # Ends even a call that is stuck in native code, should the other side be gone.
    _set_alarm(call.seconds + _GRACE)
    try:
        outcome = call.function(*call.arguments)
        if call.streams:
            yield from (Reply("item", item) for item in _renewing(outcome, call.seconds))
            yield Reply("end", worn=_worn())
        else:
            yield Reply("value", outcome, worn=_worn())
    except RagError as error:
        yield Reply("raised", error)
    except MemoryError:
        yield Reply("memory", worn=True)
    except Exception:  # noqa: BLE001 - parsers of foreign files raise what they like; all of it is told
        yield Reply("fault", traceback.format_exc())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _renewing(items: Iterator[Any], seconds: float) -> Iterator[Any]:
    """Items, each with the whole time for itself; none runs while the other side is busy."""
    for item in items:
        signal.setitimer(signal.ITIMER_REAL, 0)
        yield item
        _set_alarm(seconds + _GRACE)


def _set_alarm(seconds: float) -> None:
    # The interval, which never comes to pass, remembers the time for `_renew`.
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)


def _renew(line: Connection) -> None:
    """Tell the other side that all is well, and begin to count anew."""
    line.send_bytes(pickle.dumps(Reply("beat")))
    _set_alarm(signal.getitimer(signal.ITIMER_REAL)[1])


def _volunteer() -> None:
    """When the machine runs out of memory, end this process rather than the one that holds the library."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_LAST_TO_LIVE, encoding="ascii")


def _bound_memory(memory: int) -> None:
    """Let native code, too, have no more than `memory` bytes beyond what is taken already."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    # Not every system knows this limit; the limit of time stays.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (_pages(5) + memory, hard))


def _enlarge(size: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft != resource.RLIM_INFINITY:
        most = soft + size if hard == resource.RLIM_INFINITY else min(soft + size, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _worn() -> bool:
    """Whether more than half the memory allowed is held although nothing is being done."""
    soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
    return soft != resource.RLIM_INFINITY and _pages(1) > soft // 2


def _pages(field: int) -> int:
    """A field of this process's memory table in bytes (1: resident, 5: data); 0 where there is none."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[field]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    except (OSError, ValueError):
        return 0
