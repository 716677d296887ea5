"""`rag restore`: the library as a backup holds it.

May import the settings and the library's room.
"""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import load_settings
from vectorstore.backup import restore


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="由 rag backup 写成的文件")],
    yes: Annotated[bool, typer.Option("--yes", help="不询问，直接替换现有的文件库")] = False,
) -> None:
    """Ask, replace, and say what is there now."""
    settings = load_settings()
    if not yes and settings.home.exists():
        typer.confirm(f"文件库 {settings.home} 将变成备份中的内容，现有内容会被替换。继续？", abort=True)
    found = restore(settings.home, file)
    typer.echo(f"已恢复 {found.documents} 份文件（备份于 {found.made_at}）。")
