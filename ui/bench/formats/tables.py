"""Tables as specimens: figures of laws, the tasks of a work plan, with the headers that offices use.

May import the evaluation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ui.bench.formats.sources import Sources
from ui.bench.formats.specimens import Heading, Part, Specimen, Table, Text

_INTRODUCTION = "下表依据公开文本统计，字数不含标题，章数与条数以正文所列为准。"
# Characters that a line of a slide has room for.
_ROOM = 140
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


def slides(specimen: Specimen, *, count: int, lines: int = 4) -> Specimen:
    """The first sections of a document as slides: short paragraphs under a heading, one for the speaker."""
    parts: list[Part] = []
    shown = 0
    for heading, texts in _sections(specimen):
        if shown == count:
            break
        if texts:
            parts += [heading, *texts[:lines]]
            shown += 1
        if len(texts) > lines:
            parts[-1] = replace(texts[lines - 1], note=texts[lines].text)
    return Specimen(f"{specimen.name}（演示）", specimen.title, tuple(parts))


def _sections(specimen: Specimen) -> Iterator[tuple[Heading, list[Text]]]:
    """Each heading with the paragraphs below it that a slide has room for."""
    heading, texts = None, list[Text]()
    for part in (*specimen.parts, Heading("")):
        if isinstance(part, Heading):
            if heading is not None:
                yield heading, texts
            heading, texts = part, []
        elif isinstance(part, Text) and len(part.text) <= _ROOM:
            texts.append(part)


def without_notes(specimen: Specimen) -> Specimen:
    """The same without what only the speaker sees."""
    parts = (replace(part, note="") if isinstance(part, Text) else part for part in specimen.parts)
    return replace(specimen, parts=tuple(parts))


def slide_table(sources: Sources) -> Specimen:
    """Two slides with a table each."""
    parts: list[Part] = []
    for number, start in enumerate((0, 8), 1):
        table = next(part for part in ruled(sources, rows=8, skip=start).parts if isinstance(part, Table))
        parts += [Heading(f"法规篇幅（{number}）"), table]
    return Specimen("表格演示", "地方性法规篇幅", tuple(parts))


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
