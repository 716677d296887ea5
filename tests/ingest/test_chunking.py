"""Small units: where paragraphs are cut, and what line stands above each.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunking import context_line, cut, unit_spans
from rag.datatypes import Attributes, Paragraph, Task
from rag.language.chinese import squeeze
from tests.ingest.seeds import DEBATE, NAMES, PLENUM, TASKS, beginning, parsed


def paragraph(text, **attributes):
    return Paragraph("d", 7, text, 0, len(text), attributes=Attributes(**attributes))


@pytest.mark.parametrize("name", NAMES)
def test_units_hold_all_of_their_paragraph_and_nothing_else(name):
    document = parsed(name)
    for p in document.paragraphs:
        units = [chunk for chunk in document.chunks if chunk.first == p.number]
        assert units
        assert squeeze("".join(unit.shown for unit in units)) == squeeze(p.text)
        assert all(unit.text.endswith(unit.shown) and unit.last == p.number for unit in units)
        assert all(len(unit.shown) <= 200 for unit in units)
        assert all(len(unit.text) - len(unit.shown) <= 61 for unit in units)


def test_most_units_are_a_sentence_or_two():
    lengths = sorted(len(chunk.shown) for name in NAMES for chunk in parsed(name).chunks)
    assert 50 <= lengths[len(lengths) // 2] <= 90
    assert lengths[len(lengths) * 9 // 10] <= 130


def test_a_task_is_never_parted_from_its_unit():
    for chunk in parsed(TASKS).chunks:
        if "牵头单位：" in chunk.shown:
            assert not chunk.shown.startswith("牵头单位：")
    shown = [chunk.shown for chunk in parsed(TASKS).chunks if chunk.first == beginning(TASKS, "5.").number]
    assert shown == ["5.地区生产总值增长5.5%。\n牵头单位：区发改经信局"]


def test_items_of_a_paragraph_are_units_of_their_own():
    number = beginning(PLENUM, "区商务局深入").number
    shown = [chunk.shown for chunk in parsed(PLENUM).chunks if chunk.first == number]
    assert [unit[:2] for unit in shown if unit[1] == "是"] == ["一是", "二是", "三是"]


def test_the_context_names_who_speaks():
    p = beginning(DEBATE, "二、狠抓财政")
    line = context_line(p, parsed(DEBATE).document.title)
    assert "区财政局 黄仁 > 二、狠抓财政“牛鼻子”工作" in line
    assert line.startswith("解放思想勇开拓")


def test_the_context_does_not_say_the_title_twice():
    line = context_line(beginning(TASKS, "5."), parsed(TASKS).document.title)
    assert line == "区2024年政府工作报告重点工作责任分解的通知 > 二、黄飞常务副区长牵头工作"


def test_a_long_task_names_its_unit_above_every_part():
    text = "做好工作，" * 60 + "。\n牵头单位：区教育局"
    p = paragraph(text, kind="task", department="区教育局", task=Task(1, text, ("区教育局",)))
    units = cut(p, "计划")
    assert len(units) > 1
    assert all("区教育局" in unit.text for unit in units)
    assert units[-1].shown.endswith("\n牵头单位：区教育局")
    assert units[-1].shown.startswith("做好工作")


def test_an_opening_sentence_stays_with_its_text():
    text = "一、狠抓落实。" + "要" * 140 + "。"
    assert unit_spans(paragraph(text)) == [(0, len(text))]


@given(st.text("今天，。；一是要\n 2.", min_size=1, max_size=900).filter(str.strip))
def test_any_text_is_cut_without_loss_into_bounded_units(text):
    spans = unit_spans(paragraph(text))
    assert squeeze("".join(text[start:end] for start, end in spans)) == squeeze(text)
    assert all(end - start <= 225 for start, end in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))


def test_ids_say_document_paragraph_and_place():
    units = cut(paragraph("第一句话在这里说完了。" * 20), "题")
    assert [unit.id for unit in units] == [f"d:7:{place}" for place in range(len(units))]


def test_traditional_text_is_embedded_simplified_and_shown_as_it_is():
    paragraph = Paragraph("d", 1, "區政府推進既有住宅加裝電梯。", 0, 14)
    (chunk,) = cut(paragraph, "")
    assert chunk.text == "区政府推进既有住宅加装电梯。"
    assert chunk.shown == paragraph.text
