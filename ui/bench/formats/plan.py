"""All files to make: which specimen, written by which program, in which format and layout.

May import the rest of the package.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ui.bench.formats import layouts as lay
from ui.bench.formats import pages, plain, sheets, slides, tables, word
from ui.bench.formats.draft import CALC, IMPRESS, Draft, written
from ui.bench.formats.printed import pdfs
from ui.bench.formats.shows import slide_shows, slide_table
from ui.bench.formats.sources import Sources, choose
from ui.bench.formats.specimens import known
from ui.bench.formats.variants import annotated, counted, known_briefs, known_plans, official

_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"


def drafts(sources: Sources, seeds: Path) -> list[Draft]:
    """All files to make, by format."""
    made = [*pdfs(sources), *_words(sources), *_webs(sources), *_sheets(sources), *_shows(sources)]
    made += [*_texts(sources), *_seeds(sources, seeds)]
    return [draft if draft.known else replace(draft, known=known(draft.specimen)) for draft in made]


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
        yield written(specimen, layout, "docx")
    for layout, specimen in (
        (lay.ONE, laws[3]),
        (lay.TWO, sources.plans),
        (lay.ONE, report[1]),
        (lay.LIST, counted(sources)),
        (lay.TABLE, tables.two_headers(sources, rows=12, skip=50)),
        (lay.TABLE, tables.merged(sources)),
        (lay.OFFICIAL, official(report[1])),
    ):
        yield Draft(specimen, "docx", layout.name, "python-docx", word.write(specimen, layout))


def _webs(sources: Sources) -> Iterator[Draft]:
    laws = choose(sources.laws, longest=7000, count=5, skip=4)
    report = choose(sources.reports, longest=20000, count=1, skip=3)[0]
    for layout, specimen in ((lay.ONE, laws[0]), (lay.ONE, report), (lay.TABLE, tables.merged(sources))):
        yield written(specimen, layout, "html")
    for specimen in (laws[1], laws[2], sources.plans, report):
        yield Draft(specimen, "html", "网站页面", "模板", pages.web_page(specimen).encode())
    for specimen in (laws[3], laws[4]):
        yield Draft(specimen, "html", "旧式网页 GB18030", "模板", pages.old_page(specimen))
    table = tables.ruled(sources, rows=25)
    yield Draft(table, "html", "网站页面·表格", "模板", pages.web_page(table).encode())


def _sheets(sources: Sources) -> Iterator[Draft]:
    plain_table, double, cells = (
        tables.only_table(tables.ruled(sources, rows=40, skip=20)),
        tables.only_table(tables.two_headers(sources, rows=30, skip=60)),
        tables.merged(sources),
    )
    ledger = tables.ledger(sources, rows=24)
    for specimen in (plain_table, double, cells, tables.sheets(sources), ledger):
        raw = sheets.write(specimen)
        yield Draft(specimen, "xlsx", "表格", "openpyxl", raw)
        yield Draft(specimen, "xlsx", "表格", CALC, raw, "xlsx", "xlsx:Calc MS Excel 2007 XML")
    bare = replace(plain_table, title="")
    yield Draft(bare, "csv", "表格", CALC, sheets.write(bare), "xlsx", _CSV)
    merged = replace(tables.tasks(sources), title="")
    yield Draft(merged, "csv", "表格", "Python csv", sheets.write_csv(merged))
    yield Draft(bare, "csv", "GB18030", "Python csv", sheets.write_csv(bare, encoding="gb18030"))
    tabs = replace(bare, name=f"{bare.name}（制表符）")
    yield Draft(tabs, "csv", "制表符", "Python csv", sheets.write_csv(tabs, delimiter="\t"))


def _shows(sources: Sources) -> Iterator[Draft]:
    for shown in slide_shows(sources):
        raw = slides.write(shown)
        yield Draft(shown, "pptx", "幻灯片", "python-pptx", raw)
        yield Draft(shown, "pptx", "幻灯片", IMPRESS, raw, "pptx", "pptx:Impress MS PowerPoint 2007 XML")
    table = slide_table(sources)
    yield Draft(table, "pptx", "幻灯片·表格", "python-pptx", slides.write(table))


def _texts(sources: Sources) -> Iterator[Draft]:
    laws = choose(sources.laws, longest=6000, count=6, skip=5)
    report = choose(sources.reports, longest=20000, count=1, skip=4)[0]
    for specimen in (laws[0], report):
        yield written(specimen, lay.ONE, "txt")
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
