"""`rag eval`: ask a question set and say how good the answers are.

May import the composition root and the evaluation.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from eval.command import run_evaluation
from eval.comparison import compare, render_comparison
from eval.judge import with_verdicts
from eval.page import save_page
from eval.report import load, render, save
from rag.errors import InvalidRequest
from rag.generation.chat_model import load_model
from rag.settings import Settings, load_settings
from ui.compose import Application

WORSE = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the result goes."""

    output: Annotated[Path, typer.Option(help="结果写到哪里（JSON）")] = Path("evaluation.json")
    html: Annotated[Path | None, typer.Option(help="另写一份网页报告，一个文件，离线可看")] = None
    baseline: Annotated[Path | None, typer.Option(help="另写一份不含文字与用时的结果，供以后比较")] = None


def run(
    questions: Annotated[
        Path | None, typer.Option(help="问题集（JSON Lines），默认用自带的种子问题集")
    ] = None,
    documents: Annotated[
        Path | None, typer.Option(help="把这个文件夹收进临时文件库来评测，默认用现有的文件库")
    ] = None,
    *,
    kept: Kept,
    judge: Annotated[
        str | None,
        typer.Option(help="另请这个语言模型评判每个回答，写法同 RAG_LLM，地址与密钥也用 RAG_LLM_* 的"),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="与这份以前的结果逐题比较，有超出偶然的退步则返回 1")
    ] = None,
) -> None:
    """Evaluate and print."""
    before = load(against) if against is not None else None
    settings = load_settings()
    model = load_model(settings.model_copy(update={"llm": judge})) if judge is not None else None
    with _application(settings, documents) as application:
        application.warm_up()
        report = run_evaluation(
            application.assistant,
            application.library.catalogue,
            questions=questions,
            output=kept.output,
            command=" ".join(("rag", *sys.argv[1:])),
        )
    if model is not None:
        report = with_verdicts(report, model, seconds=settings.llm_timeout, tell=typer.echo)
        save(report, kept.output)
    typer.echo(render(report))
    typer.echo(f"结果已写入 {kept.output}。")
    if kept.baseline is not None:
        save(report.slim(), kept.baseline)
        typer.echo(f"供比较的结果已写入 {kept.baseline}。")
    comparison = compare(before, report) if before is not None else None
    if comparison is not None and not comparison.asked:
        raise InvalidRequest(
            f"{str(against)!r} 与这次没有一问相同，无从比较。请检查 --against 与 --questions。"
        )
    if kept.html is not None:
        save_page(report, kept.html, comparison=comparison)
        typer.echo(f"网页报告已写入 {kept.html}。")
    if comparison is not None:
        typer.echo(render_comparison(comparison))
        if comparison.regressions:
            raise typer.Exit(WORSE)


@contextmanager
def _application(settings: Settings, documents: Path | None) -> Iterator[Application]:
    """The library as it is, or one made of a folder for the time of the evaluation."""
    if documents is None:
        with Application.open(settings, writable=False) as application:
            yield application
        return
    if not documents.exists():
        raise InvalidRequest(f"没有这个文件夹：{str(documents)!r}。请检查 --documents。")
    with (
        TemporaryDirectory(prefix="zhiyin-eval-") as home,
        Application.open(settings.model_copy(update={"home": Path(home)}), writable=True) as application,
    ):
        application.ingest([documents], lambda _result: None)
        yield application
