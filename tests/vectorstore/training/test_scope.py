"""A question that names its document is answered under that title, and not under another's."""

import random

from vectorstore.training import scope
from vectorstore.training.corpora import Document
from vectorstore.training.official import Reading

REPORT = Document(
    "2016年中华人民共和国国务院政府工作报告",
    "各位代表：\n一、2015年工作回顾\n粮食产量稳定增长。\n二、2016年重点工作\n新增就业1000万人以上。",
)
LAW = Document("河南省盐业管理条例", "# 河南省盐业管理条例\n## 第一章 总则\n第一条 为了加强管理。")
READING = Reading("figure", "新增就业多少？", "新增就业1000万人以上。", 4, 11)


def test_text_stands_under_its_heading() -> None:
    assert [heading for heading, _ in scope.sections(REPORT)] == [
        "",
        "一、2015年工作回顾",
        "二、2016年重点工作",
    ]
    assert dict(scope.sections(REPORT))["二、2016年重点工作"].strip() == "新增就业1000万人以上。"
    assert [heading for heading, _ in scope.sections(LAW)] == ["", "河南省盐业管理条例", "第一章 总则"]


def test_a_title_says_whose_it_is() -> None:
    assert scope.source(LAW.title) == scope.Source("河南省盐业管理条例", "", "河南省")
    assert scope.source(REPORT.title).year == "2016"


def test_another_scope_is_not_answered_and_is_another() -> None:
    whose = scope.source(REPORT.title)
    made = [scope.scoped(READING, whose, "二、2016年重点工作", random.Random(seed)) for seed in range(400)]
    elsewhere = [one for one in made if one.kind == "elsewhere"]
    answered = [one for one in made if one.kind != "elsewhere"]
    assert elsewhere
    assert len(elsewhere) < len(answered)
    assert all(one.start == one.end == 0 for one in elsewhere)
    assert all((one.start, one.end) == (4, 11) for one in answered)
    assert all(one.question.endswith("新增就业多少？") for one in made)
    for one in elsewhere:
        named = one.question.removesuffix("新增就业多少？")
        assert named
        assert not all(part in one.heading for part in scope.SHORT.values() if part in named) or (
            "2016" not in named and "年" in named
        )


def test_some_windows_have_no_heading_and_then_nothing_is_elsewhere() -> None:
    whose = scope.source(LAW.title)
    made = [scope.scoped(READING, whose, "", random.Random(seed)) for seed in range(200)]
    bare = [one for one in made if not one.heading]
    assert bare
    assert all(one.end for one in bare)
