"""What to make: which specimen, written by which program, in which format and layout.

May import the evaluation and the settings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from eval.fidelity import Known
from ui.bench.formats import layouts as lay
from ui.bench.formats import pages, plain, sheets, slides, tables, word, writer
from ui.bench.formats.layouts import Layout
from ui.bench.formats.sources import Sources, choose
from ui.bench.formats.specimens import Specimen, known
from ui.bench.formats.variants import (
    annotated,
    counted,
    known_briefs,
    known_plans,
    long_titled,
    newspaper,
)

WRITER, CHROMIUM, CALC, IMPRESS = "LibreOffice Writer", "Chromium", "LibreOffice Calc", "LibreOffice Impress"
_TEXT = "txt:Text (encoded):UTF8"
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be made: by `program`, out of the bytes `raw` of a file with suffix `source`.

    Where `target` is empty the bytes are the file; else it is what LibreOffice is asked to save, or
    how Chromium prints. `suffix` is the file's format, `layout` what the table calls its shape,
    `known` the paragraphs it holds.
    """

    specimen: Specimen
    suffix: str
    layout: str
    program: str
    raw: bytes
    source: str = ""
    target: str = ""
    known: tuple[Known, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without its suffix; no two drafts of one suffix share it."""
        return f"{self.specimen.name}_{self.layout}_{self.program}".replace(" ", "").replace("/", "")


def drafts(sources: Sources, seeds: Path) -> list[Draft]:
    """All files to make, by format."""
    made = [*_pdfs(sources), *_words(sources), *_webs(sources), *_sheets(sources), *_shows(sources)]
    made += [*_texts(sources), *_seeds(sources, seeds)]
    return [draft if draft.known else replace(draft, known=known(draft.specimen)) for draft in made]


def _pdfs(sources: Sources) -> Iterator[Draft]:
    short, middle, long = (choose(sources.laws, longest=size, count=6) for size in (3500, 8000, 20000))
    reports = choose(sources.reports, longest=20000, count=8)
    for specimen in (short[0], middle[0], long[0], reports[0]):
        yield _written(specimen, lay.ONE)
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
    ):
        yield _written(specimen, layout)
    yield from _prints(sources)


def _prints(sources: Sources) -> Iterator[Draft]:
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
    ):
        page = pages.print_page(specimen, layout)
        yield Draft(specimen, "pdf", layout.name, CHROMIUM, page.encode(), "html", "plain")
    page = pages.print_page(short[2], replace(lay.ONE, running=False))
    yield Draft(short[2], "pdf", "浏览器页眉页脚", CHROMIUM, page.encode(), "html", "headed")
    for specimen in (sources.briefs, newspaper(sources.plans), newspaper(short[3])):
        page = pages.newspaper(specimen, lay.NEWSPAPER)
        yield Draft(specimen, "pdf", lay.NEWSPAPER.name, CHROMIUM, page.encode(), "html", "plain")


def _words(sources: Sources) -> Iterator[Draft]:
    laws = choose(sources.laws, longest=8000, count=5, skip=3)
    report = choose(sources.reports, longest=20000, count=2, skip=2)
    for layout, specimen in (
        (lay.ONE, laws[0]),
        (lay.TWO, laws[1]),
        (lay.ONE, report[0]),
        (lay.FOOTNOTES, annotated(laws[2])),
        (lay.LIST, counted(sources)),
        (lay.TABLE, tables.ruled(sources, rows=30)),
        (lay.TABLE, tables.two_headers(sources, rows=12)),
        (lay.TABLE, tables.merged(sources)),
    ):
        yield _written(specimen, layout, "docx")
    for layout, specimen in (
        (lay.ONE, laws[3]),
        (lay.TWO, sources.plans),
        (lay.ONE, report[1]),
        (lay.LIST, counted(sources)),
        (lay.TABLE, tables.two_headers(sources, rows=12, skip=50)),
        (lay.TABLE, tables.merged(sources)),
    ):
        yield Draft(specimen, "docx", layout.name, "python-docx", word.write(specimen, layout))


def _webs(sources: Sources) -> Iterator[Draft]:
    laws = choose(sources.laws, longest=7000, count=5, skip=4)
    report = choose(sources.reports, longest=20000, count=1, skip=3)[0]
    for layout, specimen in ((lay.ONE, laws[0]), (lay.ONE, report), (lay.TABLE, tables.merged(sources))):
        yield _written(specimen, layout, "html")
    for specimen in (laws[1], laws[2], sources.plans, report):
        yield Draft(specimen, "html", "网站页面", "模板", pages.web_page(specimen).encode())
    table = tables.ruled(sources, rows=25)
    yield Draft(table, "html", "网站页面·表格", "模板", pages.web_page(table).encode())


def _sheets(sources: Sources) -> Iterator[Draft]:
    plain_table, double, cells = (
        tables.only_table(tables.ruled(sources, rows=40, skip=20)),
        tables.only_table(tables.two_headers(sources, rows=30, skip=60)),
        tables.merged(sources),
    )
    for specimen in (plain_table, double, cells, tables.sheets(sources)):
        raw = sheets.write(specimen)
        yield Draft(specimen, "xlsx", "表格", "openpyxl", raw)
        yield Draft(specimen, "xlsx", "表格", CALC, raw, "xlsx", "xlsx:Calc MS Excel 2007 XML")
    for specimen in (plain_table, cells):
        yield Draft(specimen, "pdf", "电子表格", CALC, sheets.write(specimen), "xlsx", "pdf")
    bare = replace(plain_table, title="")
    yield Draft(bare, "csv", "表格", CALC, sheets.write(bare, titled=False), "xlsx", _CSV)
    merged = replace(tables.tasks(sources), title="")
    yield Draft(merged, "csv", "表格", "Python csv", sheets.write_csv(merged))
    yield Draft(bare, "csv", "GB18030", "Python csv", sheets.write_csv(bare, encoding="gb18030"))
    tabs = replace(bare, name=f"{bare.name}（制表符）")
    yield Draft(tabs, "csv", "制表符", "Python csv", sheets.write_csv(tabs, delimiter="\t"))


def _shows(sources: Sources) -> Iterator[Draft]:
    laws = choose(sources.laws, longest=9000, count=2, skip=1)
    reports = choose(sources.reports, longest=20000, count=2, skip=5)
    for specimen in (*laws, *reports):
        shown = tables.slides(specimen, count=8)
        raw = slides.write(shown)
        yield Draft(shown, "pptx", "幻灯片", "python-pptx", raw)
        yield Draft(shown, "pptx", "幻灯片", IMPRESS, raw, "pptx", "pptx:Impress MS PowerPoint 2007 XML")
        spoken = tables.without_notes(shown)
        yield Draft(spoken, "pdf", "幻灯片", IMPRESS, raw, "pptx", "pdf")
    table = tables.slide_table(sources)
    yield Draft(table, "pptx", "幻灯片·表格", "python-pptx", slides.write(table))


def _texts(sources: Sources) -> Iterator[Draft]:
    laws = choose(sources.laws, longest=6000, count=6, skip=5)
    report = choose(sources.reports, longest=20000, count=1, skip=4)[0]
    for specimen in (laws[0], report):
        yield _written(specimen, lay.ONE, "txt")
    for specimen, width, encoding in (
        (laws[1], 0, "gb18030"),
        (laws[2], 34, "utf-8"),
        (report, 28, "gb18030"),
    ):
        shape = f"硬换行 {width} 字" if width else "一行一段"
        raw = plain.write(specimen, width=width, encoding=encoding)
        yield Draft(specimen, "txt", f"{shape} {encoding}", "Python", raw)
    for specimen, encoding in ((laws[3], "utf-8"), (laws[4], "utf-16"), (report, "utf-8")):
        raw = plain.write_markdown(specimen, encoding=encoding)
        truth = known(specimen, hashes=True)
        yield Draft(specimen, "md", f"标题记号 {encoding}", "Python", raw, known=truth)


def _seeds(sources: Sources, seeds: Path) -> Iterator[Draft]:
    """Two of the founding documents as they are."""
    for specimen, truth in ((sources.briefs, known_briefs(sources)), (sources.plans, known_plans(sources))):
        path = next(seeds.glob(f"*{specimen.name}*"))
        yield Draft(specimen, path.suffix[1:], "原件", "原件", path.read_bytes(), known=truth)


def _written(specimen: Specimen, layout: Layout, suffix: str = "pdf") -> Draft:
    targets = {"docx": "docx:MS Word 2007 XML", "txt": _TEXT}
    raw = writer.write(specimen, layout).encode()
    return Draft(specimen, suffix, layout.name, WRITER, raw, "fodt", targets.get(suffix, suffix))
