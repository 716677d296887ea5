"""`python -m ui.bench.peers.runners`: does the task on its standard input, writes the outcome on the output.

Imports the task and, by name, the runner that it asks for.
"""

import os
import sys
from importlib import import_module
from time import perf_counter
from traceback import print_exc

from ui.bench.peers.runners import Peer
from ui.bench.peers.task import LIMIT, Outcome, Task, distinct

# Asked before the clock runs: caches, lazy imports and thread pools are everyone's.
WARMING = 5


def main() -> None:
    """Answer once. What a package prints goes to the error output, so that the answer stands alone."""
    mouth = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answer = _attempt(Task.from_json(sys.stdin.buffer.read().decode())).to_json()
    with os.fdopen(mouth, "w", encoding="utf-8") as output:
        output.write(answer)


def _attempt(task: Task) -> Outcome:
    try:
        return _run(task)
    # Any of half a dozen frameworks may fail in any way, and the table says how.
    except Exception as error:
        print_exc()
        return Outcome(failed=f"{type(error).__name__}: {' '.join(str(error).split())}")


def _run(task: Task) -> Outcome:
    start = perf_counter()
    peer: Peer = import_module(f"ui.bench.peers.runners.{task.peer}").load(task)
    loaded, busy = perf_counter(), _processor_seconds()
    peer.build(task.passages)
    built, busy = perf_counter(), _processor_seconds() - busy
    for question in task.questions[:WARMING]:
        peer.search(question)
    query_s, found, busy_before = [], [], _processor_seconds()
    for question in task.questions:
        asked = perf_counter()
        numbers = peer.search(question)
        query_s.append(perf_counter() - asked)
        found.append(tuple(distinct(numbers))[:LIMIT])
    return Outcome(
        start_s=loaded - start,
        ingest_s=built - loaded,
        cpu_s=busy,
        query_s=tuple(query_s),
        query_cpu_s=_processor_seconds() - busy_before,
        found=tuple(found),
    )


def _processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    took = os.times()
    return took.user + took.system + took.children_user + took.children_system


if __name__ == "__main__":
    main()
