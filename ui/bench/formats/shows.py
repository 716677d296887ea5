"""Documents as slide shows: short paragraphs under a heading, one for the speaker.

May import the rest of the package.
"""

from collections.abc import Iterator
from dataclasses import replace

from ui.bench.formats.sources import Sources, choose
from ui.bench.formats.specimens import Heading, Part, Specimen, Table, Text
from ui.bench.formats.tables import ruled

# Characters that a line of a slide has room for.
_ROOM = 140


def slide_shows(sources: Sources) -> list[Specimen]:
    """Two laws and two reports."""
    laws = choose(sources.laws, longest=9000, count=2, skip=1)
    reports = choose(sources.reports, longest=20000, count=2, skip=5)
    return [on_slides(specimen, count=8) for specimen in (*laws, *reports)]


def on_slides(specimen: Specimen, *, count: int, lines: int = 4) -> Specimen:
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
