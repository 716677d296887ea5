"""What holds for the questions of both sets, those to test on and those to develop on."""

import gzip
import json
import os
from pathlib import Path

import pytest

from eval.dataset import REPORTS, SEEDS, Case, load_cases
from eval.matching import canonical
from rag.chinese import squeeze

CORPUS = Path(os.environ.get("RAG_DATA", "../shared/data")) / "corpus" / "gov_work_reports.jsonl.gz"


@pytest.fixture(scope="module", params=[SEEDS, REPORTS], ids=lambda path: path.stem)
def questions(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def cases(questions: Path) -> tuple[Case, ...]:
    return load_cases(questions)


@pytest.fixture(scope="module")
def texts(questions: Path, cases: tuple[Case, ...], seeds: Path) -> dict[str, str]:
    """The squeezed text of every document the questions name, by file name."""
    written = _founding(seeds) if questions == SEEDS else _reports()
    return {
        name: squeeze(written[name]) for name in {item.document for case in cases for item in case.evidence}
    }


def _founding(seeds: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in seeds.iterdir()}


def _reports() -> dict[str, str]:
    if not CORPUS.is_file():
        pytest.skip(f"needs the work reports: RAG_DATA names no folder with {CORPUS}")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        return {f"{report['title']}.txt": report["text"] for report in map(json.loads, file)}


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


def test_near_misses_are_not_answered_anywhere(cases, texts):
    near = [case for case in cases if case.unanswerable == "near_miss"]
    assert all(case.absent for case in near)
    found = [
        (case.id, words)
        for case in near
        for words in case.absent
        if any(squeeze(words) in text for text in texts.values())
    ]
    assert found == []
