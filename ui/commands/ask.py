"""`rag ask`: one question, one answer with its sources.

May import the composition root, the contract and the terminal's text.
"""

from typing import Annotated

import typer

from rag.datatypes import Inquiry
from rag.settings import load_settings
from ui.commands.bounds import Bounds
from ui.compose import Application
from ui.contract import AnswerBody
from ui.terminal import answer_text


def run(
    question: Annotated[str, typer.Argument(help="要问的问题")],
    as_json: Annotated[bool, typer.Option("--json", help="输出与 /api/v1/ask 相同的 JSON")] = False,
    *,
    bounds: Bounds,
) -> None:
    """Ask and print."""
    with Application.open(load_settings(), writable=False) as application:
        answer = application.assistant.ask(Inquiry(question, scope=bounds.scope(application)))
    typer.echo(AnswerBody.of(answer).model_dump_json(indent=2) if as_json else answer_text(answer))
