"""`rag ingest`: files, folders and archives into the library, once or for as long as it runs.

May import the composition root, ingest's watching and the text of progress.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ingest.pipeline import Listener, Report
from ingest.watching import watch
from rag.errors import InvalidRequest, UnreadableFile
from rag.settings import load_settings
from ui.compose import Application
from ui.interrupt import interruptible
from ui.progress import ProgressLine, report_json, report_text

# As shells say it of a program that Ctrl+C ended.
_INTERRUPTED = 130


def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件、文件夹或 zip")],
    follow: Annotated[bool, typer.Option("--watch", help="一直看着文件夹，随其增改删")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="报告写成 JSON，每次一行")] = False,
) -> None:
    """Show progress, then what became of the files."""
    if follow:
        _check_folders(paths)
    line = ProgressLine(sys.stderr)
    text = report_json if as_json else report_text

    def tell(report: Report) -> None:
        line.clear()
        typer.echo(text(report))

    with Application.open(load_settings(), writable=True) as application, interruptible() as stopped:
        if follow:
            _follow(application, paths, Listener(progress=line.show, stopped=stopped), tell)
            return
        done = application.ingest(paths, lambda _result: None, progress=line.show, stopped=stopped)
    tell(done)
    if done.stopped:
        raise typer.Exit(_INTERRUPTED)
    if done.failed:
        raise UnreadableFile(f"有 {len(done.failed)} 个文件未能收入，原因见上。")


def _follow(
    application: Application, folders: list[Path], listener: Listener, tell: Callable[[Report], None]
) -> None:
    first = True

    def heard(report: Report) -> None:
        nonlocal first
        if first or report.removed or report.count("unchanged") < len(report.results):
            tell(report)
        if first:
            typer.echo("正在看着文件夹的变化，按 Ctrl+C 停止。", err=True)
        first = False

    watch(application.mirror(folders, listener), heard, listener.stopped)


def _check_folders(paths: list[Path]) -> None:
    for path in paths:
        if not path.is_dir():
            raise InvalidRequest(f"--watch 只能看着文件夹，{path.as_posix()!r} 不是。")
