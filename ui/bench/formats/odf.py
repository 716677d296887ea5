"""How a flat OpenDocument text looks: fonts, styles, pages, running heads and feet.

Imports nothing of ours but the layouts. The elements are those of OpenDocument 1.3, part 3.
"""

from xml.sax.saxutils import escape, quoteattr

from ui.bench.formats.layouts import GAP, MARGIN, Layout

# Room between the running heads and the text.
_EDGES = "".join(
    f'<style:{edge}-style><style:header-footer-properties fo:min-height="6mm" fo:margin-{side}="4mm"/>'
    f"</style:{edge}-style>"
    for edge, side in (("header", "bottom"), ("footer", "top"))
)


def _fonts(layout: Layout) -> str:
    name = quoteattr(layout.font)
    return (
        f"<office:font-face-decls><style:font-face style:name={name} svg:font-family={name}/>"
        "</office:font-face-decls>"
    )


def styles(title: str, layout: Layout) -> str:
    """All before the body: `title` runs above each page where the layout has it so."""
    columns = _columns(layout)
    width, height = layout.page
    running = _running(title, layout) if layout.running else ""
    page_columns = "" if layout.across else columns
    edges = _EDGES if layout.running else ""
    return f"""{_fonts(layout)}<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties style:punctuation-wrap="simple"/>
<style:text-properties {_face(layout, layout.size)} fo:language="zh" fo:country="CN"
 style:language-asian="zh" style:country-asian="CN"/></style:default-style>
{_paragraph("Standard", layout, layout.size, "")}
{_paragraph("Title", layout, layout.size * 1.8, 'fo:text-align="center" fo:margin-bottom="12pt"', bold=True)}
{_paragraph("Text_20_body", layout, layout.size, _setting(layout), name="Text body")}
{_paragraph("End", layout, layout.size, 'fo:text-align="end"')}
{_paragraph("Center", layout, layout.size, 'fo:text-align="center"')}
{_paragraph("Cell", layout, layout.size, "")}
{_paragraph("Footnote", layout, layout.size * 0.8, "")}
{"".join(_heading_style(level, layout) for level in (1, 2, 3, 4))}
<text:notes-configuration text:note-class="footnote" style:num-format="{layout.notes}"
 text:footnotes-position="page"/></office:styles>
<office:automatic-styles>
<style:style style:name="Cols" style:family="section"><style:section-properties
 text:dont-balance-text-columns="false">{columns}</style:section-properties></style:style>
<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties
 fo:border="{"0.5pt solid #000000" if layout.ruled else "none"}" fo:padding="1mm"
 style:vertical-align="middle"/></style:style>
<style:style style:name="Grid" style:family="table"><style:table-properties
 style:width="{layout.measure}mm" table:align="left"/></style:style>
{_widths(layout)}
<text:list-style style:name="Count"><text:list-level-style-number text:level="1" style:num-format="1"
 style:num-suffix="."/></text:list-style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{width}mm"
 fo:page-height="{height}mm" fo:margin="{MARGIN}mm">{page_columns}</style:page-layout-properties>{edges}
</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">{running}
</style:master-page></office:master-styles>"""


def _widths(layout: Layout) -> str:
    """A style for each width that a column of a table may have, in millimetres."""
    return "".join(
        f'<style:style style:name="W{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}mm"/></style:style>'
        for width in range(layout.measure + 1)
    )


def _columns(layout: Layout) -> str:
    columns = "".join('<style:column style:rel-width="1*"/>' for _ in range(layout.columns))
    return (
        f'<style:columns fo:column-count="{layout.columns}" fo:column-gap="{GAP}mm">{columns}</style:columns>'
    )


def _running(title: str, layout: Layout) -> str:
    """Head and foot; on facing pages the left ones have other words, and the numbers stand outside."""
    right = "End" if layout.facing else "Standard"
    pages = _head(title, "header", "Standard") + _head(layout.foot, "footer", right)
    if not layout.facing:
        return pages
    return (
        f"{pages}{_head('法规文件汇编', 'header-left', 'End')}{_head(layout.foot, 'footer-left', 'Standard')}"
    )


def _head(text: str, edge: str, style: str) -> str:
    """A running line; a pair of braces in it is the page's number, two are their count as well."""
    fields = ("<text:page-number>1</text:page-number>", "<text:page-count>1</text:page-count>")
    return (
        f'<style:{edge}><text:p text:style-name="{style}">{escape(text).format(*fields)}</text:p>'
        f"</style:{edge}>"
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
