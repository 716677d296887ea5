"""`rag eval`: ask a question set and say how good the answers are.

May import the composition root and the evaluation.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from eval.command import run_evaluation
from eval.comparison import compare, render_comparison
from eval.report import load, render
from rag.settings import load_settings
from ui.compose import Application

DEFAULT_OUTPUT = Path("evaluation.json")


def run(
    questions: Annotated[
        Path | None, typer.Option(help="问题集（JSON Lines），默认用自带的种子问题集")
    ] = None,
    output: Annotated[Path, typer.Option(help="结果写到哪里（JSON）")] = DEFAULT_OUTPUT,
    baseline: Annotated[Path | None, typer.Option(help="与这份以前的结果比较")] = None,
) -> None:
    """Evaluate and print."""
    before = load(baseline) if baseline is not None else None
    with Application.open(load_settings(), writable=False) as application:
        report = run_evaluation(
            application.assistant,
            application.library.catalogue,
            questions=questions,
            output=output,
            command=" ".join(("rag", *sys.argv[1:])),
        )
    typer.echo(render(report))
    if before is not None:
        typer.echo(render_comparison(compare(before, report)))
    typer.echo(f"结果已写入 {output}。")
