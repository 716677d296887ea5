"""The development questions are enough, have their answers, and share nothing with the test questions."""

from collections import Counter

import pytest

from eval.dataset import REPORTS, Case, load_cases
from eval.matching import canonical, says


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases(REPORTS)


def test_enough_is_asked_of_both_kinds(cases):
    counts = Counter(case.unanswerable for case in cases)
    assert counts == {None: 52, "near_miss": 18, "off_topic": 10}
    assert len({case.id for case in cases}) == len(cases)
    assert len({item.document for case in cases for item in case.evidence}) == 4


def test_nothing_is_shared_with_the_test_questions(cases):
    seeds = load_cases()
    assert {case.id for case in cases} & {case.id for case in seeds} == set()
    asked = {canonical(case.question) for case in cases}
    assert len(asked) == len(cases)
    assert asked & {canonical(case.question) for case in seeds} == set()


def test_some_answer_stands_in_the_evidence(cases):
    missing = [
        case.id
        for case in cases
        if case.evidence
        and not any(says(item.quote, answer) for item in case.evidence for answer in case.expected)
    ]
    assert missing == []
