"""`rag search`: the paragraphs a question would be answered from.

May import the composition root, the contract and the terminal's text.
"""

from typing import Annotated

import typer

from rag.datatypes import Inquiry
from rag.settings import load_settings
from ui.commands.bounds import Bounds
from ui.compose import Application
from ui.contract import HitsBody
from ui.terminal import hits_text


def run(
    question: Annotated[str, typer.Argument(help="要查找的内容")],
    as_json: Annotated[bool, typer.Option("--json", help="输出与 /api/v1/search 相同的 JSON")] = False,
    explain: Annotated[bool, typer.Option(help="说明每段的得分由哪些部分相加而成")] = False,
    *,
    bounds: Bounds,
) -> None:
    """Search and print."""
    with Application.open(load_settings(), writable=False) as application:
        hits = application.assistant.search(Inquiry(question, scope=bounds.scope(application)))
    typer.echo(HitsBody.of(hits).model_dump_json(indent=2) if as_json else hits_text(hits, explain=explain))
