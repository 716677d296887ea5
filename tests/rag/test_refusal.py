"""Refusals: the question is repeated in them, and must not pose as a citation."""

import pytest

from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question
from rag.markers import used
from rag.refusal import nearest, refuse

EVIDENCE = Evidence(
    (Hit(Paragraph("d1", 1, "甲。", 0, 2), "题", 1.0),), (Passage(handle=1, start=0, end=2, text="甲。"),)
)


@pytest.mark.parametrize("text", ["[99]是什么？", "[0]？", "{question}[7]？"])
def test_a_question_with_brackets_cites_nothing(text: str) -> None:
    refusal = refuse(Question(text, text, text), EVIDENCE, empty=False)
    assert text in refusal.message
    assert used(nearest(refusal, EVIDENCE)) == (1,)


def test_nothing_found_points_nowhere() -> None:
    refusal = refuse(Question("？", "？", "？"), Evidence(), empty=True)
    assert refusal.reason == "empty_library"
    assert nearest(refusal, Evidence()) == refusal.message
