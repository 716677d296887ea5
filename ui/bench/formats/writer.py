"""A specimen as a flat OpenDocument text, which LibreOffice Writer lays out and saves in other formats.

May import the evaluation. The elements are those of OpenDocument 1.3, part 3.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ui.bench.formats.layouts import Layout
from ui.bench.formats.odf import styles
from ui.bench.formats.specimens import Heading, Part, Specimen, Table, Text, cell_spans, split_head

_SPACES = {
    "office": "office",
    "style": "style",
    "text": "text",
    "table": "table",
}
_NAMES = " ".join(
    [f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in _SPACES.items()]
    + [
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
    ]
)
_STYLES = {"": "Text_20_body", "center": "Center", "right": "End"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def write(specimen: Specimen, layout: Layout) -> str:
    """The whole document as XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{styles(specimen.title, layout)}"
        f"<office:body><office:text>{_body(specimen, layout)}</office:text></office:body></office:document>"
    )


def _body(specimen: Specimen, layout: Layout) -> str:
    above, below = split_head(specimen)
    head = "".join(_parts(above, layout))
    title = f'{head}<text:p text:style-name="Title">{escape(specimen.title)}</text:p>'
    parts = "".join(_parts(below, layout))
    if layout.columns > 1 and layout.across:
        return f'{title}<text:section text:style-name="Cols" text:name="Columns">{parts}</text:section>'
    return title + parts


def _parts(parts: Sequence[Part], layout: Layout) -> Iterator[str]:
    notes = tables = 0
    for part in parts:
        if isinstance(part, Heading):
            level = f'text:style-name="Heading_20_{part.level}" text:outline-level="{part.level}"'
            yield f"<text:h {level}>{escape(part.text)}</text:h>"
        elif isinstance(part, Table):
            tables += 1
            yield _table(part, tables, layout)
        else:
            notes += bool(part.note)
            yield _text(part, notes, layout)


def _text(part: Text, notes: int, layout: Layout) -> str:
    note = _note(part.note, notes, layout) if part.note else ""
    written = f'<text:p text:style-name="{_STYLES[part.align]}">{escape(part.text)}{note}</text:p>'
    if not part.item:
        return written
    follows = ' text:continue-numbering="true"' if part.item > 1 else ""
    return (
        f'<text:list text:style-name="Count"{follows}><text:list-item>{written}</text:list-item></text:list>'
    )


def _note(text: str, number: int, layout: Layout) -> str:
    mark = str(number) if layout.notes == "1" else _CIRCLED[(number - 1) % 20]
    return (
        f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>'
        f"{mark}</text:note-citation><text:note-body>"
        f'<text:p text:style-name="Footnote">{escape(text)}</text:p></text:note-body></text:note>'
    )


def _table(table: Table, number: int, layout: Layout) -> str:
    shares = [layout.measure * width // sum(table.widths) for width in table.widths]
    columns = "".join(f'<table:table-column table:style-name="W{share}"/>' for share in shares)
    header = "".join(_rows(table.header, across=True))
    return (
        f'<table:table table:name="T{number}" table:style-name="Grid">{columns}'
        f"<table:table-header-rows>{header}</table:table-header-rows>{''.join(_rows(table.rows))}</table:table>"
    )


def _rows(rows: tuple[tuple[str, ...], ...], *, across: bool = False) -> Iterator[str]:
    """Rows of cells, those merged downwards where the ones below are empty, or also `across`."""
    spans = cell_spans(rows, across=across)
    for place, row in enumerate(rows):
        cells = []
        for column, value in enumerate(row):
            down, right = spans.get((place, column), (0, 0))
            if not down:
                cells.append("<table:covered-table-cell/>")
                continue
            span = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
            cells.append(
                f'<table:table-cell table:style-name="Box" {span}>'
                f'<text:p text:style-name="Cell">{escape(value)}</text:p></table:table-cell>'
            )
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"
