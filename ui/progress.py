"""How far an ingest has come, and what came of it: one moving line on a terminal, few lines elsewhere.

May import the records of ingest and the terminal's text.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from time import monotonic
from typing import TextIO

from ingest.report import Outcome, Progress, Report
from ui.terminal import outcome_text, plain

# Seconds between two updates, on a terminal and in a log.
_ON_TERMINAL, _IN_LOG = 0.1, 15.0
_CLEAR = "\r\x1b[K"
_COUNTED: dict[Outcome, str] = {
    "added": "新收入",
    "replaced": "替换",
    "unchanged": "无变化",
    "failed": "未收入",
}


class ProgressLine:
    """Shows progress on a stream: rewrites one line of a terminal, adds a line now and then to a log."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        """`clock` counts seconds."""
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._pause = _ON_TERMINAL if self._terminal else _IN_LOG
        self._last = clock()
        self._shown = False

    def show(self, progress: Progress) -> None:
        """Show how far it is, unless that was shown a moment ago."""
        now = self._clock()
        if now - self._last < self._pause:
            return
        self._last = now
        line = progress_text(progress)
        self._stream.write(f"{_CLEAR}{line}" if self._terminal else f"{line}\n")
        self._stream.flush()
        self._shown = self._terminal

    def clear(self) -> None:
        """Make room for other text."""
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._shown = False


def progress_text(progress: Progress) -> str:
    """Files done, speed and time left, in one line."""
    parts = [f"{progress.done}/{progress.total} 个文件"]
    if progress.characters:
        parts.append(f"{progress.paragraphs_per_second:,.0f} 段/秒")
        parts.append(f"{progress.characters_per_second:,.0f} 字/秒")
    if progress.seconds_left is not None and progress.done < progress.total:
        parts.append(f"约剩 {duration(progress.seconds_left)}")
    return "，".join(parts)


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


def report_text(report: Report) -> str:
    """The files that were not taken in, with the reasons, and how many ended how."""
    return plain("\n".join(_report_lines(report)))


def report_json(report: Report) -> str:
    """The whole report as one line of JSON."""
    counts: dict[str, int] = {outcome: report.count(outcome) for outcome in _COUNTED}
    body = {
        **counts,
        "removed": list(report.removed),
        "stopped": report.stopped,
        "seconds": round(report.seconds, 3),
        "files": [asdict(result) for result in report.results],
    }
    return json.dumps(body, ensure_ascii=False)


def _report_lines(report: Report) -> Iterator[str]:
    for result in report.failed:
        yield outcome_text(result)
    if report.stopped:
        yield "已中断：收入的都在，再运行一次即可继续。"
    counts = [f"{name} {report.count(outcome)}" for outcome, name in _COUNTED.items()]
    if report.removed:
        counts.append(f"移除 {len(report.removed)}")
    yield f"共 {len(report.results)} 个文件：{'，'.join(counts)}；用时 {report.seconds:.1f} 秒。"
