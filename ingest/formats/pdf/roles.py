"""What a paragraph of print is: the title, a heading of some level, running text.

May import the core.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.formats.pdf.paragraphs import BULLET, Entry, Passage, Remark, TablePart
from ingest.formats.pdf.setting import Setting
from ingest.loaded import Role
from ingest.numbering import Style, read_numeral

# A title is this much larger than the body, and among so many passages at the head of the file.
_TITLE_SIZE, _HEAD = 1.15, 8
# A heading is larger by so much, or bold and no smaller than so; no longer than this.
_LARGER, _NO_SMALLER, _LONGEST, _MOST_LINES = 1.06, 0.95, 60, 3
_DEEPEST = 9
_SENTENCE_END = re.compile(r"[。；，、,;：:！？!?…]$")
_NO_HEADING = re.compile(
    r"[（(〔\[].*[）)〕\]]$|[\d\W_]+$|.{0,12}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$|第[^条]{1,7}条"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[［(（]\d{4}[〕\]］)）]\s*(?:第\s*)?\d+\s*号")
_CAPTION = re.compile(r"[表图]\s*[\d一二三四五六七八九十]")


class Named(NamedTuple):
    """An entry, what it is, and the level of a heading."""

    entry: Entry
    role: Role
    level: int | None = None


class _Look(NamedTuple):
    """How a heading is set: larger print first, then bold, then the outermost numbers."""

    size: float
    bold: int
    style: int


def name_entries(entries: Sequence[Entry], setting: Setting) -> list[Named]:
    """Say what each entry is."""
    title = _title(entries, setting)
    looks = {
        index: look
        for index, entry in enumerate(entries)
        if index != title
        and not (index < _HEAD and _is_masthead(entries, index))
        and isinstance(entry, Passage)
        and (look := _look(entry, setting)) is not None
    }
    looks = _settle(_without_inner(looks, entries))
    levels = {look: min(level, _DEEPEST) for level, look in enumerate(sorted(set(looks.values())), 1)}
    named = []
    for index, entry in enumerate(entries):
        if isinstance(entry, TablePart):
            named.append(Named(entry, "row"))
        elif isinstance(entry, Remark) or entry.note or _is_caption(entries, index):
            named.append(Named(entry, "note"))
        elif index == title:
            named.append(Named(entry, "title"))
        elif bullet := BULLET.match(entry.lines[0].line.text):
            numbered = read_numeral(entry.lines[0].line.text[bullet.end() :].lstrip()) is not None
            named.append(Named(entry, "text" if numbered else "item"))
        elif index in looks:
            named.append(Named(entry, "heading", levels[looks[index]]))
        else:
            named.append(Named(entry, "text"))
    return named


def text_of(passage: Passage) -> str:
    """The words of a passage, its lines run together."""
    return "".join(placed.line.text for placed in passage.lines)


def _size(passage: Passage) -> float:
    return max(passage.lines, key=lambda placed: len(placed.line.text)).line.size


def _title(entries: Sequence[Entry], setting: Setting) -> int | None:
    """The largest print at the head of the first page, before its first running text."""
    sizes = {}
    for index, entry in enumerate(entries[:_HEAD]):
        if isinstance(entry, Passage) and _is_masthead(entries, index):
            continue
        if not isinstance(entry, Passage) or entry.lines[0].column.page != 1:
            break
        if _size(entry) <= _LARGER * setting.body and len(entry.lines) > 2:
            break
        sizes[index] = _size(entry)
    largest = max(sizes, key=lambda index: (sizes[index], -index), default=None)
    return largest if largest is not None and sizes[largest] >= _TITLE_SIZE * setting.body else None


def _is_masthead(entries: Sequence[Entry], index: int) -> bool:
    """The red head of an official paper, above its number: what office issues it, not what it is about."""
    entry, below = entries[index], entries[index + 1] if index + 1 < len(entries) else None
    if not isinstance(entry, Passage) or not isinstance(below, Passage):
        return False
    return _DOCUMENT_NUMBER.search(text_of(below)) is not None and len(text_of(below)) <= _LONGEST


def _look(passage: Passage, setting: Setting) -> _Look | None:
    """How a passage is set if it may be a heading."""
    text = text_of(passage)
    if passage.note or len(text) > _LONGEST or len(passage.lines) > _MOST_LINES:
        return None
    if _SENTENCE_END.search(text) or _NO_HEADING.match(text) or _CAPTION.match(text):
        return None
    size, bold = _size(passage), all(placed.line.bold for placed in passage.lines)
    exact = all(placed.line.exact for placed in passage.lines)
    if not (
        size >= (_LARGER if exact else 1.3) * setting.body or (bold and size >= _NO_SMALLER * setting.body)
    ):
        return None
    numeral = read_numeral(text)
    return _Look(-round(size * 2) / 2, -int(bold), int(numeral.style) if numeral else -1)


def _without_inner(looks: dict[int, _Look], entries: Sequence[Entry]) -> dict[int, _Look]:
    """Numbered headings count by their numbers alone where outer numbers do not stand out in print."""
    plain = [
        int(numeral.style)
        for index, entry in enumerate(entries)
        if index not in looks
        and isinstance(entry, Passage)
        and not entry.note
        and (text := text_of(entry))
        and len(text) <= _LONGEST
        and not _SENTENCE_END.search(text)
        and (numeral := read_numeral(text)) is not None
        and numeral.style is not Style.ARTICLE
    ]
    outermost = min(plain, default=len(Style))
    return {index: look for index, look in looks.items() if look.style <= outermost or look.style < 0}


def _settle(looks: dict[int, _Look]) -> dict[int, _Look]:
    """A heading without a number stands with the outermost numbers set as it is."""
    outermost: dict[tuple[float, int], int] = {}
    for look in looks.values():
        if look.style >= 0:
            key = (look.size, look.bold)
            outermost[key] = min(look.style, outermost.get(key, look.style))
    return {
        index: look if look.style >= 0 else look._replace(style=outermost.get((look.size, look.bold), -1))
        for index, look in looks.items()
    }


def _is_caption(entries: Sequence[Entry], index: int) -> bool:
    """表1 ... beside a table."""
    entry = entries[index]
    if (
        not isinstance(entry, Passage)
        or _CAPTION.match(text_of(entry)) is None
        or len(text_of(entry)) > _LONGEST
    ):
        return False
    return any(isinstance(near, TablePart) for near in entries[max(0, index - 1) : index + 2])
