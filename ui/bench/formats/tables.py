"""Tables as specimens: figures of laws, the tasks of a work plan, with the headers that offices use.

May import the evaluation.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from ui.bench.formats.sources import Sources
from ui.bench.formats.specimens import Heading, Part, Specimen, Table, Text

_INTRODUCTION = "下表依据公开文本统计，字数不含标题，章数与条数以正文所列为准。"
_CLOSING = "以上各项由专人复核，如与正式文本不一致，以正式文本为准。"


def ruled(sources: Sources, *, rows: int, skip: int = 0) -> Specimen:
    """A table with one row of headers, between two paragraphs."""
    laws = sources.laws[skip : skip + rows]
    table = Table((("序号", "名称", "章数", "条数", "字数"),), _numbered(map(_figures, laws)))
    parts = (Heading("一、统计结果"), Text(_INTRODUCTION), table, Heading("二、说明"), Text(_CLOSING))
    return Specimen(f"法规统计{rows}行", "地方性法规篇幅统计表", parts)


def two_headers(sources: Sources, *, rows: int, skip: int = 0) -> Specimen:
    """A table whose header has two rows: 篇幅 stands above 章数 and 条数."""
    laws = sources.laws[skip : skip + rows]
    header = (("序号", "名称", "篇幅", "", ""), ("", "", "章数", "条数", "字数"))
    table = Table(header, _numbered(map(_figures, laws)))
    return Specimen(f"两行表头{rows}行", "地方性法规篇幅分项表", (Text(_INTRODUCTION), table, Text(_CLOSING)))


def merged(sources: Sources, *, each: int = 4) -> Specimen:
    """A table of tasks in which a leader's cell reaches down over his first `each` tasks."""
    rows: list[tuple[str, ...]] = []
    for leader, tasks in groupby(sources.tasks, key=lambda task: task[0]):
        for place, (_, task, unit) in enumerate(list(tasks)[:each]):
            rows.append((leader if place == 0 else "", task, unit))
    table = Table((("牵头领导", "重点工作", "牵头单位"),), tuple(rows))
    return Specimen("合并单元格", "政府工作报告重点工作分解表", (table,))


def tasks(sources: Sources) -> Specimen:
    """A table of all tasks of the plan, a row each: several pages."""
    rows = tuple((str(place), *task) for place, task in enumerate(sources.tasks, 1))
    table = Table((("序号", "牵头领导", "重点工作", "牵头单位"),), rows)
    return Specimen("重点工作全表", "政府工作报告重点工作责任分解表", (table,))


def _figures(law: Specimen) -> tuple[str, ...]:
    chapters = sum(isinstance(part, Heading) and part.level == 1 for part in law.parts)
    articles = sum(isinstance(part, Text) and bool(part.label) for part in law.parts)
    length = sum(len(part.text) for part in law.parts if isinstance(part, Text))
    return law.title, str(chapters), str(articles), str(length)


def _numbered(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), *row) for number, row in enumerate(rows, 1))


def only_table(specimen: Specimen) -> Specimen:
    """The table of a specimen without the paragraphs around it."""
    parts = tuple(part for part in specimen.parts if isinstance(part, Table))
    return replace(specimen, name=f"{specimen.name}（仅表）", parts=parts)


def sheets(sources: Sources) -> Specimen:
    """Three sheets, each named by its heading, with a table each."""
    parts: list[Part] = []
    for name, start in (("华东", 300), ("华中", 600), ("西南", 900)):
        table = only_table(ruled(sources, rows=12, skip=start)).parts
        parts += [Heading(name), *table]
    return Specimen("多张表", "", tuple(parts))


def ledger(sources: Sources, *, rows: int) -> Specimen:
    """Dates, amounts and shares, which a spreadsheet holds as numbers and shows by a format."""
    header = ("日期", "单位", "项目", "金额（元）", "完成比例")
    written = []
    for number, (_, task, unit) in enumerate(sources.tasks[:rows]):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        written.append((day, unit, task[:20], f"{12345.5 * (number + 1):,.2f}", f"{number * 2.5 % 100:.1f}%"))
    return Specimen("经费台账", "2024年重点工作经费台账", (Table((header,), tuple(written)),))
