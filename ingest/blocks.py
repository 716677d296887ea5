"""From raw text to blocks: each a paragraph's lines, joined and clean, with what they show to be.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.column import measure
from ingest.lines import Line, read_line, read_lines
from ingest.loaded import Element, Loaded
from ingest.marks import Mark, heading_level, label, read_mark
from ingest.numbering import Numeral, Style, read_numeral
from ingest.signature import clean_signature, read_signature
from ingest.spacing import clean_label, clean_prose, join_lines
from ingest.title import group_head, head_length
from ingest.wrapping import assemble

# A unit's name alone is taken for a signature where the lines around it are this much longer.
_CLEARLY_SHORTER = 0.75


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be: clean text, raw span, and what its own words say of it."""

    text: str
    start: int
    end: int
    mark: Mark
    numeral: Numeral | None = None
    level: int | None = None
    terminal: bool = False
    fields: str = ""

    @property
    def full_text(self) -> str:
        """The text with the fields of a task (牵头单位：…) on lines of their own."""
        return f"{self.text}\n{self.fields}" if self.fields else self.text


def read_blocks(loaded: Loaded) -> list[Block]:
    """The blocks of a text, in order; every character of ink is in exactly one."""
    if loaded.elements:
        return _known_blocks(loaded)
    lines = read_lines(loaded.text)
    marks = _mark_lines(lines, markdown=loaded.markdown)
    column = measure(lines, marks)
    head = head_length(lines, marks, column.widths)
    if head < len(lines) and marks[head] is Mark.PLAIN and _signs(head, lines):
        marks[head] = Mark.SIGNATURE
    groups = [
        (tuple(lines[start:end]), _head_mark(marks[start]))
        for start, end in group_head([line.text for line in lines[:head]])
    ]
    place = head
    for group in assemble(lines[head:], marks[head:], replace(column, widths=column.widths[head:])):
        groups.append((group, marks[place]))
        place += len(group)
    return [_make_block(group, mark) for group, mark in groups]


def _known_blocks(loaded: Loaded) -> list[Block]:
    """The blocks of a text whose format knows its paragraphs: one for each element."""
    elements = [each for each in loaded.elements if loaded.text[each.start : each.end].strip()]
    lines = [read_line(loaded.text, each.start, each.end) for each in elements]
    marks = [_known_mark(each, lines, index) for index, each in enumerate(elements)]
    head = head_length(lines, marks, [0.0] * len(lines))
    groups = group_head([line.text for line in lines[:head]])
    blocks = [_make_block(lines[start:end], _head_mark(marks[start])) for start, end in groups]
    for element, line, mark in zip(elements[head:], lines[head:], marks[head:], strict=True):
        block = _make_block([line], mark)
        blocks.append(replace(block, level=element.level) if mark is Mark.HEADING else block)
    return blocks


def _known_mark(element: Element, lines: Sequence[Line], index: int) -> Mark:
    if element.role == "heading":
        return Mark.HEADING
    if element.role == "title":
        return Mark.TITLE
    if element.role == "text":
        mark = read_mark(lines[index].text, markdown=False)
        return Mark.SIGNATURE if mark is Mark.PLAIN and _signs(index, lines) else mark
    return Mark.ITEM


def _head_mark(mark: Mark) -> Mark:
    return mark if mark in (Mark.NOTE, Mark.DATE) else Mark.TITLE


def _mark_lines(lines: Sequence[Line], *, markdown: bool) -> list[Mark]:
    marks: list[Mark] = []
    fenced = False
    for index, line in enumerate(lines):
        mark = read_mark(line.text, markdown=markdown)
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
    return _signs(index, lines)


def _signs(index: int, lines: Sequence[Line]) -> bool:
    """A line of a signature's shape, and short if it names a unit alone."""
    line = lines[index]
    numbered = line.terminal or read_numeral(line.text) is not None
    signature = None if numbered else read_signature(line.text)
    if signature is None or signature.person is not None:
        return signature is not None
    around = [*lines[max(0, index - 3) : index], *lines[index + 1 : index + 4]]
    return not around or line.width <= _CLEARLY_SHORTER * max(near.width for near in around)


def _make_block(lines: Sequence[Line], mark: Mark) -> Block:
    joined = join_lines([line.text for line in lines])
    numeral = _numeral(joined, mark)
    terminal = lines[-1].terminal
    return Block(
        text=_clean(joined, mark, numeral, terminal=terminal),
        start=lines[0].start,
        end=lines[-1].end,
        mark=mark,
        numeral=numeral,
        level=heading_level(joined) if mark is Mark.HEADING else None,
        terminal=terminal,
    )


def _numeral(text: str, mark: Mark) -> Numeral | None:
    if mark is Mark.HEADING:
        return read_numeral(label(text))
    return read_numeral(text) if mark in (Mark.PLAIN, Mark.ITEM) else None


def _clean(text: str, mark: Mark, numeral: Numeral | None, *, terminal: bool) -> str:
    if mark is Mark.SIGNATURE:
        return clean_signature(text)
    if mark in (Mark.TITLE, Mark.HEADING, Mark.DATE, Mark.NOTE, Mark.LEAD):
        return clean_label(text)
    if mark is Mark.ITEM:
        return text
    clean = clean_prose if terminal or len(text) > 60 else clean_label
    if (
        numeral is not None
        and numeral.style <= Style.ARTICLE
        and text[numeral.end : numeral.end + 1].isspace()
    ):
        return f"{text[: numeral.end]} {clean(text[numeral.end :].lstrip())}"
    return clean(text)


def merge(blocks: Sequence[Block], field: Block) -> Block:
    """A numbered item, in one paragraph or several, and the line of a field under it as one block."""
    return replace(
        blocks[0],
        text="\n".join(block.text for block in blocks),
        end=field.end,
        fields="\n".join(filter(None, (blocks[-1].fields, field.text))),
        terminal=True,
    )
