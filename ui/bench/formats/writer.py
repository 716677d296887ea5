"""A specimen as a flat OpenDocument text, which LibreOffice Writer lays out and saves in other formats.

May import the evaluation. The elements are those of OpenDocument 1.3, part 3.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ui.bench.formats.layouts import Layout
from ui.bench.formats.specimens import WIDEST, Heading, Part, Specimen, Table, Text, cell_spans

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
# Room between the running heads and the text.
_EDGES = "".join(
    f'<style:{edge}-style><style:header-footer-properties fo:min-height="6mm" fo:margin-{side}="4mm"/>'
    f"</style:{edge}-style>"
    for edge, side in (("header", "bottom"), ("footer", "top"))
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def write(specimen: Specimen, layout: Layout) -> str:
    """The whole document as XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_fonts(layout)}{_styles(specimen, layout)}"
        f"<office:body><office:text>{_body(specimen, layout)}</office:text></office:body></office:document>"
    )


def _fonts(layout: Layout) -> str:
    name = quoteattr(layout.font)
    return (
        f"<office:font-face-decls><style:font-face style:name={name} svg:font-family={name}/>"
        "</office:font-face-decls>"
    )


def _styles(specimen: Specimen, layout: Layout) -> str:
    columns = _columns(layout)
    width, height = layout.page
    running = _running(specimen) if layout.running else ""
    page_columns = "" if layout.across else columns
    edges = _EDGES if layout.running else ""
    return f"""<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties style:punctuation-wrap="simple"/>
<style:text-properties {_face(layout, layout.size)} fo:language="zh" fo:country="CN"
 style:language-asian="zh" style:country-asian="CN"/></style:default-style>
{_paragraph("Standard", layout, layout.size, "")}
{_paragraph("Title", layout, layout.size * 1.8, 'fo:text-align="center" fo:margin-bottom="12pt"', bold=True)}
{_paragraph("Text_20_body", layout, layout.size, _setting(layout), name="Text body")}
{_paragraph("Cell", layout, layout.size, "")}
{_paragraph("Footnote", layout, layout.size * 0.8, "")}
{"".join(_heading_style(level, layout) for level in (1, 2, 3, 4))}
<text:notes-configuration text:note-class="footnote" style:num-format="①, ②, ③, ..."
 text:footnotes-position="page"/></office:styles>
<office:automatic-styles>
<style:style style:name="Cols" style:family="section"><style:section-properties
 text:dont-balance-text-columns="false">{columns}</style:section-properties></style:style>
<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="1mm" style:vertical-align="middle"/></style:style>
{_widths()}
<text:list-style style:name="Count"><text:list-level-style-number text:level="1" style:num-format="1"
 style:num-suffix="."/></text:list-style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{width}mm"
 fo:page-height="{height}mm" fo:margin="20mm">{page_columns}</style:page-layout-properties>{edges}
</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">{running}
</style:master-page></office:master-styles>"""


def _widths() -> str:
    """A style for each width that a column of a table may have, in characters."""
    return "".join(
        f'<style:style style:name="W{width}" style:family="table-column">'
        f'<style:table-column-properties style:rel-column-width="{width}*"/></style:style>'
        for width in range(WIDEST + 1)
    )


def _columns(layout: Layout) -> str:
    columns = "".join('<style:column style:rel-width="1*"/>' for _ in range(layout.columns))
    return f'<style:columns fo:column-count="{layout.columns}" fo:column-gap="8mm">{columns}</style:columns>'


def _running(specimen: Specimen) -> str:
    number = "— <text:page-number>1</text:page-number> —"
    return (
        f'<style:header><text:p text:style-name="Standard">{escape(specimen.title)}</text:p></style:header>'
        f'<style:footer><text:p text:style-name="Standard">{number}</text:p></style:footer>'
    )


def _face(layout: Layout, size: float) -> str:
    font = quoteattr(layout.font)
    return (
        f"style:font-name={font} style:font-name-asian={font} "
        f'fo:font-size="{size}pt" style:font-size-asian="{size}pt"'
    )


def _paragraph(
    key: str, layout: Layout, size: float, setting: str, *, bold: bool = False, name: str = ""
) -> str:
    weight = ' fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
    shown = f' style:display-name="{name}"' if name else ""
    return (
        f'<style:style style:name="{key}" style:family="paragraph"{shown}>'
        f'<style:paragraph-properties fo:line-height="{layout.leading:.0%}" {setting}/>'
        f"<style:text-properties {_face(layout, size)}{weight}/></style:style>"
    )


def _heading_style(level: int, layout: Layout) -> str:
    size = layout.size * (1.4, 1.25, 1.1, 1.0)[level - 1]
    align = "center" if level == 1 else "start"
    setting = f'fo:text-align="{align}" fo:margin-top="6pt" fo:margin-bottom="6pt" fo:keep-with-next="always"'
    style = _paragraph(f"Heading_20_{level}", layout, size, setting, bold=True, name=f"Heading {level}")
    return style.replace("<style:style ", f'<style:style style:default-outline-level="{level}" ', 1)


def _setting(layout: Layout) -> str:
    align = "justify" if layout.justified else "start"
    if layout.spaced:
        return f'fo:text-align="{align}" fo:margin-bottom="{layout.size}pt"'
    return f'fo:text-align="{align}" fo:text-indent="{2 * layout.size}pt"'


def _body(specimen: Specimen, layout: Layout) -> str:
    title = f'<text:p text:style-name="Title">{escape(specimen.title)}</text:p>'
    parts = "".join(_parts(specimen.parts))
    if layout.columns > 1 and layout.across:
        return f'{title}<text:section text:style-name="Cols" text:name="Columns">{parts}</text:section>'
    return title + parts


def _parts(parts: tuple[Part, ...]) -> Iterator[str]:
    notes = tables = 0
    for part in parts:
        if isinstance(part, Heading):
            level = f'text:style-name="Heading_20_{part.level}" text:outline-level="{part.level}"'
            yield f"<text:h {level}>{escape(part.text)}</text:h>"
        elif isinstance(part, Table):
            tables += 1
            yield _table(part, tables)
        else:
            notes += bool(part.note)
            yield _text(part, notes)


def _text(part: Text, notes: int) -> str:
    note = _note(part.note, notes) if part.note else ""
    written = f'<text:p text:style-name="Text_20_body">{escape(part.text)}{note}</text:p>'
    if not part.item:
        return written
    follows = ' text:continue-numbering="true"' if part.item > 1 else ""
    return (
        f'<text:list text:style-name="Count"{follows}><text:list-item>{written}</text:list-item></text:list>'
    )


def _note(text: str, number: int) -> str:
    return (
        f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>'
        f"{_CIRCLED[(number - 1) % 20]}</text:note-citation><text:note-body>"
        f'<text:p text:style-name="Footnote">{escape(text)}</text:p></text:note-body></text:note>'
    )


def _table(table: Table, number: int) -> str:
    columns = "".join(f'<table:table-column table:style-name="W{width}"/>' for width in table.widths)
    header = "".join(_rows(table.header, across=True))
    return (
        f'<table:table table:name="T{number}">{columns}<table:table-header-rows>{header}'
        f"</table:table-header-rows>{''.join(_rows(table.rows))}</table:table>"
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
