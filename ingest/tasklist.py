"""Which blocks are tasks: a numbered item with the lines of its fields, and the units it falls to.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, merge
from ingest.marks import Mark
from ingest.outline import Heading, counts_on
from ingest.task import Leader, read_inline_units, read_lead_units, read_leader

# A task's text may run over so many paragraphs before its 牵头单位.
_MOST_PARAGRAPHS = 4
# ... and have so many fields.
_MOST_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task as read: its number, its own text, the units that lead it, a leader of its own."""

    number: int
    text: str
    units: tuple[str, ...]
    leader: Leader | None = None


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
        if block.mark is not Mark.PLAIN or (block.fields and length > 1):
            return 0
        if block.fields.count("\n") + 1 >= _MOST_FIELDS:
            return 0
        if block.numeral is not None:
            return length
    return 0


def assign_units(blocks: Sequence[Block], headings: Mapping[int, Heading]) -> dict[int, Assignment]:
    """Tasks by position. Items without units share those of the next item, under the same heading."""
    tasks: dict[int, Assignment] = {}
    waiting: dict[int, Assignment] = {}
    for index, block in enumerate(blocks):
        if index in headings or block.mark is not Mark.PLAIN or block.numeral is None:
            waiting = {}
            continue
        if waiting and not counts_on(blocks[index - 1], block):
            waiting = {}
        waiting[index] = task = _read(block)
        if task.units:
            shared = waiting if block.fields else {index: task}
            tasks |= {place: replace(own, units=task.units) for place, own in shared.items()}
            waiting = {}
    return tasks


def _read(block: Block) -> Assignment:
    """The task as its own block says it; `units` is empty where it does not say."""
    numeral = block.numeral
    text = block.text[numeral.end :].lstrip() if numeral else block.text
    fields = block.fields.split("\n")
    units = next(filter(None, map(read_lead_units, fields)), ())
    if not units:
        end, units = read_inline_units(text)
        text = text[:end]
    leader = next(filter(None, map(read_leader, fields)), None)
    return Assignment(numeral.ordinal if numeral else 0, text, units, leader)
