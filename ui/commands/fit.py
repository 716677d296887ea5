"""`rag fit`: fit the coefficients of ranking, reading and refusal again, and print them.

May import the rest of `ui`, the evaluation and the settings.
"""

from pathlib import Path
from typing import Annotated

import typer

from eval.dataset import REPORTS, load_cases
from eval.fitting import HELD_OUT_EVERY, fit, load_synonyms, part
from eval.squad import load_documents, load_squad
from rag.datatypes import Inquiry
from rag.settings import load_settings
from ui.workbench import Workbench, open_workbench

CMRC_TRAIN = "cmrc2018/cmrc2018_train.json.gz"
DICTIONARY = "cedict/cedict_1_0_ts_utf-8_mdbg.txt.gz"
OFF_TOPIC = 400
WORK_REPORTS = "corpus/gov_work_reports.jsonl.gz"


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    questions: Annotated[int, typer.Option(min=20, help="拟合所用的问题数")] = 500,
    threshold_only: Annotated[bool, typer.Option(help="只重算拒答的门槛，用现有系数")] = False,
) -> None:
    """Fit and print; the figures go by hand into the modules named, where they are read."""
    if not threshold_only:
        _fit_coefficients(data, questions)
    _fit_threshold(data)


def _fit_coefficients(data: Path, questions: int) -> None:
    reading = load_squad(data / CMRC_TRAIN, every=HELD_OUT_EVERY)
    synonyms = load_synonyms(data / DICTIONARY)
    with open_workbench(load_settings(), reading.documents) as bench:
        fitted = fit(reading.questions[:questions], bench.ids, bench.retriever(), bench.reader(), synonyms)
    typer.echo(f"rag/retrieval.py FusionWeights(dense, lexical, coverage, likeness) = {fitted.fusion}")
    typer.echo("rag/evidence.py PassageWeights(coverage, likeness, figures, similarity, fits, paragraph)")
    typer.echo(f"  = {fitted.passage}")
    typer.echo(f"rag/decision.py CALIBRATOR = {fitted.calibrator}")
    for name, value in fitted.refused:
        typer.echo(f"  held out, refused: {name}: {value:.3f}")


def _fit_threshold(data: Path) -> None:
    """Choose the threshold on the development questions; the coefficients must be in place before.

    Questions about an encyclopaedia, asked of work reports, are off topic; there are plenty of them.
    """
    cases = load_cases(REPORTS)
    named = {item.document for case in cases for item in case.evidence}
    documents = [document for document in load_documents(data / WORK_REPORTS) if document[0] in named]
    foreign = load_squad(data / CMRC_TRAIN, every=HELD_OUT_EVERY).questions[:OFF_TOPIC]
    with open_workbench(load_settings(), documents) as bench:
        sure = [
            (case.unanswerable, _confidence(bench, Inquiry(case.question, case.history))) for case in cases
        ]
        strange = [_confidence(bench, Inquiry(question.text)) for question in foreign]
    groups = {
        "answerable": [value for kind, value in sure if not kind],
        "near miss": [value for kind, value in sure if kind == "near_miss"],
        "off topic": [value for kind, value in sure if kind == "off_topic"] + strange,
    }
    threshold = part(groups["answerable"], groups["near miss"], groups["off topic"])
    typer.echo(f"rag/decision.py THRESHOLD = {threshold:.3f}")
    for name, values in groups.items():
        refused = sum(value < threshold for value in values) / len(values)
        typer.echo(f"  development questions, refused: {name}: {refused:.3f} of {len(values)}")


def _confidence(bench: Workbench, inquiry: Inquiry) -> float:
    return bench.application.assistant.ask(inquiry).confidence
