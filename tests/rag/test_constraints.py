"""What questions say of where their answer stands, over a shelf of reports and laws in several editions."""

from dataclasses import replace

import pytest

from rag.datatypes import Hit, Inquiry, Paragraph
from rag.documents.constraints import agreement, aim_of
from rag.documents.mentions import without_names
from rag.documents.shelf import Label, Shelf
from rag.query.question import understand
from rag.scope import Aim, Scope
from tests.rag.test_shelf import stored

SHELF = Shelf(
    map(
        Label.of,
        (
            stored("r23", "政府工作报告", source="2023年国务院政府工作报告.txt", year=2023, kind="报告"),
            stored("r24", "政府工作报告", source="2024年国务院政府工作报告.txt", year=2024, kind="报告"),
            stored("r25", "2025年国务院政府工作报告"),
            stored("congress", "团结奋斗", source="团结奋斗 (二十大).txt", year=2022),
            stored("law18", "物业管理条例（2018年修正）", year=2018, kind="条例"),
            stored("law21", "物业管理条例（2021年修订）", year=2021, kind="条例"),
            stored("talk", "在交流会上的讲话", year=2018, kind="讲话"),
            stored("dream", "红楼梦研究资料汇编"),
        ),
    )
)
REPORTS, LAWS = {"r23", "r24", "r25"}, {"law18", "law21"}


def aim(text: str, scope: Scope = Scope()) -> Aim:  # noqa: B008 - frozen
    return aim_of(understand(Inquiry(text), history_turns=0), SHELF, scope=scope)


@pytest.mark.parametrize(
    ("question", "within"),
    [
        ("2023年政府工作报告提出的赤字率是多少？", {"r23"}),
        ("2023年的报告里赤字率是多少？", {"r23"}),
        ("二〇二四年政府工作报告的就业目标？", {"r24"}),
        ("2024年国务院政府工作报告怎么说就业？", {"r24"}),
        ("2023和2024年政府工作报告里的赤字率", {"r23", "r24"}),
        ("政府工作报告点名要办好哪些展会？", REPORTS),
        ("《政府工作报告》中的就业目标", REPORTS),
        ("二十大報告要求守住多少畝耕地？", {"congress"}),
        ("《物业管理条例》第三条规定了什么？", LAWS),
        ("《物业管理条例（2021年修订）》规定的保修期是几年？", {"law21"}),
        ("2018年修正的物业管理条例规定的保修期是几年？", {"law18"}),
        ("最新物业管理条例规定的保修期是几年？", {"law21"}),
        ("2018年的讲话里提到什么？", {"talk"}),
        ("物业管理条例什么时候开始施行？", LAWS),
        ("《物业管理条例》一共有多少条？", LAWS),
        ("物业管理条例的施行日期是哪天？", LAWS),
    ],
)
def test_a_document_asked_for_what_it_says_is_a_bound(question: str, within: set[str]) -> None:
    assert aim(question).within == within


@pytest.mark.parametrize(
    ("question", "favoured"),
    [
        # Spoken of, not asked.
        ("谁来起草政府工作报告？", REPORTS),
        ("哪个部门牵头修订《物业管理条例》？", LAWS),
        ("党的二十大之后的重点工作有哪些？", {"congress"}),
        ("交流会后要抓好哪些工作？", {"talk"}),
        # An event, though a report goes by its name.
        ("在党的二十大上作报告的是谁？", {"congress"}),
        # The library has no such edition.
        ("2020年政府工作报告提出的赤字率是多少？", set()),
        # No document at all.
        ("《红楼梦》里林黛玉的丫鬟叫什么名字？", set()),
        ("2023年计划新增多少停车位？", {"r23"}),
        ("2024年的赤字率是多少？", {"r24"}),
        ("赤字率是多少？", set()),
    ],
)
def test_anything_else_that_a_question_speaks_of_only_comes_first(question: str, favoured: set[str]) -> None:
    found = aim(question)
    assert found.within == frozenset()
    assert found.favoured == favoured


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2024年的赤字率是多少？", (2024,)),
        ("2023年和2024年的赤字率各是多少？", (2023, 2024)),
        # The edition is a bound already; what it says of another year is asked.
        ("2024年政府工作报告里的赤字率是多少？", ()),
        ("2024年政府工作报告里说2023年新增就业多少？", (2023,)),
        ("2024年政府工作报告里说去年新增就业多少？", (2023,)),
        # The newest document of the library is from 2025.
        ("去年新增就业多少？", (2024,)),
        ("今年的赤字率是多少？", (2025,)),
        ("过去五年建了多少高标准农田？", ()),
        ("赤字率是多少？", ()),
    ],
)
def test_years_asked_about(question: str, years: tuple[int, ...]) -> None:
    assert aim(question).years == years


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("物业管理条例什么时候开始施行？", "什么时候开始施行?"),
        ("《物业管理条例》规定的保修期是几年？", "规定的保修期是几年?"),
        ("2024年国务院政府工作报告里的赤字率是多少？", "赤字率是多少?"),
        # It is what the question is about.
        ("谁来起草政府工作报告？", "谁来起草政府工作报告?"),
        ("物业管理条例里说了什么？", "物业管理条例里说了什么?"),
        ("赤字率是多少？", "赤字率是多少?"),
    ],
)
def test_the_name_of_a_document_that_is_asked_is_no_word_to_look_for(question: str, left: str) -> None:
    assert without_names(understand(Inquiry(question), history_turns=0).query, SHELF) == left


def test_what_is_set_from_outside_bounds_what_the_question_says() -> None:
    scope = Scope(document_ids=frozenset({"r23", "law18"}), section="附则")
    found = aim("政府工作报告里说去年新增就业多少？", scope)
    assert (found.within, found.favoured, found.years) == ({"r23"}, {"r23"}, (2022,))
    assert found.section == "附则"
    assert aim("2024年政府工作报告里的赤字率？", scope).within == frozenset()


def test_a_comparison_across_years_is_not_bound_to_one_edition() -> None:
    found = aim("2024年政府工作报告的赤字率和2023年相比有什么变化？")
    assert (found.within, found.years) == (frozenset(), (2024, 2023))


def hit(text: str, *section: str, year: int | None = None) -> Hit:
    return Hit(Paragraph("d", 1, text, 0, len(text), section=section), "标题", 1.0, year=year)


def test_a_paragraph_of_the_article_or_the_year_asked_for_agrees() -> None:
    question = understand(Inquiry("第三十九条在2021年怎么规定？"), history_turns=0)
    asked = replace(question, aim=Aim(years=(2021,), articles=("第三十九条",)))
    assert agreement(asked, hit("第三十九条 保修期为两年。", year=2021)) == pytest.approx(0.875)
    assert agreement(asked, hit("保修期为两年。", "第三十九条", year=2021)) == pytest.approx(0.875)
    assert agreement(asked, hit("第四十条 保修期为两年。", year=2018)) < 0
    assert agreement(question, hit("第三十九条 保修期为两年。", year=2021)) == 0.0
