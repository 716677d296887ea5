"""Marking cited characters in clean paragraphs, and escaping."""

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from rag.chinese import squeeze
from rag.datatypes import Metadata, Paragraph, StoredDocument
from ui.original import Place, marked, render_original

STORED = StoredDocument(
    "id", "标题<b>", "/srv/夹/名<i>.txt", "text/plain", Metadata(), 1, 1, "2024-01-01", "ready"
)
TEXTS = st.text(alphabet="学前教育 \n\t，。<&'\"", max_size=40)


@given(TEXTS, TEXTS, TEXTS)
def test_the_mark_holds_exactly_the_cited_characters(before: str, cited: str, after: str):
    raw = f"前{before}{cited}{after}后"
    paragraph = Paragraph("id", 1, squeeze(raw), 0, len(raw))
    start = 1 + len(before)
    pieces = marked(paragraph, raw, Place(start, start + len(cited)))
    assert "".join(piece for piece, _ in pieces) == paragraph.text
    assert "".join(piece for piece, is_cited in pieces if is_cited) == squeeze(cited)


@given(st.integers(0, 60), st.integers(0, 60))
def test_any_place_at_all_keeps_the_text_whole(start: int, end: int):
    raw = "0123456789\n\n学前 教育\n普及普惠\n\n尾"
    paragraph = Paragraph("id", 1, "学前教育普及普惠", 12, 22)
    pieces = marked(paragraph, raw, Place(start, end))
    assert "".join(piece for piece, _ in pieces) == paragraph.text


def test_title_source_and_text_are_escaped():
    text = "<script>alert('x')</script>"
    page = render_original(STORED, text, [Paragraph("id", 1, text, 0, len(text))], Place(0, 8))
    assert "<script>alert" not in page
    assert "标题<b>" not in page
    assert "名<i>" not in page
    assert "/srv/" not in page
    assert "<mark>&lt;script&gt;</mark>" in page
    assert text in unescape(page).replace("<mark>", "").replace("</mark>", "")
