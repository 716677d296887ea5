"""Which blocks are tasks: a numbered item with the lines of its fields, or a row of a table of tasks.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, merge
from ingest.marks import Mark
from ingest.outline import Heading, counts_on
from ingest.rows import read_row
from ingest.task import Duties, read_duties, read_fields, read_inline, read_trailing

# A task's text may run over so many paragraphs before its 牵头单位.
_MOST_PARAGRAPHS = 4
# ... and have so many fields.
_MOST_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task as read: its number, its own text, and whose it is."""

    number: int
    text: str
    duties: Duties


def merge_fields(blocks: Sequence[Block]) -> list[Block]:
    """Put the lines of fields (牵头单位：…) into the block of the numbered item they belong to."""
    merged: list[Block] = []
    for block in blocks:
        if block.mark is Mark.LEAD and (item := _item_length(merged)):
            merged[-item:] = [merge(merged[-item:], block)]
        else:
            merged.append(block)
    return merged


def _item_length(blocks: Sequence[Block]) -> int:
    """How many blocks at the end make the numbered item that a field follows; 0 for none."""
    for length in range(1, min(_MOST_PARAGRAPHS, len(blocks)) + 1):
        block = blocks[-length]
        if not _may_be_task(block) or (block.fields and length > 1):
            return 0
        if block.fields.count("\n") + 1 >= _MOST_FIELDS:
            return 0
        if block.numeral is not None:
            return length
    return 0


def find_tasks(blocks: Sequence[Block], headings: Mapping[int, Heading]) -> dict[int, Assignment]:
    """Tasks by position. Items without units share those of the next item, under the same heading."""
    tasks = _rows(blocks)
    waiting: dict[int, Assignment] = {}
    for index, block in enumerate(blocks):
        if index in headings or not _may_be_task(block) or block.numeral is None:
            waiting = {}
            continue
        if waiting and not counts_on(blocks[index - 1], block):
            waiting = {}
        waiting[index] = task = _read(block)
        if task.duties.units or task.duties.leader:
            shared = waiting if block.fields else {index: task}
            units = task.duties.units
            tasks |= {
                place: replace(own, duties=replace(own.duties, units=units)) for place, own in shared.items()
            }
            waiting = {}
    return tasks


def _may_be_task(block: Block) -> bool:
    return block.mark is Mark.PLAIN or block.mark is Mark.ITEM


def _rows(blocks: Sequence[Block]) -> dict[int, Assignment]:
    """The rows that are tasks; those without a number count on from the row above."""
    tasks: dict[int, Assignment] = {}
    for index, block in enumerate(blocks):
        row = read_row(block.cells) if block.cells else None
        if row is None:
            continue
        number, text, duties = row
        above = tasks[index - 1].number if index - 1 in tasks else 0
        tasks[index] = Assignment(above + 1 if number is None else number, text, duties)
    return tasks


def _read(block: Block) -> Assignment:
    """The task as its own block says it; it has no units where the block does not name them."""
    numeral = block.numeral
    text = block.text[numeral.end :].lstrip() if numeral else block.text
    duties = Duties()
    if block.fields:
        duties = read_duties(field for line in block.fields.split("\n") for field in read_fields(line))
    if not duties.units:
        end, inline = read_inline(text)
        if not inline.units:
            end, inline = read_trailing(text)
        if inline.units or inline.leader:
            leader, deadline = duties.leader or inline.leader, duties.deadline or inline.deadline
            text, duties = text[:end], replace(inline, leader=leader, deadline=deadline)
    return Assignment(numeral.ordinal if numeral else 0, text, duties)
