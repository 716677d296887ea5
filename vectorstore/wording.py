"""What a paragraph is looked up by: the terms of its text, of what stands around it, and of its document.

Imports the records and Chinese text of `rag`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.datatypes import Metadata, Paragraph, ParsedDocument
from rag.language.aliases import definitions, office_names, offices
from rag.language.chinese import normalise
from rag.language.pinyin import sound_pairs
from rag.language.terms import Termed, terms

# Headings are shared by the paragraphs below them, which come one after another.
_REMEMBERED = 1_024


@dataclass(frozen=True, slots=True)
class Wording:
    """An edition of a document whose words are to be indexed."""

    edition: int
    title: str
    metadata: Metadata
    paragraphs: Iterable[Paragraph]


@dataclass(frozen=True, slots=True)
class Entry:
    """The terms of one paragraph, field by field, each a list set apart by blanks."""

    paragraph: Paragraph
    body: str
    context: str
    title: str
    sound: str
    names: list[str]


def wording(edition: int, parsed: ParsedDocument) -> Wording:
    """What is to be indexed of a document just read."""
    return Wording(edition, parsed.document.title, parsed.document.metadata, parsed.paragraphs)


def entries(edition: Wording) -> Iterator[Entry]:
    """What is kept of each paragraph of an edition."""
    title = _spaced(edition.title)
    told: set[str] = set()
    for paragraph in edition.paragraphs:
        text = Termed.of(paragraph.text)
        yield Entry(
            paragraph,
            body=" ".join(text.terms),
            context=_spaced(_context(paragraph)),
            title=title,
            sound=" ".join(sound_pairs(text.spelling, text.words)),
            names=_untold(_names(paragraph, text.spelling), told),
        )


def _context(paragraph: Paragraph) -> str:
    """Headings above, and department, person and leader around a paragraph."""
    known = paragraph.attributes
    leader = known.task.leader if known.task else None
    return "\n".join(filter(None, (*paragraph.section, known.department, known.person, known.post, leader)))


def _untold(names: Iterable[str], told: set[str]) -> list[str]:
    """Those that no paragraph before told: an edition is removed as a whole, so one of them is enough."""
    fresh = list(dict.fromkeys(name for name in names if name not in told))
    told.update(fresh)
    return fresh


def _names(paragraph: Paragraph, spelling: str) -> Iterator[str]:
    """What a paragraph tells of names: offices by what their aliases share, and names said to be one."""
    known = paragraph.attributes
    units = (*known.task.lead_units, *known.task.responsible_units) if known.task else ()
    for name in (*office_names(spelling), *map(normalise, filter(None, (known.department, *units)))):
        yield from _filed(name)
    for one, other in definitions(spelling):
        yield from (f"={one}", f"={one}={other}", f"={other}", f"={other}={one}")


@lru_cache(maxsize=_REMEMBERED)
def _filed(name: str) -> tuple[str, ...]:
    return tuple(f"{office.key}:{name}" for office in offices(name))


@lru_cache(maxsize=_REMEMBERED)
def _spaced(text: str) -> str:
    return " ".join(terms(text))
