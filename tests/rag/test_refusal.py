"""Refusals: the question is repeated in them, and must not pose as a citation."""

import pytest

from rag.answer.refusal import nearest, refuse
from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question, QuestionKind
from rag.markers import used

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


@pytest.mark.parametrize(
    ("text", "kind", "lacking"),
    [
        ("2025年目标是多少？", "number", "没有提到2025年"),
        ("2024年目标是多少？", "number", "没有所问的数字"),
        ("什么时候通车？", "date", "没有所问的时间"),
        ("怎样推进？", "how", ""),
    ],
)
def test_a_refusal_tells_what_is_lacking(text: str, kind: QuestionKind, lacking: str) -> None:
    hit = Hit(Paragraph("d1", 1, "2024年要推进。", 0, 9), "题", 1.0)
    evidence = Evidence((hit,), (Passage(handle=1, start=0, end=9, text="2024年要推进。"),))
    message = refuse(Question(text, text, text, kind), evidence, empty=False).message
    assert message == f"文件库中没有找到能回答“{text}”的内容。" + (
        f"相近的段落里{lacking}。" if lacking else ""
    )
