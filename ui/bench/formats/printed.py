"""The PDF files to make: documents, newspaper pages, sheets and slides, set and printed in many layouts.

May import the rest of the package.
"""

from collections.abc import Iterator
from dataclasses import replace

from ui.bench.formats import layouts as lay
from ui.bench.formats import pages, sheets, slides, tables
from ui.bench.formats.draft import CALC, CHROMIUM, IMPRESS, Draft, printed, written
from ui.bench.formats.shows import slide_shows, without_notes
from ui.bench.formats.sources import Sources, choose
from ui.bench.formats.specimens import Heading, Specimen
from ui.bench.formats.tables import only_table
from ui.bench.formats.variants import annotated, long_titled, newspaper, official

# So many chapters fill two newspaper pages: what runs above the first is known by standing on the second.
_TWO_PAGES = 8


def pdfs(sources: Sources) -> Iterator[Draft]:
    """All PDF files."""
    yield from _written(sources)
    yield from _printed(sources)
    yield from _newspapers(sources)
    table, cells = only_table(tables.ruled(sources, rows=40, skip=20)), tables.merged(sources)
    for specimen in (table, cells):
        yield Draft(specimen, "pdf", "电子表格", CALC, sheets.write(specimen), "xlsx", "pdf")
    for specimen in slide_shows(sources):
        raw, seen = slides.write(specimen), without_notes(specimen)
        yield Draft(seen, "pdf", "幻灯片", IMPRESS, raw, "pptx", "pdf")


def _written(sources: Sources) -> Iterator[Draft]:
    short, middle, long = (choose(sources.laws, longest=size, count=6) for size in (3500, 8000, 20000))
    reports = choose(sources.reports, longest=20000, count=8)
    for specimen in (short[0], middle[0], long[0], reports[0]):
        yield written(specimen, lay.ONE)
    for layout, specimen in (
        (lay.SPACED, middle[1]),
        (lay.SPACED, reports[1].until(6000)),
        (lay.LARGE, short[1]),
        (lay.TWO, middle[2]),
        (lay.TWO, reports[2].until(9000)),
        (lay.TWO_SPACED, short[2]),
        (lay.THREE, long[1]),
        (lay.THREE, sources.plans),
        (lay.INSIDE, middle[3]),
        (lay.WIDE, reports[3].until(4000)),
        (lay.FOOTNOTES, annotated(middle[4])),
        (lay.FOOTNOTES, annotated(short[3])),
        (lay.LONG_TITLE, long_titled(short[4])),
        (lay.LONG_TITLE, sources.briefs),
        (lay.TABLE, tables.ruled(sources, rows=60)),
        (lay.TABLE, tables.two_headers(sources, rows=20)),
        (lay.TABLE, tables.merged(sources)),
        (lay.TABLE, tables.tasks(sources)),
        (lay.OFFICIAL, official(reports[4])),
        (lay.FACING, middle[5]),
        (lay.DIGITS, annotated(short[5])),
        (lay.TWO_NOTES, annotated(middle[1])),
        (lay.UNRULED, tables.ruled(sources, rows=40, skip=300)),
        (lay.TWO_TABLE, tables.ruled(sources, rows=50, skip=400)),
    ):
        yield written(specimen, layout)


def _printed(sources: Sources) -> Iterator[Draft]:
    short, middle, long = (
        choose(sources.laws, longest=size, count=4, skip=2) for size in (4000, 9000, 25000)
    )
    report = choose(sources.reports, longest=20000, count=3, skip=1)
    for layout, specimen in (
        (lay.ONE, short[0]),
        (lay.ONE, long[0]),
        (lay.SPACED, middle[0]),
        (lay.TWO, middle[1]),
        (lay.TWO_SPACED, short[1]),
        (lay.TWO, report[0].until(8000)),
        (lay.THREE, middle[2]),
        (lay.THREE_NARROW, report[1].until(6000)),
        (lay.TABLE, tables.ruled(sources, rows=45, skip=100)),
        (lay.TABLE, tables.two_headers(sources, rows=15, skip=200)),
        (lay.TABLE, tables.merged(sources, each=3)),
        (lay.UNRULED, tables.ruled(sources, rows=30, skip=500)),
        (lay.OFFICIAL, official(report[2])),
    ):
        yield printed(specimen, layout)
    page = pages.print_page(short[2], replace(lay.ONE, running=False))
    yield Draft(short[2], "pdf", "浏览器页眉页脚", CHROMIUM, page.encode(), "html", "headed")


def _newspapers(sources: Sources) -> Iterator[Draft]:
    laws = [law for law in sources.laws if _chapters(law) >= _TWO_PAGES]
    laws = choose(laws, longest=6000, count=3, skip=2)
    for layout, specimen in (
        (lay.NEWSPAPER, newspaper(sources.briefs)),
        (lay.NEWSPAPER, newspaper(sources.plans)),
        (lay.NEWSPAPER, newspaper(laws[0])),
        (lay.NEWSPAPER_FIVE, newspaper(laws[1])),
        (lay.NEWSPAPER_FIVE, newspaper(laws[2])),
        (lay.NEWSPAPER_FIVE, newspaper(sources.plans)),
    ):
        page = pages.newspaper(specimen, layout)
        yield Draft(specimen, "pdf", layout.name, CHROMIUM, page.encode(), "html", "plain")


def _chapters(law: Specimen) -> int:
    return sum(isinstance(part, Heading) and part.level == 1 for part in law.parts)
