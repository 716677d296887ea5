"""Functions run in processes of their own: a crash, a hang or a flood of memory costs one call.

May import the core. The processes are kept between calls and replaced when they fail.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from threading import Condition
from time import monotonic
from typing import Any, TypeVar

from ingest.worker import MORE, Call, Reply
from rag.closable import Closable
from rag.errors import ServiceError, UnreadableFile

T = TypeVar("T")

_log = logging.getLogger(__name__)
# A call whose pieces each keep the time may take so many times as long in all.
_MOST_STRETCHES = 60
_START = "import sys; from ingest.worker import serve; serve(int(sys.argv[1]), int(sys.argv[2]))"
# One file is read on one core; numerical libraries would otherwise start threads on all of them.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Isolated(Closable):
    """Runs functions in up to `workers` processes, each call within limits; any thread may ask.

    What is run is a function at the top of a module, and its arguments and result can be pickled.
    This holds up against faulty parsers; it is no prison for hostile code.
    """

    def __init__(self, *, seconds: float, memory: int, workers: int = 1) -> None:
        """`seconds` bound one call; `memory`, in bytes, what a process takes beyond its imports.

        What is run may ask for more of both (`ingest.allowance`). No process is started before the
        first call.
        """
        self.workers = workers
        self._seconds = seconds
        self._memory = memory
        self._free = workers
        self._idle: list[_Worker] = []
        self._alive: set[_Worker] = set()
        self._closed = False
        self._change = Condition()

    def run(self, function: Callable[..., T], *arguments: Any, source: str) -> T:  # noqa: ANN401
        """The function's result; waits for a process to be free. `source` names the file in errors.

        Raises UnreadableFile when the call overruns its time or memory or crashes, and whatever
        RagError the function raises.
        """
        with self._turn(), self._worker(source) as worker:
            result: T = worker.ask(Call(function, arguments, self._seconds)).value
            return result

    def stream(
        self,
        function: Callable[..., Iterable[T]],
        *arguments: Any,  # noqa: ANN401 - a function's own
        source: str,
    ) -> Iterator[T]:
        """What the function yields, item by item as asked for, each within the limits; raises as `run`.

        Has a process of its own until it ends, beyond those for `run`.
        """
        with self._worker(source) as worker:
            reply = worker.ask(Call(function, arguments, self._seconds, streams=True))
            while reply.verdict == "item":
                yield reply.value
                reply = worker.ask(None)

    def close(self) -> None:
        """End every process, busy ones too; calls under way raise. Closing twice does nothing more."""
        with self._change:
            self._closed = True
            idle, self._idle = self._idle, []
            alive, self._alive = self._alive, set()
            self._change.notify_all()
        for worker in alive:
            worker.kill()
        for worker in idle:
            worker.hang_up()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._change:
            self._change.wait_for(lambda: self._free or self._closed)
            self._free -= 1
        try:
            yield
        finally:
            with self._change:
                self._free += 1
                self._change.notify()

    @contextmanager
    def _worker(self, source: str) -> Iterator["_Worker"]:
        """A process, given back unless it failed, was left in mid-stream or is worn."""
        worker = self._take()
        worker.source = source
        try:
            yield worker
        finally:
            self._give_back(worker)

    def _take(self) -> "_Worker":
        with self._change:
            if self._closed:
                raise ServiceError("读取文件的进程已经停止。")
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._seconds, self._memory)
            self._alive.add(worker)
            return worker

    def _give_back(self, worker: "_Worker") -> None:
        with self._change:
            if worker.ready and not self._closed and len(self._idle) < self.workers:
                self._idle.append(worker)
                return
            self._alive.discard(worker)
        worker.kill()
        worker.hang_up()


class _Worker:
    """One process and the line to it; `ready` when it waits for a call."""

    def __init__(self, seconds: float, memory: int) -> None:
        self.source = ""
        self.ready = True
        self._seconds = seconds
        self._memory = memory
        self._line, far = Pipe()
        with far:
            command = [sys.executable, "-P", "-c", _START, str(far.fileno()), str(memory)]
            try:
                self._process = subprocess.Popen(
                    command,
                    env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(far.fileno(),),
                    # Ctrl+C is for this process, which ends that one in good order.
                    start_new_session=True,
                )
            except OSError as error:
                self._line.close()
                raise ServiceError(
                    f"无法启动读取文件的进程：{error.strerror}。请检查内存与进程数限制。"
                ) from error

    def ask(self, call: Call | None) -> Reply:
        """The reply to a call, or to the wish for the next item."""
        self.ready = False
        try:
            self._line.send_bytes(MORE if call is None else pickle.dumps(call, pickle.HIGHEST_PROTOCOL))
            reply = self._await()
        except (EOFError, OSError) as error:
            raise self._died() from error
        self.ready = reply.verdict != "item" and not reply.worn
        return self._checked(reply)

    def _await(self) -> Reply:
        """The reply, however often the time for it is asked to count afresh, within reason."""
        end = monotonic() + self._seconds * _MOST_STRETCHES
        while self._line.poll(min(self._seconds, max(0.0, end - monotonic()))):
            reply: Reply = pickle.loads(self._line.recv_bytes(self._memory))
            if reply.verdict != "beat":
                return reply
        self.kill()
        raise self._overrun()

    def kill(self) -> None:
        """End the process, whatever it is doing; who waits for its reply hears of it."""
        self._process.kill()
        self._process.wait()

    def hang_up(self) -> None:
        """Close the line, for which nobody waits any more."""
        self._line.close()

    def _checked(self, reply: Reply) -> Reply:
        if reply.verdict == "raised":
            raise reply.value
        if reply.verdict == "fault":
            _log.warning("reading %r failed:\n%s", self.source, reply.value)
            raise UnreadableFile(
                f"{self.source!r} 读不出来（解析器出错）。文件也许已损坏，请用原来的程序重新保存。"
            )
        if reply.verdict in ("memory", "large"):
            raise self._overflow()
        return reply

    def _died(self) -> UnreadableFile:
        self._process.kill()
        code = self._process.wait()
        if code == -signal.SIGALRM:
            return self._overrun()
        if code == -signal.SIGKILL:
            return self._overflow()
        name = signal.Signals(-code).name if code < 0 else f"退出码 {code}"
        return UnreadableFile(
            f"{self.source!r} 使解析器崩溃（{name}），其余文件不受影响。"
            "文件也许已损坏或内存超限，请用原来的程序重新保存。"
        )

    def _overrun(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.source!r} 超时：{self._seconds:g} 秒内没有读完。"
            "请拆分或重新保存文件，或调大 RAG_FILE_SECONDS。"
        )

    def _overflow(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.source!r} 内存超限：读它需要超过 {self._memory // 2**20} MB。"
            "请拆分或重新保存文件，或调大 RAG_FILE_MEMORY。"
        )
