"""Blocks: each a paragraph's lines, joined and clean, with what they show to be.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line, join
from ingest.marks import Mark, heading_level, label
from ingest.numbering import Numeral, Style, read_numeral
from ingest.signature import clean_signature
from ingest.spacing import clean_label, clean_prose


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be: clean text, raw span, and what its own words say of it.

    `cells` are the headers and values of a row; `trail` are invisible characters at its end.
    """

    text: str
    start: int
    end: int
    mark: Mark
    numeral: Numeral | None = None
    level: int | None = None
    terminal: bool = False
    fields: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    trail: str = ""

    @property
    def full_text(self) -> str:
        """The text with the fields of a task (牵头单位：…) on lines of their own, and its trail."""
        return (f"{self.text}\n{self.fields}" if self.fields else self.text) + self.trail


def make_block(lines: Sequence[Line], mark: Mark) -> Block:
    """The paragraph that lines make, in order, known to be what the mark says."""
    joined = join(lines)
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
        trail=lines[-1].trail,
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
    last = blocks[-1]
    texts = [each.text + each.trail for each in blocks[:-1]]
    own = (last.text, last.fields + last.trail) if last.fields else (last.text + last.trail, "")
    return replace(
        blocks[0],
        text="\n".join((*texts, own[0])),
        end=field.end,
        fields="\n".join(filter(None, (own[1], field.text))),
        terminal=True,
        trail=field.trail,
    )
