"""Marking cited characters in clean paragraphs and in stretches of raw text."""

from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Paragraph, Place
from rag.language.chinese import squeeze
from ui.original.marks import Span, marked, marked_stretch, written

TEXTS = st.text(alphabet="学前教育 \n\t，。<&'\"", max_size=40)


@given(TEXTS, TEXTS, TEXTS)
def test_the_mark_holds_exactly_the_cited_characters(before: str, cited: str, after: str):
    raw = f"前{before}{cited}{after}后"
    paragraph = Paragraph("id", 1, squeeze(raw), 0, len(raw))
    start = 1 + len(before)
    pieces = marked(paragraph, raw, Span(start, start + len(cited)))
    assert "".join(piece for piece, _ in pieces) == paragraph.text
    assert "".join(piece for piece, is_cited in pieces if is_cited) == squeeze(cited)


@given(st.integers(0, 60), st.integers(0, 60))
def test_any_span_at_all_keeps_the_text_whole(start: int, end: int):
    raw = "0123456789\n\n学前 教育\n普及普惠\n\n尾"
    paragraph = Paragraph("id", 1, "学前教育普及普惠", 12, 22)
    pieces = marked(paragraph, raw, Span(start, end))
    assert "".join(piece for piece, _ in pieces) == paragraph.text


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_a_stretch_keeps_its_characters_and_marks_those_cited(start: int, length: int, first: int, size: int):
    raw = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯"
    place, span = Place("sheet", start, start + length), Span(first, first + size)
    pieces = marked_stretch(raw, place, span)
    assert "".join(piece for piece, _ in pieces) == raw[place.start : place.end]
    cited = {at for at in range(span.start, span.end) if place.start <= at < place.end}
    assert "".join(piece for piece, is_cited in pieces if is_cited) == "".join(
        raw[at] for at in sorted(cited)
    )


def test_what_is_written_is_escaped():
    assert written([("<b>&", False), ("<i>", True)]) == "&lt;b&gt;&amp;<mark>&lt;i&gt;</mark>"
