"""The runner measures a real, if small, assistant."""

from dataclasses import replace

import pytest

from eval.dataset import Case, Evidence
from eval.runner import evaluate
from rag.answers import Answer
from rag.datatypes import Inquiry, Turn
from rag.errors import InvalidRequest
from tests.eval.conftest import CASES, MemoryAssistant


def test_right_answers_are_right(report):
    by_id = {outcome.id: outcome for outcome in report.outcomes}
    for name in ("n1", "d1"):
        assert by_id[name].correct
        assert by_id[name].recall_at_1 == by_id[name].recall_at_5 == 1.0
        assert by_id[name].citation_precision == by_id[name].citation_recall == 1.0
    first = by_id["n1"].found[0]
    assert (first.document, first.paragraph, first.holds) == ("甲.txt", 2, True)
    assert "社区食堂15个" in first.text
    assert by_id["n1"].citations[0].correct is True


def test_half_of_a_comparison_is_half_right(report):
    (outcome,) = [one for one in report.outcomes if one.id == "c1"]
    assert (outcome.correct, outcome.share) == (False, 0.5)
    assert (outcome.recall_at_1, outcome.recall_at_5) == (0.5, 1.0)
    assert (outcome.citation_precision, outcome.citation_recall) == (1.0, 0.5)
    assert outcome.short_f1 is None


def test_a_wrong_short_answer_is_a_fault_even_when_the_text_is_right(report):
    by_id = {outcome.id: outcome for outcome in report.outcomes}
    assert (by_id["n1"].short_right, by_id["n1"].faultless) == (True, True)
    assert (by_id["d1"].correct, by_id["d1"].short_right, by_id["d1"].faultless) == (True, False, False)
    assert by_id["c1"].short_right is None


def test_a_part_of_an_accepted_answer_is_a_right_short_answer(assistant, library):
    accepted = ("社区食堂15个，牵头单位区民政局。新建社区食堂15个。",)
    case = replace(CASES[0], answers=accepted)
    (outcome,) = evaluate(assistant, [case], library).outcomes
    assert (outcome.correct, outcome.short_right) == (False, True)


def test_refusing_is_right_only_where_nothing_answers(report):
    by_id = {outcome.id: outcome for outcome in report.outcomes}
    assert by_id["p1"].refused
    assert not by_id["p1"].correct
    assert (by_id["p1"].citation_precision, by_id["p1"].citation_recall) == (None, 0.0)
    assert by_id["o1"].refused
    assert by_id["o1"].correct
    assert by_id["o1"].recall_at_1 is None
    assert not by_id["m1"].refused
    assert not by_id["m1"].correct
    assert by_id["m1"].citations[0].correct is None


def test_a_refusal_that_shows_the_words_is_still_no_answer(assistant, library):
    class Shy(MemoryAssistant):
        def ask(self, inquiry: Inquiry) -> Answer:
            given = super().ask(inquiry)
            return replace(given, answered=False)

    (outcome,) = evaluate(Shy(library), CASES[:1], library).outcomes
    assert "15个" in outcome.text
    assert (outcome.correct, outcome.share, outcome.citation_recall) == (False, 0.0, 0.0)


def test_only_asking_is_timed(report):
    assert [outcome.milliseconds for outcome in report.outcomes] == pytest.approx([25.0] * len(CASES))


def test_the_first_question_warms_up_and_history_travels(assistant, library):
    history = (Turn("user", "社区食堂谁牵头？"), Turn("assistant", "区民政局[1]。"))
    case = Case(
        "f1", "follow_up", "几个？", history, answers=("15个",), evidence=(Evidence("甲.txt", "食堂15个"),)
    )
    report = evaluate(assistant, [case], library)
    assert [inquiry.history for inquiry in assistant.asked] == [history, history]
    assert report.outcomes[0].correct


def test_what_was_searched_is_stated(report):
    assert (report.data.documents, report.data.paragraphs) == (2, 6)
    assert report.answerers == ("extractive",)
    assert report.machine.cpus >= 1


def test_no_question_is_no_outcome(assistant, library):
    report = evaluate(assistant, [], library)
    assert report.outcomes == ()
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("item", "said"),
    [(Evidence("丙.txt", "新建"), "丙.txt"), (Evidence("甲.txt", "没有这句"), "没有这句")],
)
def test_evidence_that_is_not_in_the_library_stops_the_run(assistant, library, item, said):
    case = Case("x", "number", "几个？", answers=("15个",), evidence=(item,))
    with pytest.raises(InvalidRequest, match=said):
        evaluate(assistant, [case], library)
    assert assistant.asked == []
