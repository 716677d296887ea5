"""`rag bench reading`: public reading sets as open libraries, asked through the whole assistant.

May import the composition root, the evaluation and the settings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import typer

from eval.names import milliseconds, share
from eval.outcome import EvaluationReport
from eval.page import save_page
from eval.reading import Elsewhere, Marks, cases, read, refused_at
from eval.report import save
from eval.runner import evaluate
from eval.squad import ReadingSet
from eval.summary import FIGURES, figure, summarise
from rag.settings import load_settings
from ui.bench.machine import headline
from ui.bench.quality.sets import CMRC, DRCD, load_sets
from ui.bench.rows import measure, row
from ui.workbench import open_workbench

SETS = (CMRC, DRCD)
# The share of questions to be answered where refusals of different thresholds are compared.
ANSWERED = 0.92
ANSWERS = (
    "| 问题集 | 段 | 问题 | 首句含答案 | 简答 EM | 简答 F1 | 无简答取首句：EM | F1 "
    f"| 作答 | 去掉原段后拒答 | 若门槛使作答 {ANSWERED}：拒答 |\n" + "|---" * 11 + "|"
)
RESTS = (
    "| 问题集 | 依据 R@1 | R@5 | 引注准（按段） | 引注全（按段） | 引文准（按字） | 引文全（按字） | 有据 "
    "| ECE | p50 毫秒 | p95 毫秒 | 违约 |\n" + "|---" * 12 + "|"
)


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    every: Annotated[int, typer.Option(min=1, help="每隔几份文件取其问题，1 为全部")] = 1,
    output: Annotated[Path | None, typer.Option(help="把每集逐题的结果（JSON 与网页）写进这个文件夹")] = None,
) -> None:
    """Ask each set in a library of all its paragraphs, then with each question's own out of reach."""
    typer.echo(headline())
    sets = load_sets(data, every=every)
    typer.echo(ANSWERS)
    rests = []
    for name in SETS:
        held, apart = _asked(name, sets[name])
        typer.echo(_answers(name, held, apart))
        rests.append(_rests(name, held, apart))
        if output is not None:
            for part, report in (("", held), ("，去掉原段", apart)):
                save(report, output / f"{name}{part}.json")
                save_page(report, output / f"{name}{part}.html")
    typer.echo("\n".join(("", RESTS, *rests)))


def _asked(name: str, reading: ReadingSet) -> tuple[EvaluationReport, EvaluationReport]:
    """What comes back with each question's own paragraph in the library, and without."""
    with open_workbench(load_settings(), reading.documents) as bench:
        bench.application.warm_up()
        assistant, source = bench.application.assistant, bench.application.library.catalogue
        reports = (
            evaluate(assistant, cases(reading, answerable=True), source),
            evaluate(
                Elsewhere(assistant, reading.questions, bench.ids),
                cases(reading, answerable=False),
                source,
            ),
        )
    held, apart = (replace(report, questions=name, command="rag bench reading") for report in reports)
    return held, apart


def _answers(name: str, held: EvaluationReport, apart: EvaluationReport) -> str:
    measured = [read(outcome) for outcome in held.outcomes]
    answered = [float(not outcome.refused) for outcome in held.outcomes]
    refused = [float(outcome.refused) for outcome in apart.outcomes]
    threshold, share_refused = refused_at(
        ANSWERED, *([outcome.confidence for outcome in report.outcomes] for report in (held, apart))
    )
    return row(
        name,
        f"{held.data.paragraphs:,}",
        f"{len(measured):,}",
        *_columns(measured),
        measure(answered),
        measure(refused),
        f"{share_refused:.3f}（门槛 {threshold:.3f}）",
    )


def _columns(measured: Sequence[Marks]) -> Iterator[str]:
    for field in fields(Marks):
        yield measure([getattr(each, field.name) for each in measured])


def _rests(name: str, held: EvaluationReport, apart: EvaluationReport) -> str:
    """What answers rest on; calibration over both askings, since confidence has to tell them apart."""
    summary = summarise(held.outcomes)
    names = ("R@1", "R@5", "引段准", "引段全", "引字准", "引字全", "有据")
    figures = (figure(each, held.outcomes, FIGURES[each]) for each in names)
    both = summarise((*held.outcomes, *apart.outcomes))
    return row(
        name,
        *(share(each.value) for each in figures),
        share(both.calibration.error),
        milliseconds(summary.p50),
        milliseconds(summary.p95),
        str(both.violations),
    )
