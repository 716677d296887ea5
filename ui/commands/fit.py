"""`rag fit`: fit the coefficients of ranking, reading and refusal again, and print them.

May import the rest of `ui`, the evaluation and the settings.
"""

from pathlib import Path
from typing import Annotated

import typer

from eval.fitting import HELD_OUT_EVERY, fit, load_synonyms
from eval.squad import load_squad
from rag.settings import load_settings
from ui.workbench import MEANING_ALONE, open_workbench

CMRC_TRAIN = "cmrc2018/cmrc2018_train.json.gz"
DICTIONARY = "cedict/cedict_1_0_ts_utf-8_mdbg.txt.gz"


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    questions: Annotated[int, typer.Option(min=20, help="拟合所用的问题数")] = 500,
) -> None:
    """Fit and print; the figures go by hand into the modules named, where they are read."""
    reading = load_squad(data / CMRC_TRAIN, every=HELD_OUT_EVERY)
    synonyms = load_synonyms(data / DICTIONARY)
    with open_workbench(load_settings(), reading) as bench:
        fitted = fit(
            reading.questions[:questions],
            bench.ids,
            bench.retriever(),
            bench.retriever(MEANING_ALONE),
            bench.reader,
            synonyms,
        )
    typer.echo(f"rag/retrieval.py FusionWeights(dense, lexical, coverage, likeness) = {fitted.fusion}")
    typer.echo("rag/evidence.py PassageWeights(coverage, likeness, figures, similarity, fits, paragraph)")
    typer.echo(f"  = {fitted.passage}")
    typer.echo(f"rag/decision.py CHINESE = {fitted.chinese}\n  FOREIGN = {fitted.foreign}")
    typer.echo(f"  THRESHOLD = {fitted.threshold}, FOREIGN_THRESHOLD = {fitted.foreign_threshold}")
    for name, value in fitted.figures:
        typer.echo(f"held out: {name}: {value:.3f}")
