"""Progress on a terminal and in a log, and the report at the end."""

import json
from io import StringIO

import pytest

from ingest.report import FileResult, Progress, Report
from ui.progress import ProgressLine, duration, progress_text, report_json, report_text

HALF = Progress(done=50, total=100, paragraphs=1200, characters=48_000, seconds=10.0)
REPORT = Report(
    (
        FileResult("/a/1.txt", "added", "id1", None, 3, 40),
        FileResult("/a/2.txt", "replaced", "id2", None, 2, 30),
        FileResult("/a/3.txt", "unchanged", "id3"),
        FileResult("/a/坏\x1b[2J.pdf", "failed", None, "'/a/坏.pdf' 超时。"),
    ),
    seconds=1.25,
    removed=("/a/old.txt",),
)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]

    def at(seconds: float) -> None:
        now[0] = seconds

    at.read = lambda: now[0]
    return at


def test_progress_in_one_line():
    assert progress_text(HALF) == "50/100 个文件，120 段/秒，4,800 字/秒，约剩 10 秒"
    assert progress_text(Progress(100, 100, 0, 0, 2.0)) == "100/100 个文件"
    assert progress_text(Progress(0, 9, 0, 0, 0.0)) == "0/9 个文件"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 秒"), (59.6, "1 分 0 秒"), (61, "1 分 1 秒"), (7325, "2 小时 2 分")]
)
def test_durations(seconds: float, words: str):
    assert duration(seconds) == words


def test_a_terminal_shows_one_line_that_moves(clock):
    terminal = Terminal()
    line = ProgressLine(terminal, clock.read)
    for step in range(1000):
        clock(step / 1000)
        line.show(HALF)
    assert 5 < terminal.getvalue().count("\r") < 12
    assert "\n" not in terminal.getvalue()
    line.clear()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_log_gets_a_line_now_and_then(clock):
    log = StringIO()
    line = ProgressLine(log, clock.read)
    for step in range(600):
        clock(step / 10)
        line.show(HALF)
    line.clear()
    assert log.getvalue() == f"{progress_text(HALF)}\n" * 3


def test_the_report_counts_all_and_lists_failures_only():
    text = report_text(REPORT)
    assert text.splitlines() == [
        "未收入  坏[2J.pdf：'/a/坏.pdf' 超时。",
        "共 4 个文件：新收入 1，替换 1，无变化 1，未收入 1，移除 1；用时 1.2 秒。",
    ]
    assert "已中断" in report_text(Report((), stopped=True))


def test_the_report_as_json_is_one_line_with_every_file():
    line = report_json(REPORT)
    assert "\n" not in line
    body = json.loads(line)
    assert {name: body[name] for name in ("added", "replaced", "unchanged", "failed")} == dict.fromkeys(
        ("added", "replaced", "unchanged", "failed"), 1
    )
    assert body["removed"] == ["/a/old.txt"]
    assert body["files"][3]["reason"] == "'/a/坏.pdf' 超时。"
