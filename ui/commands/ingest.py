"""`rag ingest`: files and folders into the library.

May import the composition root and the terminal's text.
"""

from pathlib import Path
from typing import Annotated

import typer

from rag.errors import UnreadableFile
from rag.settings import load_settings
from ui.compose import Application
from ui.terminal import outcome_text


def run(paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹")]) -> None:
    """Read and say what became of each."""
    with Application.open(load_settings(), writable=True) as application:
        done = application.ingest(paths, lambda result: typer.echo(outcome_text(result)))
    typer.echo(f"共 {len(done.results)} 个文件，{len(done.failed)} 个未收入。")
    if done.failed:
        raise UnreadableFile("有文件未能收入，原因见上。")
