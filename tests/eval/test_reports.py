"""The development questions are well formed, apart from the test questions, and true to their reports."""

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from eval.dataset import REPORTS, Case, load_cases
from eval.matching import canonical, says
from rag.chinese import squeeze

CORPUS = Path(os.environ.get("RAG_DATA", "../shared/data")) / "corpus" / "gov_work_reports.jsonl.gz"
needs_reports = pytest.mark.skipif(
    not CORPUS.is_file(), reason=f"needs the work reports: RAG_DATA names no folder with {CORPUS}"
)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases(REPORTS)


@pytest.fixture(scope="module")
def texts(cases: tuple[Case, ...]) -> dict[str, str]:
    """The squeezed text of every document the questions name, by file name."""
    named = {item.document for case in cases for item in case.evidence}
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        reports = {f"{report['title']}.txt": report["text"] for report in map(json.loads, file)}
    return {name: squeeze(reports[name]) for name in named}


def test_enough_is_asked_of_both_kinds(cases):
    counts = Counter(case.unanswerable for case in cases)
    assert counts == {None: 52, "near_miss": 18, "off_topic": 10}
    assert len({case.id for case in cases}) == len(cases)


def test_nothing_is_shared_with_the_test_questions(cases):
    seeds = load_cases()
    assert {case.id for case in cases} & {case.id for case in seeds} == set()
    asked = {canonical(case.question) for case in cases}
    assert len(asked) == len(cases)
    assert asked & {canonical(case.question) for case in seeds} == set()


def test_no_question_copies_its_sentence(cases):
    copied = [
        case.id
        for case in cases
        for item in case.evidence
        if canonical(item.quote) in canonical(case.question)
    ]
    assert copied == []


def test_some_answer_stands_in_the_evidence(cases):
    missing = [
        case.id
        for case in cases
        if case.evidence
        and not any(says(item.quote, answer) for item in case.evidence for answer in case.expected)
    ]
    assert missing == []


@needs_reports
def test_every_quote_stands_in_its_document(cases, texts):
    assert len(texts) == 4
    lost = [
        (case.id, item.quote)
        for case in cases
        for item in case.evidence
        if squeeze(item.quote) not in texts[item.document]
    ]
    assert lost == []


@needs_reports
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
