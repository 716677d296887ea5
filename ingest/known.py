"""From the elements of a file that knows its paragraphs to blocks: one for each.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block, make_block
from ingest.lines import Line, ends_sentence, hide, hide_first, ink_width, is_unseen, join, read_lines
from ingest.loaded import Element, Loaded
from ingest.marks import LONGEST_LABEL, Mark, read_mark
from ingest.numbering import Style, read_numeral
from ingest.printed import head_mark
from ingest.signature import signs
from ingest.spacing import clean_prose, join_lines
from ingest.title import group_head, head_length, kind_of

# The title stands among the first elements of a file.
_HEAD = 12
# A title broken in two has lines like these; the level stands above all headings.
_MOST_TITLE_LINES, _TITLE_LEVEL = 3, 0


def read_known(loaded: Loaded) -> list[Block]:
    """The blocks of a text whose format knows its paragraphs; every character of ink is in exactly one."""
    elements, lines = _seen(loaded)
    marks = [_mark(element, lines, index) for index, element in enumerate(elements)]
    _mark_titles(elements, lines, marks)
    head = _head_length(lines, marks)
    blocks = []
    for start, end in _group_titles(lines[:head], marks):
        block = make_block(lines[start:end], head_mark(marks[start]))
        blocks.append(replace(block, level=_TITLE_LEVEL) if marks[start] is Mark.TITLE else block)
    for element, line, mark in zip(elements[head:], lines[head:], marks[head:], strict=True):
        blocks.append(_block(loaded.text, element, line, mark))
    return blocks


def _seen(loaded: Loaded) -> tuple[list[Element], list[Line]]:
    """Each element with its line; one that no reader sees goes with the one before it, or else after."""
    elements: list[Element] = []
    lines: list[Line] = []
    for element in loaded.elements:
        line = _line(loaded.text, element)
        if line is None:
            continue
        if lines and is_unseen(line):
            lines[-1] = hide(line, lines[-1])
        elif lines and is_unseen(lines[0]):
            elements[0], lines[0] = element, hide_first(lines[0], line)
        else:
            elements.append(element)
            lines.append(line)
    return elements, lines


def _line(text: str, element: Element) -> Line | None:
    """The element as one line, for line breaks inside it are layout; `None` without ink."""
    lines = read_lines(text[element.start : element.end])
    if not lines:
        return None
    joined = join(lines)
    return Line(
        text=joined,
        start=element.start + lines[0].start,
        end=element.start + lines[-1].end,
        width=ink_width(joined),
        gap=True,
        indent=0,
        terminal=ends_sentence(joined),
        trail=lines[-1].trail,
    )


def _mark(element: Element, lines: Sequence[Line], index: int) -> Mark:
    text = lines[index].text
    if element.role == "row":
        return Mark.ROW
    if element.role == "note":
        return Mark.ASIDE
    if element.role == "item":
        numeral = read_numeral(text)
        return Mark.PLAIN if numeral is not None and numeral.style <= Style.CHINESE_BRACKETS else Mark.ITEM
    if element.role == "title":
        return Mark.TITLE
    mark = read_mark(text, markdown=False)
    if element.role == "heading":
        named = len(text) <= LONGEST_LABEL and mark in (Mark.PLAIN, Mark.HEADING)
        return Mark.HEADING if named else mark
    return Mark.SIGNATURE if mark is Mark.PLAIN and signs(index, lines) else mark


def _mark_titles(elements: Sequence[Element], lines: Sequence[Line], marks: list[Mark]) -> None:
    """Headings above all others at the head are the title; a title far below is a heading."""
    first = next((index for index, mark in enumerate(marks) if mark in (Mark.HEADING, Mark.TITLE)), None)
    for index, mark in enumerate(marks):
        if mark is Mark.TITLE and index >= _HEAD:
            marks[index] = Mark.HEADING
    if first is None or first >= _HEAD or marks[first] is Mark.TITLE:
        return
    end = first
    while end < len(marks) and marks[end] is Mark.HEADING and elements[end].level == elements[first].level:
        end += 1
    deeper = all(
        _level(elements[index]) > _level(elements[first])
        for index in range(end, len(marks))
        if marks[index] is Mark.HEADING
    )
    unnumbered = all(read_numeral(line.text) is None for line in lines[first:end])
    if deeper and unnumbered and end - first <= _MOST_TITLE_LINES:
        marks[first:end] = [Mark.TITLE] * (end - first)


def _level(element: Element) -> int:
    return element.level or 1


def _head_length(lines: Sequence[Line], marks: Sequence[Mark]) -> int:
    """How many elements stand above the first paragraph, the title in any case."""
    length = head_length(lines, marks, [0.0] * len(lines))
    titles = [index for index, mark in enumerate(marks[:_HEAD]) if mark is Mark.TITLE]
    last = titles[-1] + 1 if titles else 0
    above = zip(lines[:last], marks, strict=False)
    if all(mark is Mark.TITLE or not (mark is Mark.HEADING or line.terminal) for line, mark in above):
        return max(length, last)
    return length


def _group_titles(lines: Sequence[Line], marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Spans of head elements that make one title each."""
    spans: list[tuple[int, int]] = []
    for start, end in group_head([line.text for line in lines]):
        last = spans[-1] if spans else None
        if (
            last is not None
            and all(mark is Mark.TITLE for mark in marks[last[0] : start + 1])
            and kind_of(join_lines([line.text for line in lines[last[0] : last[1]]])) is None
            and kind_of(join_lines([line.text for line in lines[start:end]])) is not None
        ):
            spans[-1] = (last[0], end)
        else:
            spans.append((start, end))
    return spans


def _block(text: str, element: Element, line: Line, mark: Mark) -> Block:
    block = make_block([line], mark)
    if mark is Mark.HEADING:
        return replace(block, level=_TITLE_LEVEL if element.role == "title" else _level(element))
    if mark is Mark.ITEM:
        return replace(block, text=clean_prose(line.text))
    if mark is Mark.TITLE:
        return replace(block, level=_TITLE_LEVEL)
    cells = tuple((cell.header, text[cell.start : cell.end].strip()) for cell in element.cells)
    return replace(block, cells=cells) if mark is Mark.ROW else block
