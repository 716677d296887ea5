"""A specimen as a slide show, written by python-pptx.

May import the evaluation.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Inches, Pt

from ui.bench.formats.specimens import Heading, Part, Specimen, Table, Text


def write(specimen: Specimen) -> bytes:
    """A slide for the title, then one for each heading with what stands under it; notes as spoken."""
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = specimen.title
    headings = {place: part.text for place, part in enumerate(specimen.parts) if isinstance(part, Heading)}
    for start, end in pairwise((*headings, len(specimen.parts))):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = headings[start]
        slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(28)
        _fill(slide, specimen.parts[start + 1 : end])
    stream = BytesIO()
    show.save(stream)
    return stream.getvalue()


def _fill(slide: Slide, parts: Sequence[Part]) -> None:
    body = slide.placeholders[1]
    for place, part in enumerate(parts):
        if isinstance(part, Table):
            body._element.getparent().remove(body._element)
            _table(slide, part)
        elif isinstance(part, Text):
            paragraph = body.text_frame.add_paragraph() if place else body.text_frame.paragraphs[0]
            paragraph.text, paragraph.font.size = part.text, Pt(14)
            if part.note:
                slide.notes_slide.notes_text_frame.text = part.note


def _table(slide: Slide, table: Table) -> None:
    rows = (*table.header, *table.filled)
    frame = slide.shapes.add_table(
        len(rows), len(table.labels), Inches(0.5), Inches(1.8), Inches(9), Inches(4)
    )
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            cell = frame.table.cell(place, column)
            cell.text = value
            cell.text_frame.paragraphs[0].font.size = Pt(12)
