"""`rag backup`: the library as one file.

May import the settings and the library's room.
"""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import load_settings
from vectorstore.backup import back_up


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪个文件；已有的同名文件会被替换")],
) -> None:
    """Write and say what is in it."""
    made = back_up(load_settings().home, file)
    size = file.stat().st_size / 1_000_000
    typer.echo(f"已备份 {made.documents} 份文件到 {file}（{size:.1f} MB）。")
