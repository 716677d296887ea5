"""What a file does to those who read it: the outcome, the time, the peak of memory.

May import ingest and the specimens.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from ingest.isolation import Isolated
from ingest.pipeline import Bounds, Report, ingest
from rag.datatypes import ParsedDocument
from rag.ports import PutOutcome

_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a folder: its report, in how many seconds and, at the peak, megabytes."""

    report: Report
    seconds: float
    megabytes: float

    @property
    def was_read(self) -> bool:
        """Whether anything was taken in."""
        return self.report.count("added") > 0

    @property
    def reason(self) -> str:
        """Why something was not taken in, if anything was not."""
        failed = self.report.failed
        more = f"（另有 {len(failed) - 1} 条）" if len(failed) > 1 else ""
        return f"{failed[0].reason}{more}" if failed else ""


class Nowhere:
    """A library that takes everything and keeps nothing."""

    def put(self, parsed: ParsedDocument) -> PutOutcome:
        """Let it go."""
        return self.put_all([parsed])[0]

    def put_all(self, parsed: Sequence[ParsedDocument]) -> list[PutOutcome]:
        """Let all go."""
        return ["added" for _ in parsed]

    def is_current(self, _source: str, _document_id: str, _parser: str) -> bool:
        """Nothing was ever seen."""
        return False

    def sources_under(self, _prefix: str) -> list[str]:
        """Nothing is there."""
        return []

    def remove_sources(self, sources: Sequence[str]) -> None:
        """Nothing is there."""


def read_alone(folder: Path, *, seconds: float, memory: int, bounds: Bounds) -> Reading:
    """Read a folder with processes of its own, whose memory is what is measured, and store nothing."""
    start = monotonic()
    with (
        peak_memory(os.getpid(), own=False) as peak,
        Isolated(seconds=seconds, memory=memory) as isolated,
    ):
        report = ingest([folder], Nowhere(), isolated, bounds=bounds)
        taken = monotonic() - start
    return Reading(report, taken, peak() / 2**20)


@contextmanager
def peak_memory(process: int, *, own: bool = True) -> Iterator[Callable[[], int]]:
    """The most bytes that the children of a process (and its `own`) hold together while inside."""
    most, done = [0], Event()

    def look() -> None:
        while not done.wait(_PAUSE):
            everyone = [*_children(process), *([process] if own else [])]
            most[0] = max(most[0], sum(_peak(each) for each in everyone))

    looking = Thread(target=look)
    looking.start()
    try:
        yield lambda: most[0]
    finally:
        done.set()
        looking.join()


def _children(process: int) -> list[int]:
    """Those that run a program of their own: until then a child counts its parent's memory as its own."""
    found = []
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in thread.read_text(encoding="ascii").split()]
    return [child for child in found if _command(child) != _command(process)]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _peak(process: int) -> int:
    """The most bytes that a process ever held; 0 if it is over."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024
