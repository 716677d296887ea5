"""`rag fit`: fit the coefficients of ranking, reading and refusal again, and print them.

May import the rest of `ui`, the evaluation and the settings.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer

from eval import ordering
from eval.cedict import FILE as DICTIONARY
from eval.cedict import entries
from eval.dataset import EVERYDAY_DEV, LAWS_DEV, OFFICE_DEV, PROVINCES_DEV, REPORTS, Case, load_cases
from eval.fitting import HELD_OUT_EVERY, SEED, Judged, calibrate, judge, part, prefer
from eval.ordering import FOREIGN, READER, TAUGHT, Choice, Recall, choices, load, save
from eval.rewording import in_english, reword, synonyms, translations
from eval.sources import write_sources
from eval.squad import ReadingQuestion, load_documents, load_squad
from rag.datatypes import Inquiry
from rag.reading.decision import features, lacks
from rag.retrieval.ranking import Weighting
from rag.settings import load_settings
from ui.compose import reranker_for
from ui.workbench import Workbench, open_workbench

CMRC_TRAIN = "cmrc2018/cmrc2018_train.json.gz"
LAWS = "corpus/laws.jsonl.gz"
OFF_TOPIC = 400
# One law and one report in so many is put among the paragraphs.
SOME = 10
DEVELOPMENT = (REPORTS, PROVINCES_DEV, LAWS_DEV, EVERYDAY_DEV, OFFICE_DEV)
PLAIN, REWORDED, ENGLISH = "plain", "reworded", "english"
WORK_REPORTS = "corpus/gov_work_reports.jsonl.gz"


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    questions: Annotated[int, typer.Option(min=20, help="拟合所用的问题数")] = 500,
    ranking_only: Annotated[bool, typer.Option(help="只重算排序的系数")] = False,
    threshold_only: Annotated[bool, typer.Option(help="只重算拒答的门槛，用现有系数")] = False,
    kept: Annotated[
        Path | None, typer.Option(help="留存候选段落特征的文件：有则直接拟合，几秒即可；没有则先检索再留存")
    ] = None,
) -> None:
    """Fit and print; the figures go by hand into the modules named, where they are read."""
    if not threshold_only:
        _fit_ranking(data, questions, kept)
    if ranking_only:
        return
    if not threshold_only:
        _fit_coefficients(data, questions)
    _fit_threshold(data)


def _fit_ranking(data: Path, questions: int, kept: Path | None) -> None:
    groups = (load(kept) if kept else {}) or _search(data, questions)
    if kept:
        save(kept, groups)
    weighting = Weighting()
    for name, names, weights in (
        ("chinese", (PLAIN, REWORDED), weighting.chinese),
        ("foreign", (ENGLISH,), weighting.foreign),
    ):
        choices = [choice for group in names for choice in groups[group]]
        features = TAUGHT if name == "chinese" else FOREIGN
        weights = replace(weights, reader=0.0)
        fitted = ordering.fit(choices, weights, features)
        # What a reranker adds is fitted on top: without one the other weights must be right as they are.
        fitted = ordering.fit(choices, fitted, READER)
        typer.echo(f"rag/retrieval/ranking.py Weighting.{name} = {fitted}")
        typer.echo(f"  held out: {_told(ordering.held_out(choices, weights, features))}")
        unread = replace(fitted, reader=0.0)
        typer.echo(f"  held out, read: {_told(ordering.held_out(choices, unread, READER))}")
        for group in names:
            typer.echo(f"  {group}: {_told(ordering.recall(groups[group], fitted))}")
        for feature in features:
            others = tuple(other for other in features if other != feature)
            without = replace(weights, **{feature: 0.0})
            typer.echo(f"  without {feature}: {_told(ordering.held_out(choices, without, others))}")


def _search(data: Path, questions: int) -> dict[str, list[Choice]]:
    """What is found for the training questions, as they are and in other words, among laws and reports."""
    reading = load_squad(data / CMRC_TRAIN, every=HELD_OUT_EVERY)
    haystack = [*load_documents(data / LAWS)[::SOME], *load_documents(data / WORK_REPORTS)[::SOME]]
    dictionary = list(entries(data / DICTIONARY))
    known, meanings = synonyms(dictionary), translations(dictionary)
    chance = random.Random(SEED)
    asked = list(reading.questions)
    chance.shuffle(asked)
    asked = asked[:questions]
    with open_workbench(load_settings(), [*reading.documents, *haystack]) as bench:
        retriever = bench.retriever(reranker=reranker_for(bench.application.settings))

        def found(some: Sequence[ReadingQuestion]) -> list[Choice]:
            return choices(
                some,
                bench.ids,
                lambda question, size: retriever.read(question, retriever.shortlist(question, size=size)),
            )

        return {
            PLAIN: found(asked),
            REWORDED: found([reword(each, known, chance) for each in asked[: questions // 2]]),
            ENGLISH: found([in_english(each, meanings) for each in asked[: questions // 2]]),
        }


def _told(recall: Recall) -> str:
    return f"R@1 {recall.first:.4f}, R@5 {recall.five:.4f}"


def _fit_coefficients(data: Path, questions: int) -> None:
    reading = load_squad(data / CMRC_TRAIN, every=HELD_OUT_EVERY)
    asked = random.Random(SEED).sample(reading.questions, min(questions, len(reading.questions)))
    known = synonyms(entries(data / DICTIONARY))
    with open_workbench(load_settings(), reading.documents) as bench:
        retriever, reader = bench.retriever(), bench.reader()
        typer.echo(f"rag/reading/evidence.py {prefer(asked, bench.ids, retriever, reader)}")
        encyclopaedia = judge(asked, bench.ids, retriever, reader, known)
    calibrated = calibrate([encyclopaedia, _development(data)])
    typer.echo(f"rag/reading/decision.py CALIBRATOR = {calibrated.calibrator}")
    typer.echo(f"  held out, expected calibration error: {calibrated.error:.3f}")


def _development(data: Path) -> Judged:
    """The development questions as the calibrator sees them."""
    rows: list[tuple[float, ...]] = []
    answerable: list[bool] = []
    for questions in DEVELOPMENT:
        cases = load_cases(questions)
        with _asked_of(cases, data) as bench:
            chain, reader = bench.application.assistant.as_runnable(), bench.reader()
            for case in cases:
                found = chain.find(Inquiry(case.question, case.history))
                evidence = reader.read(found.question, found.evidence.hits)
                if evidence.passages and found.listed is None and not lacks(found.question, evidence):
                    rows.append(astuple(features(evidence)))
                    answerable.append(case.unanswerable is None)
    return Judged(np.array(rows), np.array(answerable))


def _fit_threshold(data: Path) -> None:
    """Choose the threshold on the development questions; the coefficients must be in place before.

    Questions about an encyclopaedia, asked of work reports, are off topic too, and plenty: a group of their
    own, lest they outnumber those that people ask.
    """
    foreign = load_squad(data / CMRC_TRAIN, every=HELD_OUT_EVERY).questions[:OFF_TOPIC]
    sure: list[tuple[str | None, float]] = []
    for questions in DEVELOPMENT:
        cases = load_cases(questions)
        with _asked_of(cases, data) as bench:
            sure += [
                (case.unanswerable, _confidence(bench, Inquiry(case.question, case.history)))
                for case in cases
            ]
            if questions == REPORTS:
                strange = [_confidence(bench, Inquiry(question.text)) for question in foreign]
    groups = {
        "answerable": [value for kind, value in sure if not kind],
        "near miss": [value for kind, value in sure if kind == "near_miss"],
        "off topic": [value for kind, value in sure if kind == "off_topic"],
        "of an encyclopaedia": strange,
    }
    threshold = part(*groups.values())
    typer.echo(f"rag/reading/decision.py THRESHOLD = {threshold:.3f}")
    for name, values in groups.items():
        refused = sum(value < threshold for value in values) / len(values)
        typer.echo(f"  development questions, refused: {name}: {refused:.3f} of {len(values)}")


@contextmanager
def _asked_of(cases: Sequence[Case], data: Path) -> Iterator[Workbench]:
    """A library of the documents that the cases name."""
    with TemporaryDirectory() as folder:
        paths = write_sources(cases, data, Path(folder))
        documents = [(path.name, path.read_bytes()) for path in paths]
    with open_workbench(load_settings(), documents) as bench:
        yield bench


def _confidence(bench: Workbench, inquiry: Inquiry) -> float:
    return bench.application.assistant.ask(inquiry).confidence
