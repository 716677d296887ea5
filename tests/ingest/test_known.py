"""Files that know their paragraphs: titles, headings of sound and unsound levels, rows, notes, lists.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure import build
from rag.language.chinese import squeeze
from tests.ingest.element_texts import PROSE, loaded, path, piece

LETTER = (
    ("text", "临江市人民政府办公厅文件"),
    ("text", "临政办发〔2023〕15号"),
    ("text", "临江市人民政府办公厅"),
    ("text", "关于印发临江市养老服务提升行动方案的通知"),
    ("text", "各县（市、区）人民政府："),
    ("text", "《方案》已经市政府同意，现印发给你们，请认真组织实施。"),
    ("text", "临江市人民政府办公厅"),
    ("text", "2023年5月6日"),
    ("heading", "附件1", 1),
    ("text", "临江市养老服务提升行动方案"),
    ("text", PROSE),
)
TABLE = (
    (
        "row",
        [
            ("序号", "1"),
            ("重点任务", "建设示范中心"),
            ("牵头单位", "市民政局"),
            ("配合单位", "市住建局、市财政局"),
            ("责任领导", "黄飞副市长"),
            ("完成时限", "2024年12月底"),
        ],
    ),
    ("row", [("重点任务", "发展老年助餐"), ("责任单位", "市民政局"), ("完成时限", "长期")]),
    ("row", [("年份", "2023"), ("养老床位", "5000张")]),
)


def test_a_letter_with_its_annex_in_paragraphs_without_styles():
    found = build(loaded(*LETTER, ("heading", "一、总体要求", 1), ("text", PROSE + "这是要求。")))
    title = "临江市人民政府办公厅关于印发临江市养老服务提升行动方案的通知"
    assert (found.title, found.issuer, found.signed) == (title, "临江市人民政府办公厅", "2023年5月6日")
    (last,) = [each for each in found.pieces if each.text.endswith("这是要求。")]
    assert last.section == ("附件1", "临江市养老服务提升行动方案", "一、总体要求")
    signed = [each.text for each in found.pieces if each.attributes.kind == "signature"]
    assert signed == ["临江市人民政府办公厅", "2023年5月6日"]


@pytest.mark.parametrize("levels", [(1, 1, 1, 1), (1, 2, 1, 2), (2, 2, 3, 2), (1, 2, 2, 1)])
def test_numbers_decide_where_levels_do_not_agree(levels):
    headings = ["一、工作回顾", "（一）经济", "二、工作安排", "（一）项目"]
    parts = [("title", "临江市二〇二四年政府工作总结报告")]
    for place, (heading, level) in enumerate(zip(headings, levels, strict=True)):
        parts += [("heading", heading, level), ("text", f"第{place}段。{PROSE}")]
    found = build(loaded(*parts))
    assert [path(found, f"第{place}段") for place in range(4)] == [
        ("一、工作回顾",),
        ("一、工作回顾", "（一）经济"),
        ("二、工作安排",),
        ("二、工作安排", "（一）项目"),
    ]


def test_headings_without_numbers_stand_with_their_level():
    found = build(
        loaded(
            ("title", "年度工作总结与来年打算"),
            ("heading", "一、回顾", 1),
            ("heading", "背景", 2),
            ("text", "背景如此。"),
            ("heading", "（一）成绩", 2),
            ("heading", "做法", 3),
            ("text", "做法如此。"),
            ("heading", "二、展望", 1),
        )
    )
    assert path(found, "背景如此") == ("一、回顾", "背景")
    assert path(found, "做法如此") == ("一、回顾", "（一）成绩", "做法")


@pytest.mark.parametrize("role", ["title", "heading"])
def test_a_title_over_two_elements_is_one(role):
    head = [(role, "临江市养老服务提升", 1), (role, "三年行动方案", 1)]
    sections = [("heading", "总体要求", 2), ("text", PROSE), ("heading", "保障措施", 2), ("text", PROSE)]
    found = build(loaded(*head, *sections))
    assert found.title == "临江市养老服务提升三年行动方案"
    assert [each.section for each in found.pieces if each.text == PROSE] == [("总体要求",), ("保障措施",)]


def test_sections_all_of_the_first_level_are_not_the_title():
    found = build(
        loaded(
            ("text", "关于开展安全检查的情况报告"),
            ("heading", "检查情况", 1),
            ("text", PROSE),
            ("heading", "整改措施", 1),
            ("text", PROSE),
        )
    )
    assert found.title == "关于开展安全检查的情况报告"
    assert [each.section for each in found.pieces if each.text == PROSE] == [("检查情况",), ("整改措施",)]


def test_rows_are_tasks_where_their_columns_say_so():
    found = build(loaded(("title", "重点任务分工表"), ("heading", "一、养老服务", 1), *TABLE))
    first, second, figures = (each.attributes for each in found.pieces[-3:])
    assert (first.kind, second.kind, figures.kind) == ("task", "task", "row")
    assert first.task is not None
    assert second.task is not None
    assert (first.task.number, first.task.text) == (1, "建设示范中心")
    assert first.task.lead_units == ("市民政局",)
    assert first.task.responsible_units == ("市住建局", "市财政局")
    assert (first.task.leader, first.task.deadline) == ("黄飞副市长", "2024年12月底")
    assert (second.task.number, second.task.lead_units, second.task.deadline) == (2, ("市民政局",), "长期")
    assert all(each.section == ("一、养老服务",) for each in found.pieces[-3:])


def test_notes_neither_open_nor_close_sections():
    found = build(
        loaded(
            ("title", "重点工作情况报告"),
            ("heading", "一、养老服务", 1),
            ("note", "一、脚注也可以有编号"),
            ("note", "表1 重点任务"),
            ("text", PROSE),
        )
    )
    assert [each.attributes.kind for each in found.pieces] == ["title", "heading", "note", "note", "body"]
    assert path(found, "我们") == path(found, "表1") == ("一、养老服务",)


def test_items_are_body_unless_their_number_heads_a_part():
    found = build(
        loaded(
            ("title", "重点工作情况报告"),
            ("item", "一、养老服务"),
            ("item", "1.新建社区食堂。（责任单位：市民政局；完成时限：6月底）"),
            ("item", "• 其他事项"),
            ("text", PROSE),
        )
    )
    assert path(found, "我们") == ("一、养老服务",)
    assert piece(found, "• 其他").attributes.kind == "body"
    task = piece(found, "1.新建").attributes.task
    assert task is not None
    assert (task.lead_units, task.deadline) == (("市民政局",), "6月底")


def test_line_breaks_inside_an_element_are_layout():
    found = build(loaded(("text", "我们要认真贯彻落\n\n实各项决策，扎实\n推进工作。"), ("text", PROSE)))
    assert found.pieces[0].text == "我们要认真贯彻落实各项决策，扎实推进工作。"


WORDS = st.text(alphabet="一二（）、。：第章条1.①附件注 \n养老通知关于局", min_size=1, max_size=20)
PARTS = st.one_of(
    st.tuples(st.sampled_from(["title", "text", "item", "note"]), WORDS),
    st.tuples(st.just("heading"), WORDS, st.integers(1, 9)),
    st.tuples(st.just("row"), st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3)),
)


@given(st.lists(PARTS, min_size=1, max_size=12))
def test_every_character_of_ink_is_in_exactly_one_piece_in_order(parts):
    text = loaded(*parts)
    found = build(text)
    assert "".join(squeeze(each.text) for each in found.pieces) == squeeze(text.text)
    for each in found.pieces:
        assert squeeze(text.text[each.start : each.end]) == squeeze(each.text)
