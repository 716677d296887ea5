"""Paragraphs as HTML: headings by their depth, notes with their number, cited characters marked.

May import the records and names of `rag`.
"""

from html import escape

from rag.citing.places import describe
from rag.datatypes import Paragraph
from ui.original.extract import Extract
from ui.original.marks import marked, written

_DEEPEST = 4


def render_paragraph(paragraph: Paragraph, extract: Extract) -> str:
    """One paragraph, its number beside it."""
    kind = paragraph.attributes.kind
    tag = f"h{min(2 + len(paragraph.section), _DEEPEST)}" if kind == "heading" else "p"
    text = written(marked(paragraph, extract.text, extract.span))
    before = f'<span class="number">{paragraph.number}</span>{_footnote(paragraph, extract)}'
    return f'<{tag} id="p{paragraph.number}" class="{kind}">{before}{text}</{tag}>'


def _footnote(paragraph: Paragraph, extract: Extract) -> str:
    """The name of the footnote that a paragraph is."""
    places = extract.places_of(paragraph)
    if not places or places[0].kind != "footnote":
        return ""
    return f'<span class="tag">{escape(describe(places[:1]) or "")}</span>'
