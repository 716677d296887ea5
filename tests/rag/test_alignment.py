"""Spans of clean text found again in the raw file.

May import `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.alignment import locate
from rag.datatypes import Paragraph
from rag.language.chinese import squeeze

INK = st.text("今天天气好，。a1\U00020000", min_size=1, max_size=30)
BLANKS = st.text(" \n\r\t\u3000\x85\u2028", max_size=4)


@st.composite
def spaced(draw, ink):
    return "".join(draw(BLANKS) + character for character in ink) + draw(BLANKS)


@st.composite
def cases(draw):
    """A paragraph, its raw text with other blanks, and a span in the paragraph."""
    ink = draw(INK)
    clean, inner = draw(spaced(ink)), draw(spaced(ink))
    before, after = draw(st.text(max_size=5)), draw(st.text(max_size=5))
    start = draw(st.integers(0, len(clean)))
    end = draw(st.integers(start, len(clean)))
    paragraph = Paragraph("d", 1, clean, len(before), len(before) + len(inner))
    return paragraph, before + inner + after, start, end


@given(cases())
def test_the_raw_span_says_the_same_characters(case):
    paragraph, raw, start, end = case
    first, last = locate(paragraph, raw, start, end)
    assert squeeze(raw[first:last]) == squeeze(paragraph.text[start:end])
    assert paragraph.start <= first <= last <= paragraph.end


@given(cases())
def test_a_raw_span_begins_and_ends_at_ink(case):
    paragraph, raw, start, end = case
    first, last = locate(paragraph, raw, start, end)
    assert raw[first:last] == raw[first:last].strip()


@given(cases(), st.data())
def test_neighbouring_spans_do_not_overlap(case, data):
    paragraph, raw, start, end = case
    middle = data.draw(st.integers(start, end))
    assert locate(paragraph, raw, start, middle)[1] <= locate(paragraph, raw, middle, end)[1]


def test_a_worked_example():
    raw = "标题\n\n区教 育 局今\n\n年建成"
    paragraph = Paragraph("d", 2, "区教育局今年建成", 4, len(raw))
    first, last = locate(paragraph, raw, 4, 6)
    assert raw[first:last] == "今\n\n年"


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 9), (3, 2)])
def test_a_span_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="outside"):
        locate(Paragraph("d", 1, "好的", 0, 2), "好的", start, end)


def test_another_raw_text_is_refused():
    with pytest.raises(ValueError, match="does not hold"):
        locate(Paragraph("d", 1, "好的好的", 0, 4), "好", 0, 4)
