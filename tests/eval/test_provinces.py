"""The provincial questions are enough, ask about ten reports in every way, and are no others'."""

from collections import Counter
from typing import get_args

import pytest

from eval.dataset import PROVINCES, PROVINCES_DEV, REPORTS, Case, CaseType, load_cases
from eval.matching import canonical, says


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases(PROVINCES)


def test_enough_is_asked_of_every_type(cases):
    counts = Counter(case.type for case in cases)
    assert len(cases) >= 150
    assert {name for name in get_args(CaseType) if counts[name] < 5} == set()
    assert counts["comparison"] >= 15
    assert counts["near_miss"] >= 20


def test_each_of_ten_reports_is_asked_about(cases):
    counts = Counter(name for case in cases for name in {item.document for item in case.evidence})
    assert len(counts) == 10
    assert min(counts.values()) >= 8


def test_comparisons_rest_on_more_than_one_place(cases):
    assert [case.id for case in cases if case.type == "comparison" and len(case.evidence) < 2] == []


def test_nothing_is_shared_with_the_other_sets(cases):
    others = (*load_cases(), *load_cases(REPORTS), *load_cases(PROVINCES_DEV))
    assert {case.id for case in cases} & {case.id for case in others} == set()
    asked = {canonical(case.question) for case in cases if not case.history}
    assert len(asked) == sum(not case.history for case in cases)
    assert asked & {canonical(case.question) for case in others} == set()


def test_rules_are_tried_on_other_provinces(cases):
    tried = set().union(*(case.documents for case in load_cases(PROVINCES_DEV)))
    assert tried & set().union(*(case.documents for case in cases)) == set()


def test_answers_stand_in_the_evidence(cases):
    missing = [
        case.id
        for case in cases
        if case.evidence
        and not (all if case.all_of else any)(
            says(" ".join(item.quote for item in case.evidence), answer) for answer in case.expected
        )
    ]
    assert missing == []
