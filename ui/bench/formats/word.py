"""A specimen as a Word file, written by python-docx.

May import the evaluation.
"""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ui.bench.formats.layouts import Layout
from ui.bench.formats.specimens import Heading, Part, Specimen, Table, cell_spans, split_head

_ALIGNMENTS = {"": None, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def write(specimen: Specimen, layout: Layout) -> bytes:
    """The file's bytes, with running heads where the layout has them."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, layout.page)
    font = document.styles["Normal"].font
    font.name, font.size = layout.font, Pt(layout.size)
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), layout.font)
    if layout.running:
        section.header.paragraphs[0].text = specimen.title
        section.footer.paragraphs[0].text = "内部资料 请勿外传"
    if layout.columns > 1:
        section._sectPr.find(qn("w:cols")).set(qn("w:num"), str(layout.columns))
    above, below = split_head(specimen)
    _parts(document, above)
    document.add_heading(specimen.title, 0)
    _parts(document, below)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _parts(document: Document, parts: Sequence[Part]) -> None:
    for part in parts:
        if isinstance(part, Heading):
            document.add_heading(part.text, part.level)
        elif isinstance(part, Table):
            _table(document, part)
        else:
            paragraph = document.add_paragraph(part.text, style="List Number" if part.item else None)
            paragraph.alignment = _ALIGNMENTS[part.align]


def _table(document: Document, table: Table) -> None:
    rows = (*table.header, *table.rows)
    grid = document.add_table(len(rows), len(table.labels), style="Table Grid")
    header = len(table.header)
    spans = cell_spans(table.header, across=True)
    below = cell_spans(table.rows, across=False)
    spans |= {(place + header, column): span for (place, column), span in below.items()}
    for (place, column), (down, right) in spans.items():
        cell = grid.cell(place, column)
        if (down, right) != (1, 1):
            cell = cell.merge(grid.cell(place + down - 1, column + right - 1))
        cell.text = rows[place][column]
