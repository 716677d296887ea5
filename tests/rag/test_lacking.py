"""What a refusal says is missing is true of the paragraphs found; what cannot be told is not said."""

from dataclasses import replace

import pytest

from rag.answer.lacking import another_year, lacking, unmentioned
from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question, QuestionKind


def asked(text: str, kind: QuestionKind = "number") -> Question:
    return Question(text, text, text, kind)


def found(*texts: str, year: int | None = 2024, fits: bool = True) -> Evidence:
    hits = tuple(
        Hit(Paragraph("d1", number, text, 0, len(text)), "政府工作报告", 1.0, year)
        for number, text in enumerate(texts, 1)
    )
    passages = tuple(
        Passage(handle=handle, start=0, end=len(text), text=text, fits=fits)
        for handle, text in enumerate(texts, 1)
    )
    return Evidence(hits, passages)


TARGET = "固定资产投资目标740亿元以上。"
QUESTION = "2025年固定资产投资目标是多少？"


def test_the_same_of_another_year_is_told() -> None:
    message = another_year(asked(QUESTION), found(f"2024年{TARGET}"))
    assert message == "文件库中没有找到2025年固定资产投资，只找到2024年的。"


def test_all_the_years_that_are_told_of_are_named() -> None:
    message = another_year(asked(QUESTION), found(f"2024年{TARGET}", f"2022年{TARGET}"))
    assert message.endswith("只找到2022年、2024年的。")


def test_the_year_of_the_document_counts_where_the_text_names_none() -> None:
    assert "只找到2024年的" in another_year(asked(QUESTION), found(TARGET))


@pytest.mark.parametrize(
    "evidence",
    [
        found("2024年社会消费品零售总额目标700亿元。"),  # another subject
        found(f"2024年和2023年{TARGET}"),  # not of one year
        found(f"2024年{TARGET}", f"2025年{TARGET}"),  # said of the year asked for as well
        found(TARGET, year=None),  # of no known year
        found(f"2024年{TARGET}", f"2022年和2023年{TARGET}"),  # some of several years
        found("2024年固定资产投资目标完成良好。", fits=False),  # nothing of the kind asked for
        Evidence(),
    ],
)
def test_another_year_is_never_claimed_where_it_is_not_so(evidence: Evidence) -> None:
    assert another_year(asked(QUESTION), evidence) == ""


@pytest.mark.parametrize("question", ["固定资产投资目标是多少？", "2024年和2025年固定资产投资目标各是多少？"])
def test_only_a_question_of_one_year_is_told_another(question: str) -> None:
    assert another_year(asked(question), found(TARGET)) == ""


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("2026年新增多少学位？", "2024年新增学位5600个。", ("2026年",)),
        ("2023年新增多少学位？", "去年新增学位5600个。", ()),
        ("江苏省新增多少学位？", "浙江省新增学位5600个。", ("江苏省",)),
        ("“墅智养”有多少用户？", "“墅企通”有用户100名。", ("“墅智养”",)),
        ("区市场监管局有多少人？", "区市场监督管理局共有100人。", ()),
        ("区市场监管局有多少人？", "区教育局共有100人。", ("区市场监管局",)),
    ],
)
def test_names_that_nothing_mentions_are_told(question: str, text: str, names: tuple[str, ...]) -> None:
    assert unmentioned(asked(question), found(text)) == names


def test_what_is_measured_is_called_by_its_name() -> None:
    evidence = found("加装电梯要持续推进。", fits=False)
    assert lacking(asked("加装一台电梯补贴多少元？"), evidence) == "相近的段落里没有所问的金额。"
    assert lacking(asked("怎样加装电梯？", "how"), evidence) == ""


def test_what_no_figure_is_of_is_named() -> None:
    evidence = found("粮食产量616亿斤。")
    best = replace(evidence.passages[0], unsaid=("油料",))
    asked_for = lacking(asked("油料产量是多少？"), replace(evidence, passages=(best,)))
    assert asked_for == "相近的段落里没有“油料”的数字。"
