"""Slides as cards, one below the other, the speaker's notes at the foot of each.

May import the records of `rag`.
"""

from itertools import groupby

from rag.datatypes import Paragraph
from ui.original.blocks import first_place
from ui.original.extract import Extract
from ui.original.flow import render_flow


def render_slides(extract: Extract) -> str:
    """A card for each slide of the extract."""
    slides = groupby(extract.paragraphs, key=lambda each: _number(each, extract))
    return "\n".join(_card(number, tuple(paragraphs), extract) for number, paragraphs in slides)


def _card(number: int | None, paragraphs: tuple[Paragraph, ...], extract: Extract) -> str:
    notes = [each for each in paragraphs if each.attributes.kind == "note" and _has_area(each, extract)]
    shown = [each for each in paragraphs if each not in notes]
    foot = f"<aside>{render_flow(notes, extract)}</aside>" if notes else ""
    return (
        f'<section class="slide"><h2>第 {number} 张幻灯片</h2><div>{render_flow(shown, extract)}</div>{foot}'
        "</section>"
    )


def _number(paragraph: Paragraph, extract: Extract) -> int | None:
    place = first_place(paragraph, extract)
    return paragraph.page if place is None else place.page


def _has_area(paragraph: Paragraph, extract: Extract) -> bool:
    """Whether a note stands apart from the slide itself, as the speaker's do and captions do not."""
    place = first_place(paragraph, extract)
    return place is not None and place.area is not None and place.row is None
