"""What each block of a document is: title, heading, task, signature, or text; found once, in order.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.article import Page, find_articles
from ingest.blocks import Block
from ingest.closing import Closing, find_bylines, find_closings
from ingest.headline import find_titles, head_length
from ingest.marks import Mark
from ingest.nesting import Nesting, nest
from ingest.outline import Heading, find_headings
from ingest.signature import Signature
from ingest.tasklist import Assignment, find_tasks
from rag.datatypes import ParagraphKind, Place

_KINDS: Mapping[Mark, ParagraphKind] = {Mark.ROW: "row", Mark.ASIDE: "note"}


@dataclass(frozen=True, slots=True)
class Roles:
    """The blocks, and by position what was recognised; `closings` has one entry for each block."""

    blocks: Sequence[Block]
    nesting: Nesting
    titles: Sequence[int]
    page: Page
    headings: Mapping[int, Heading]
    bylines: Mapping[int, Signature]
    tasks: Mapping[int, Assignment]
    closings: Sequence[Closing | None]

    def kind(self, index: int) -> ParagraphKind:
        """The kind of paragraph that a block becomes."""
        closing = self.closings[index]
        if index in self.titles:
            return "title"
        if index in self.headings or index in self.bylines or self.page.is_headline(index):
            return "heading"
        if index in self.tasks:
            return "task"
        if self.blocks[index].mark in _KINDS:
            return _KINDS[self.blocks[index].mark]
        return "signature" if closing is not None and index >= closing.signed else "body"


def find_roles(blocks: Sequence[Block], places: Sequence[Place] = ()) -> Roles:
    """Recognise the titles, headings, tasks and signatures among the blocks."""
    titles = find_titles(blocks)
    nesting = nest(blocks)
    found = find_headings(blocks, nesting)
    page = find_articles(blocks, places)
    headings = {
        index: heading
        for index, heading in found.items()
        if index not in titles and not page.is_headline(index)
    }
    closings = find_closings(blocks, head_length(blocks))
    return Roles(
        blocks=blocks,
        nesting=nesting,
        titles=titles,
        page=page,
        headings=headings,
        bylines={} if nesting.has_articles else find_bylines(blocks, closings),
        tasks=find_tasks(blocks, headings),
        closings=_spread(closings, len(blocks)),
    )


def _spread(closings: Sequence[Closing], length: int) -> list[Closing | None]:
    """The closing that each block belongs to."""
    spread: list[Closing | None] = [None] * length
    for closing in closings:
        spread[closing.first : closing.last + 1] = [closing] * (closing.last + 1 - closing.first)
    return spread
