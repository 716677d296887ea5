"""Reading sets asked in an open library: what is expected, what is out of reach, what an answer is worth."""

import doctest
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import reading
from eval.dataset import Evidence
from eval.reading import Elsewhere, cases, read, refused_at
from eval.squad import ReadingQuestion, ReadingSet
from rag.datatypes import Inquiry

CANTEEN = ReadingQuestion("新建社区食堂多少个？", ("15个", "十五个"), "甲/00000.txt")
LIFT = ReadingQuestion("谁牵头？", ("区民政 局", "区教育局"), "甲/00001.txt")
SET = ReadingSet(
    (("甲/00000.txt", "新建社区食堂15个。"), ("甲/00001.txt", "由区民政局牵头。")), (CANTEEN, LIFT)
)


def test_the_examples_hold():
    assert doctest.testmod(reading).failed == 0


def test_the_evidence_is_the_answer_where_it_stands():
    one, two = cases(SET, answerable=True)
    assert (one.type, one.answers, one.evidence) == (
        "number",
        ("15个", "十五个"),
        (Evidence("00000.txt", "15个"),),
    )
    assert two.evidence == (Evidence("00001.txt", "区民政 局"),)
    odd = ReadingSet(SET.documents, (replace(CANTEEN, answers=("拾伍个",)),))
    assert cases(odd, answerable=True)[0].evidence == (Evidence("00000.txt", "新建社区食堂15个。"),)


def test_a_question_without_its_paragraph_is_a_near_miss():
    assert {(case.unanswerable, case.answers, case.evidence) for case in cases(SET, answerable=False)} == {
        ("near_miss", (), ())
    }


def test_every_document_is_in_reach_but_those_the_question_is_about(assistant):
    ids = {"甲/00000.txt": "a", "甲/00001.txt": "b", "甲/00002.txt": "c"}
    twice = replace(CANTEEN, source="甲/00002.txt")
    Elsewhere(assistant, (CANTEEN, LIFT, twice), ids).ask(Inquiry(CANTEEN.text))
    Elsewhere(assistant, (CANTEEN, LIFT), ids).ask(Inquiry(LIFT.text))
    assert [asked.scope.document_ids for asked in assistant.asked] == [{"b"}, {"a", "c"}]


def test_short_answers_and_first_sentences_are_measured_apart(report):
    outcome = replace(
        report.outcomes[0], expected=("15个",), short_answer="共15个", text="食堂15个[1]。好[1]。"
    )
    marks = read(outcome)
    assert (marks.first, marks.exact, marks.filled_exact) == (1.0, 0.0, 0.0)
    assert marks.f1 == marks.filled_f1 == pytest.approx(2 * 3 / (4 + 3))
    assert read(replace(outcome, short_answer="15 个。")).exact == 1.0
    without = read(replace(outcome, short_answer=None))
    assert (without.exact, without.f1) == (0.0, 0.0)
    assert without.filled_f1 == pytest.approx(2 * 3 / (5 + 3))
    assert read(replace(outcome, text="好[1]。食堂15个[1]。")).first == 0.0


def test_a_refusal_that_shows_the_answer_is_worth_nothing(report):
    outcome = replace(report.outcomes[0], refused=True, text="食堂15个。", short_answer="15个")
    assert set(vars_of(read(outcome))) == {0.0}


def vars_of(marks):
    return [getattr(marks, name) for name in marks.__slots__]


@given(st.lists(st.floats(0, 1), min_size=1), st.lists(st.floats(0, 1), min_size=1), st.floats(0.01, 1))
def test_the_threshold_answers_at_least_the_share_asked_for_and_one_above_would_not(near, apart, share):
    threshold, refused = refused_at(share, near, apart)
    assert 0 <= refused <= 1
    assert threshold in near
    above = [sure for sure in near if sure > threshold]
    assert len(above) / len(near) <= share + 1 / len(near)
