"""Texts with elements as loaders make them, and their paths, for tests of what becomes of them.

May import `ingest`.
"""

from ingest.loaded import Cell, Element, Loaded
from ingest.structure import Piece, Structure, build

PROSE = "我们要认真贯彻落实各项决策部署，扎实推进重点工作，确保全年目标任务顺利完成。"


def loaded(*parts):
    """A text of elements: (role, text), (role, text, level), or ("row", [(header, value), ...])."""
    text, elements = "", []
    for part in parts:
        role, content = part[0], part[1]
        start, cells = len(text), []
        if role == "row":
            for place, (header, value) in enumerate(content):
                text += ("；" if place else "") + (f"{header}：" if header else "")
                cells.append(Cell(header, len(text), len(text) + len(value)))
                text += value
        else:
            text += content
        level = part[2] if len(part) > 2 else None
        elements.append(Element(role, start, len(text), level=level, cells=tuple(cells)))
        text += "\n"
    return Loaded(text, "application/test", elements=tuple(elements))


def plain(text: str) -> Structure:
    return build(Loaded(text, "text/plain"))


def piece(structure: Structure, words: str) -> Piece:
    """The one piece that begins with these words."""
    (found,) = [each for each in structure.pieces if each.text.startswith(words)]
    return found


def path(structure: Structure, words: str) -> tuple[str, ...]:
    return piece(structure, words).section
