"""Files on their way into the library: hashed, parsed several at once, stored in batches, counted.

May import the core. What is on its way is bounded, so that a million files need no more memory than a few.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from time import monotonic

from ingest.archive import Found
from ingest.batching import Batch
from ingest.isolation import Isolated
from ingest.parsing import PARSER, document_id, parse_apart
from ingest.report import FileResult, Progress, Report
from rag.closable import Closable
from rag.datatypes import ParsedDocument
from rag.errors import RagError
from rag.ports import DocumentWriter

# On their way at once: enough to keep the workers busy while a batch is stored, at most some 100 MB.
_MOST_FILES = 128
_MOST_BYTES = 4 * 2**20
_LOOK_UP = 0.25


def _ignore(_: object) -> None:
    """Not listen."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who follows a run: hears of each file as it is done and how far all is, and may stop it."""

    report: Callable[[FileResult], None] = _ignore
    progress: Callable[[Progress], None] = _ignore
    stopped: Callable[[], bool] = lambda: False


class Intake(Closable):
    """One run. Offer it files with `take`, then `finish`; used with `with`, by one thread."""

    def __init__(self, writer: DocumentWriter, isolated: Isolated, listener: Listener) -> None:
        self._writer = writer
        self._isolated = isolated
        self._listener = listener
        self._threads = ThreadPoolExecutor(isolated.workers)
        self._parsing: dict[Future[ParsedDocument], tuple[int, Found]] = {}
        self._parsed: SimpleQueue[Future[ParsedDocument]] = SimpleQueue()
        self._batch = Batch()
        self._bytes = 0
        self._taken = 0
        self._expected = 0
        self._results: dict[int, FileResult] = {}
        self._paragraphs = self._characters = 0
        self._start = monotonic()

    def expect(self, files: int) -> None:
        """Count so many more in the total."""
        self._expected += files

    @property
    def stopped(self) -> bool:
        """Whether the listener wants no more."""
        return self._listener.stopped()

    def take(self, found: Found) -> None:
        """Take one file in; waits while too much is on its way."""
        key, self._taken = self._taken, self._taken + 1
        if found.raw is None:
            self._settle(key, FileResult(found.source, "failed", reason=found.reason))
            return
        identity = document_id(found.raw)
        if self._writer.is_current(found.source, identity, PARSER):
            self._settle(key, FileResult(found.source, "unchanged", identity))
            return
        while self._parsing and self._is_full(len(found.raw)) and not self.stopped:
            self._advance()
        self._parse(key, found, found.raw)
        while not self._batch.is_due and self._collect(wait=False):
            pass
        if self._batch.is_due:
            self._store()

    def finish(self) -> Report:
        """Wait for what is on its way and report on all in the order it was taken.

        When stopped, what is not stored by now is let go: the next run finds it again.
        """
        while self._parsing and not self.stopped:
            self._advance()
        if not self.stopped:
            self._store()
        results = tuple(self._results[key] for key in sorted(self._results))
        return Report(results, monotonic() - self._start, stopped=self.stopped)

    def close(self) -> None:
        """Let go of what is on its way and not parsed yet."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _is_full(self, more: int) -> bool:
        return len(self._parsing) >= _MOST_FILES or self._bytes + more > _MOST_BYTES

    def _parse(self, key: int, found: Found, raw: bytes) -> None:
        self._bytes += len(raw)
        parsing = self._threads.submit(
            self._isolated.run, parse_apart, raw, found.source, source=found.source
        )
        self._parsing[parsing] = key, found
        parsing.add_done_callback(self._parsed.put)

    def _advance(self) -> None:
        """Wait for one to be parsed; store when there is nothing better to do, or room is wanted."""
        self._collect(wait=True)
        if self._batch.is_due or not self._parsing or self._bytes > _MOST_BYTES:
            self._store()

    def _collect(self, *, wait: bool) -> bool:
        """Move one that is parsed into the batch; whether there was one."""
        try:
            done = self._parsed.get(block=wait, timeout=_LOOK_UP)
        except Empty:
            return False
        key, found = self._parsing.pop(done)
        try:
            parsed = done.result()
        except RagError as error:
            self._bytes -= len(found.raw or b"")
            self._settle(key, FileResult(found.source, "failed", reason=str(error)))
        else:
            self._batch.add(key, replace(parsed, raw=found.raw or b""))
        return True

    def _store(self) -> None:
        waiting = self._batch.take()
        if not waiting:
            return
        outcomes = self._writer.put_all([parsed for _, parsed in waiting])
        for (key, parsed), outcome in zip(waiting, outcomes, strict=True):
            self._bytes -= len(parsed.raw)
            document = parsed.document
            counts = (len(parsed.paragraphs), len(document.text))
            self._settle(key, FileResult(document.source, outcome, document.id, None, *counts))

    def _settle(self, key: int, result: FileResult) -> None:
        self._results[key] = result
        self._paragraphs += result.paragraphs
        self._characters += result.characters
        self._listener.report(result)
        total = max(self._expected, self._taken)
        seconds = monotonic() - self._start
        self._listener.progress(
            Progress(len(self._results), total, self._paragraphs, self._characters, seconds)
        )
