"""From the lines of a plain or Markdown text to blocks: paragraphs found by what surrounds each line.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.blocks import Block, make_block
from ingest.column import measure
from ingest.lines import Line, read_lines
from ingest.loaded import Element, Loaded
from ingest.marks import Mark, read_mark
from ingest.rejoining import rejoin
from ingest.signature import signs
from ingest.title import group_head, head_length
from ingest.wrapping import assemble


def read_printed(loaded: Loaded) -> list[Block]:
    """The blocks of a text, in order; every character of ink is in exactly one."""
    lines = read_lines(loaded.text)
    rows = {row.start: row for row in loaded.rows}
    marks = _mark_lines(lines, rows, markdown=loaded.markdown)
    column = measure(lines, marks)
    if column.parted:
        lines = rejoin(lines, marks, column)
        marks = _mark_lines(lines, rows, markdown=loaded.markdown)
        column = measure(lines, marks)
    head = head_length(lines, marks, column.widths)
    if head < len(lines) and marks[head] is Mark.PLAIN and signs(head, lines):
        marks[head] = Mark.SIGNATURE
    groups = [
        (tuple(lines[start:end]), head_mark(marks[start]))
        for start, end in group_head([line.text for line in lines[:head]])
    ]
    place = head
    for group in assemble(lines[head:], marks[head:], replace(column, widths=column.widths[head:])):
        groups.append((group, marks[place]))
        place += len(group)
    return [_block(loaded, group, mark, rows) for group, mark in groups]


def _block(loaded: Loaded, group: Sequence[Line], mark: Mark, rows: Mapping[int, Element]) -> Block:
    block = make_block(group, mark)
    if mark is not Mark.ROW:
        return block
    cells = rows[group[0].start].cells
    return replace(block, cells=tuple((cell.header, loaded.text[cell.start : cell.end]) for cell in cells))


def head_mark(mark: Mark) -> Mark:
    """What a line above the first paragraph is: a title, unless it shows itself to be a note or a date."""
    return mark if mark in (Mark.NOTE, Mark.ASIDE, Mark.DATE) else Mark.TITLE


def _mark_lines(lines: Sequence[Line], rows: Mapping[int, Element], *, markdown: bool) -> list[Mark]:
    marks: list[Mark] = []
    fenced = False
    for index, line in enumerate(lines):
        mark = Mark.ROW if line.start in rows else read_mark(line.text, markdown=markdown)
        if markdown and line.text.startswith(("```", "~~~")):
            fenced = not fenced
        elif fenced and mark is Mark.HEADING:
            mark = Mark.PLAIN
        if mark is Mark.PLAIN and _is_signature(index, lines, marks):
            mark = Mark.SIGNATURE
        marks.append(mark)
    return marks


def _is_signature(index: int, lines: Sequence[Line], marks: Sequence[Mark]) -> bool:
    """A line of a signature's shape after the end of a sentence, or after a line that stands alone."""
    if index and not lines[index - 1].terminal and marks[index - 1] is Mark.PLAIN:
        return False
    return signs(index, lines)
