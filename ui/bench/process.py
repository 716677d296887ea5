"""A command run as a process of its own, and how much memory it took with all that it started.

May import nothing of ours.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

_LOOK = 0.5
RAG = (sys.executable, "-c", "from ui.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds, and the most memory at any moment, in bytes; and what it printed."""

    seconds: float
    peak: int
    printed: str


def measure(
    command: Sequence[str], environment: Mapping[str, str], *, given: str = "", limit: float | None = None
) -> Run:
    """Run a command to its end, looking twice a second; `given` is what it reads on its standard input.

    Raises CalledProcessError if it fails, TimeoutExpired if it takes more than `limit` seconds.
    """
    start = perf_counter()
    with subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        over, sizes = Event(), [0]
        watching = Thread(target=_watch, args=(process.pid, over, sizes))
        watching.start()
        try:
            printed, _ = process.communicate(given, limit)
            seconds = perf_counter() - start
        except subprocess.TimeoutExpired:
            _kill(process.pid)
            raise
        finally:
            over.set()
            watching.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, max(sizes), printed)


def _watch(pid: int, over: Event, sizes: list[int]) -> None:
    while not over.wait(_LOOK):
        sizes.append(sum(_size(each) for each in _family(pid)))


def _kill(pid: int) -> None:
    """End a process and all below it."""
    for each in list(_family(pid)):
        # It may have ended by itself by now.
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = [
            child
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _size(pid: int) -> int:
    """Memory of a process; what it shares with others counts in part, so that the sum counts it once."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    shares = [line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")]
    return 1024 * sum(map(int, shares))
