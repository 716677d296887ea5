"""Text for a terminal: readable, and unable to steer it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Answer, Citation, Claim
from rag.datatypes import Hit, Metadata, Paragraph, Part, Place, StoredDocument
from ui.terminal import answer_text, documents_text, hits_text, plain

CITATION = Citation(1, "d", "标题\x1b[2J", ("一、总则",), 2, None, 0, 4, "固定资产")


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str):
    assert all(
        sign == "\n" or sign.isprintable() or sign.isspace() or ord(sign) >= 160 for sign in plain(text)
    )
    assert "\x1b" not in plain(text)


def test_an_answer_lists_its_sources():
    answer = Answer("问", "问", "七百亿。[1]", citations=(CITATION,), answered=True, confidence=0.9)
    text = answer_text(answer)
    assert text.startswith("七百亿。[1]\n\n出处：\n[1] 《标题[2J》 一、总则（第 2 段）\n    “固定资产”")
    assert text.endswith("把握：90%")
    assert "最接近的段落" in answer_text(Answer("问", "问", "没有。", citations=(CITATION,)))


def test_an_answer_says_how_its_sentences_were_checked():
    claims = (
        Claim("七百亿。", (1,), supported=True),
        Claim("八\x1b百亿。", (1,), supported=False, missing=("八百亿",)),
    )
    answer = Answer("问", "问", "七百亿。[1]八百亿。[1]", citations=(CITATION,), answered=True, claims=claims)
    assert answer_text(answer).endswith("\n\n⚠ “八百亿。”原文中没有：八百亿\n核对：2 句，1 句有据；把握：0%")


def test_a_follow_up_is_told_as_it_was_read():
    assert answer_text(Answer("它呢？", "学位呢？", "没有。")).startswith("理解为：学位呢？\n\n没有。")


def test_a_source_in_a_file_that_is_not_text_is_named_by_its_place_there():
    cells = tuple(Place("sheet", 0, 2, area="预算", row=3, column=column) for column in (2, 3))
    answer = Answer("问", "问", "七百亿。[1]", citations=(replace(CITATION, places=cells),), answered=True)
    assert "一、总则（工作表“预算”B3:C3）" in answer_text(answer)


def test_hits_and_documents():
    assert hits_text([]) == "没有找到相关段落。"
    assert "第 3 段，得分 0.500" in hits_text([Hit(Paragraph("d", 3, "正文", 0, 2), "标题", 0.5)])
    assert "rag ingest" in documents_text([])
    stored = StoredDocument(
        "d1", "标题", "/srv/名.txt", "text/plain", Metadata(), 3, 4, "2024-05-06T07:08:09Z", "ready"
    )
    assert documents_text([stored]) == "d1      3 段  2024-05-06  名.txt\n共 1 份文件。"


def test_hits_are_explained_by_what_each_part_gave_the_largest_first():
    parts = (Part("dense", 0.5, 2.0), Part("body", 0.0, 3.0), Part("apparatus", 1.0, -10.0))
    hit = Hit(Paragraph("d", 3, "正文", 0, 2), "标题", -9.0, parts=parts, alike=(("e", 1), ("f", 2)))
    lines = hits_text([hit], explain=True).splitlines()
    assert [line.split() for line in lines[2:4]] == [
        ["-10.000", "=", "1.000", "×", "-10.000", "标题或署名"],
        ["+1.000", "=", "0.500", "×", "2.000", "语义相近"],
    ]
    assert "另有 2 段" in lines[4]
    assert len(lines) == 5
    assert "语义相近" not in hits_text([hit])
