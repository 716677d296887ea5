"""Characters that no reader sees: kept in their paragraphs, and never a paragraph, a label or a hindrance.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import INVISIBLE
from ingest.loaded import Loaded
from ingest.structure import Structure, build
from rag.language.chinese import squeeze
from tests.ingest.element_texts import loaded

LAW = (
    *("# 临江市养犬管理条例", "2019年3月1日 临江市第十三届人民代表大会常务委员会第十次会议通过"),
    *(
        "## 第一章 总则",
        "第一条 为了规范养犬行为，制定本条例。",
        "第二条 公安机关履行下列职责：",
        "（一）登记；",
    ),
    *("## 第二章 任务", "1.新建社区食堂15个。", "牵头单位：区民政局", "建立长效机制。" * 500),
)
UNSEEN = ("\u200b", "\ufeff", "\u2060", "\u00ad", "\u200b \u200e", "\u200b\u3000")


def _paths(structure: Structure) -> list[tuple[str, tuple[str, ...]]]:
    return [(INVISIBLE.sub("", piece.text), piece.section) for piece in structure.pieces]


def _assert_whole(text: str, structure: Structure) -> None:
    """Every character of ink is in exactly one paragraph, in order."""
    assert "".join(squeeze(piece.text) for piece in structure.pieces) == squeeze(text)
    for piece in structure.pieces:
        assert squeeze(piece.text) == squeeze(text[piece.start : piece.end])


@pytest.mark.parametrize("markdown", [False, True])
@given(st.lists(st.tuples(st.integers(1, len(LAW)), st.sampled_from(UNSEEN), st.sampled_from("blwm"))))
def test_they_change_no_paragraph_and_no_path(markdown, places):
    lines = list(LAW)
    for place, unseen, where in places:
        if where == "b":
            lines[place - 1] += unseen
        elif where == "l" and place < len(LAW):
            lines[place] = unseen + lines[place]
        else:
            lines[place - 1] += f"\n\n{unseen}"
    text = "\n\n".join(lines)
    structure = build(Loaded(text, "text/plain", markdown=markdown))
    _assert_whole(text, structure)
    plain = build(Loaded("\n\n".join(LAW), "text/plain", markdown=markdown))
    assert _paths(structure) == _paths(plain)
    assert structure.title == plain.title


def test_a_line_of_them_above_all_others_goes_with_the_first():
    text = "\u200b\n\n临江市养犬管理条例\n\n第一条 为了规范养犬行为，制定本条例。\n"
    structure = build(Loaded(text, "text/plain"))
    _assert_whole(text, structure)
    assert len(structure.pieces) == 2
    assert structure.title == "临江市养犬管理条例"


@pytest.mark.parametrize("text", ["\u200b", "\ufeff\n\n\u2060"])
def test_a_text_of_nothing_else_is_one_paragraph(text):
    structure = build(Loaded(text, "text/plain"))
    _assert_whole(text, structure)
    assert len(structure.pieces) == 1


def test_an_element_of_them_goes_with_its_neighbour():
    parts = [
        ("text", "\u200b"),
        ("title", "临江市养犬管理条例"),
        ("heading", "总则", 1),
        ("text", "\u2060"),
        ("text", "为了规范，制定本条例。"),
    ]
    read = loaded(*parts, ("text", "\ufeff"))
    structure = build(read)
    _assert_whole(read.text, structure)
    assert [piece.section for piece in structure.pieces if "为了" in piece.text] == [("总则",)]
    assert len(structure.pieces) == 3
