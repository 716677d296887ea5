"""`rag doctor`: is the library sound, and if asked, build its indexes anew.

May import the composition root.
"""

from typing import Annotated

import typer

from rag.errors import LibraryDamaged
from rag.settings import load_settings
from ui.compose import Application


def run(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="用当前向量模型重建全部索引")] = False,
) -> None:
    """Examine and print."""
    settings = load_settings()
    with Application.open(settings, writable=rebuild, rebuild=rebuild) as application:
        health = application.library.check()
    typer.echo(
        f"文件库 {settings.home}：{health.documents} 份文件，"
        f"{health.paragraphs} 个段落，{health.chunks} 个片段；"
        f"语义索引 {health.dense} 条，词语索引 {health.lexical} 条。"
    )
    if not health.ok:
        raise LibraryDamaged(f"{''.join(health.problems)}请运行 `rag doctor --rebuild`。")
    typer.echo("检查通过。")
