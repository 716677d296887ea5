"""`rag bench retrieval`: how well paragraphs are found on public sets, by each part of the score.

May import the rest of `ui`, the evaluation and the settings.
"""

from pathlib import Path
from typing import Annotated

import typer

from eval.ranking import Ranking, rank
from eval.squad import load_squad
from rag.settings import load_settings
from ui.bench.machine import headline
from ui.workbench import DENSE_ALONE, LEXICAL_ALONE, open_workbench

SETS = {"CMRC2018 dev": "cmrc2018/cmrc2018_dev.json", "DRCD dev": "drcd/DRCD_dev.json"}
WEIGHTS = {"只按词语": LEXICAL_ALONE, "只按语义": DENSE_ALONE, "合起来": None}

HEADER = (
    "| 数据 | 排序 | 问题 | 文件 | R@1 | R@5 | MRR@10 | 每问毫秒（中位） |\n|---|---|---|---|---|---|---|---|"
)


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    every: Annotated[int, typer.Option(min=1, help="每隔几份文件取其问题，1 为全部")] = 1,
) -> None:
    """Measure and print one table."""
    typer.echo(headline())
    typer.echo(HEADER)
    for name, file in SETS.items():
        reading = load_squad(data / file, every=every)
        with open_workbench(load_settings(), reading.documents) as bench:
            for part, weights in WEIGHTS.items():
                found = rank(bench.retriever(weights), reading.questions, bench.ids)
                typer.echo(_row((name, part, str(found.questions), str(len(reading.documents))), found))


def _row(labels: tuple[str, ...], found: Ranking) -> str:
    figures = (found.recall_at_1, found.recall_at_5, found.mrr_at_10)
    cells = [*labels, *(f"{figure:.3f}" for figure in figures), f"{found.median_ms:.1f}"]
    return f"| {' | '.join(cells)} |"
