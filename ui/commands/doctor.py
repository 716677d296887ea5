"""`rag doctor`: is the library sound, and if asked, build its indexes anew.

May import the composition root.
"""

from typing import Annotated

import typer

from rag.errors import LibraryDamaged, LibraryLocked
from rag.settings import Settings, load_settings
from ui.compose import Application


def run(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="用当前向量模型重建全部索引")] = False,
) -> None:
    """Examine and print."""
    settings = load_settings()
    with _examined(settings, rebuild=rebuild) as application:
        health = application.library.check()
    typer.echo(
        f"文件库 {settings.home}：{health.documents} 份文件，"
        f"{health.paragraphs} 个段落，{health.chunks} 个片段；"
        f"语义索引 {health.dense} 条，词语索引 {health.lexical} 条。"
    )
    if not health.ok:
        raise LibraryDamaged("".join(health.problems))
    typer.echo("检查通过。")


def _examined(settings: Settings, *, rebuild: bool) -> Application:
    """The library opened to write, which checks and mends it; to read while another process writes."""
    if not rebuild and not settings.home.exists():
        return Application.open(settings, writable=False)
    try:
        return Application.open(settings, writable=True, rebuild=rebuild)
    except LibraryLocked:
        if rebuild:
            raise
        return Application.open(settings, writable=False)
