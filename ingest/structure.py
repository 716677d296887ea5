"""From raw text to the paragraphs of a document: what each is, where it stands, whose words it holds.

May import the core.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.byline import Byline, bylines, joined
from ingest.decimals import settle_decimals
from ingest.headline import head_length
from ingest.known import read_known
from ingest.loaded import Loaded
from ingest.marks import Mark, label
from ingest.printed import read_printed
from ingest.roles import Roles, find_roles
from ingest.sections import Place, trace_sections
from ingest.splitting import split_long
from ingest.tasklist import Assignment, merge_fields
from rag.datatypes import Attributes, Task


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph without its document: what `rag.datatypes.Paragraph` adds is id and number."""

    text: str
    start: int
    end: int
    section: tuple[str, ...]
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Structure:
    """The paragraphs of a document in order, its title, and what it says of itself in single lines.

    `issuer` signed the whole, on the day `signed`; `dates` are all dated lines, `head` the lines
    above the text, `notes` those beside it (文号：…, 2024年3月5日 星期二).
    """

    pieces: tuple[Piece, ...]
    title: str | None
    issuer: str | None
    signed: str | None = None
    dates: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def build(loaded: Loaded) -> Structure:
    """Read the structure of a loaded text."""
    blocks = _blocks(loaded)
    roles = find_roles(blocks, loaded.places)
    whole = next((closing for closing in roles.closings if closing and closing.whole), None)
    head = head_length(blocks)
    speakers = bylines(blocks)
    return Structure(
        pieces=tuple(
            _piece(roles, index, place, speakers.get(index))
            for index, place in enumerate(trace_sections(roles))
        ),
        title=_title(roles),
        issuer=whole.signature.unit if whole else None,
        signed=blocks[whole.last].text if whole else None,
        dates=_texts(blocks, {Mark.DATE}),
        head=tuple(label(block.text) for block in blocks[:head]),
        notes=_texts(blocks[head:], {Mark.NOTE, Mark.ASIDE}),
    )


def _title(roles: Roles) -> str | None:
    """What the document is called; a newspaper page by its first headline."""
    if roles.titles:
        return label(roles.blocks[roles.titles[0]].text)
    return next(iter(roles.page.headlines.values()), None)


def _texts(blocks: Sequence[Block], marks: Collection[Mark]) -> tuple[str, ...]:
    return tuple(block.text for block in blocks if block.mark in marks)


def _blocks(loaded: Loaded) -> Sequence[Block]:
    """Paragraphs to be: tasks with their fields, none too long to be read as one."""
    read = read_known(loaded) if loaded.elements else read_printed(loaded)
    merged = merge_fields(settle_decimals(joined(read)))
    return [part for block in merged for part in split_long(block, loaded.text)]


def _piece(roles: Roles, index: int, place: Place, byline: Byline | None) -> Piece:
    block = roles.blocks[index]
    attributes = _attributes(roles, index, place)
    if byline is not None:
        kind = "signature" if byline.alone else attributes.kind
        attributes = Attributes(kind, attributes.department, byline.speaker.person, byline.speaker.post)
    return Piece(block.full_text, block.start, block.end, place.path, attributes)


def _attributes(roles: Roles, index: int, place: Place) -> Attributes:
    """Who answers for a paragraph: a task's own units, else who signs below it, else its headings."""
    kind, closing = roles.kind(index), roles.closings[index]
    if kind == "title":
        return Attributes(kind)
    if index in roles.tasks:
        return _task_attributes(roles.tasks[index], place)
    if closing is not None:
        signature = closing.signature
        return Attributes(kind, signature.unit, signature.person, signature.post)
    person, post = place.leader or (None, None)
    return Attributes(kind, place.unit, person, post)


def _task_attributes(task: Assignment, place: Place) -> Attributes:
    person, post = task.duties.leader or place.leader or (None, None)
    record = Task(
        number=task.number,
        text=task.text,
        lead_units=task.duties.units,
        leader=f"{person}{post or ''}" if person else None,
        responsible_units=task.duties.responsible,
        deadline=task.duties.deadline,
    )
    unit = task.duties.units[0] if task.duties.units else place.unit
    return Attributes("task", unit, person, post, record)
