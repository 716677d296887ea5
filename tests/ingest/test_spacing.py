"""Blanks: those that print left behind, and those that mean something.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.spacing import clean_label, clean_prose, join_lines
from rag.language.chinese import squeeze


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("在 文 渊小 学 和锦 绣，成立。", "在文渊小学和锦绣，成立。"),
        ("面向“8 0后”年 轻 干 部，选拔。", "面向“80后”年轻干部，选拔。"),
        ("解放思想勇开拓　争先创优，好。", "解放思想勇开拓争先创优，好。"),
        ("使用 Python 语言，写 hello world 程序。", "使用 Python 语言，写 hello world 程序。"),
        ("2011年11月17日 上海市第十三届人民代表大会通过", "2011年11月17日 上海市第十三届人民代表大会通过"),
        ("合计\t12\t34", "合计 12 34"),
        ("从1 9 9 3 年起，至今。", "从1993 年起，至今。"),
        ("没有空格。", "没有空格。"),
    ],
)
def test_prose(written, clean):
    assert clean_prose(written) == clean


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("高水平打造明珠   奋力开创新局面", "高水平打造明珠 奋力开创新局面"),
        ("总　则", "总则"),
        ("目 录", "目录"),
        ("第一章　　总则", "第一章 总则"),
        ("# 标题 一", "# 标题一"),
    ],
)
def test_labels(written, clean):
    assert clean_label(written) == clean


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["应用场", "景功能"], "应用场景功能"),
        (["150", "余人"], "150余人"),
        (["hello", "world"], "hello world"),
        (["Big", "数据"], "Big数据"),
        (["20", "24年"], "2024年"),
    ],
)
def test_broken_lines(lines, joined):
    assert join_lines(lines) == joined


@given(st.text("区教育局，。 \t\n\u3000a1B“”、8", max_size=60))
def test_no_ink_is_touched_and_no_run_of_blanks_is_left(text):
    for clean in (clean_prose, clean_label):
        assert squeeze(clean(text)) == squeeze(text)
        assert "  " not in clean(text)
