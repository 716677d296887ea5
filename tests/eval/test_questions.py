"""What holds for the questions of every set, those to test on and those to develop on."""

import os
from pathlib import Path

import pytest

from eval.dataset import (
    EVERYDAY_DEV,
    LAWS_DEV,
    NEAR_DEV,
    OFFICE_DEV,
    PROVINCES,
    PROVINCES_DEV,
    REPORTS,
    SEEDS,
    Case,
    load_cases,
)
from eval.matching import canonical
from eval.sources import CORPORA, OWN
from eval.squad import load_documents
from ingest.pipeline import parse
from rag.language.chinese import squeeze

DATA = Path(os.environ.get("RAG_DATA", "../shared/data"))


SETS = [SEEDS, PROVINCES, PROVINCES_DEV, REPORTS, LAWS_DEV, NEAR_DEV, EVERYDAY_DEV, OFFICE_DEV]


@pytest.fixture(scope="module", params=SETS, ids=lambda path: path.stem)
def questions(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def cases(questions: Path) -> tuple[Case, ...]:
    return load_cases(questions)


@pytest.fixture(scope="module")
def texts(questions: Path, cases: tuple[Case, ...], seeds: Path) -> dict[str, str]:
    """The squeezed text of every document the questions name, by file name."""
    written = _founding(seeds) if questions == SEEDS else _own() if questions == OFFICE_DEV else _public()
    return {name: squeeze(written[name]) for name in set().union(*(case.documents for case in cases))}


def _founding(seeds: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in seeds.iterdir()}


def _own() -> dict[str, str]:
    return {path.name: parse(path.read_bytes(), path.name).document.text for path in OWN.iterdir()}


def _public() -> dict[str, str]:
    if not all((DATA / corpus).is_file() for corpus in CORPORA):
        pytest.skip(f"needs the public documents: RAG_DATA names no folder with them, {DATA}")
    return {name: text for corpus in CORPORA for name, text in load_documents(DATA / corpus)}


def test_every_quote_stands_in_its_document(cases, texts):
    lost = [
        (case.id, item.quote)
        for case in cases
        for item in case.evidence
        if squeeze(item.quote) not in texts[item.document]
    ]
    assert lost == []


def test_no_question_copies_its_sentence(cases):
    copied = [
        case.id
        for case in cases
        for item in case.evidence
        if canonical(item.quote) in canonical(case.question)
    ]
    assert copied == []


def test_near_misses_are_not_answered_where_they_ask(cases, texts):
    near = [case for case in cases if case.unanswerable == "near_miss"]
    assert all(case.absent for case in near)
    found = [
        (case.id, words)
        for case in near
        for words in case.absent
        if any(squeeze(words) in texts[name] for name in case.absent_from or texts)
    ]
    assert found == []
