"""Which decimal numbers count parts of the text (1, 1.1, 1.1.1), and which only stand first in a line.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.numbering import Numeral, Style

# 1 总则: a chapter of a standard, with a blank alone after its number.
_CHAPTER = re.compile(r"(\d{1,2})[\s\u3000]+(?=[\u4e00-\u9fff])")
_LONGEST = 40


def settle_decimals(blocks: list[Block]) -> list[Block]:
    """The blocks, with decimal numbers only where they count on, and 1 总则 numbered above 1.1."""
    if not any(_path(block) for block in blocks):
        return blocks
    settled: list[Block] = []
    last: tuple[int, ...] = ()
    for index, block in enumerate(blocks):
        path = _path(block)
        if path:
            if _follows(path, last) or _is_answered(path, blocks[index + 1 :]):
                last = path
            else:
                block = replace(block, numeral=None)
        elif block.numeral is not None and block.numeral.style is Style.ARABIC:
            last = (block.numeral.ordinal,)
        elif (chapter := _chapter(block, blocks[index + 1 : index + 2], last)) is not None:
            block, last = replace(block, numeral=chapter), (chapter.ordinal,)
        settled.append(block)
    return settled


def _path(block: Block) -> tuple[int, ...]:
    return block.numeral.path if block.numeral else ()


def _follows(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """1.2 after 1.1 or 1.1.3, 1.1 after 1, 1.1.1 after 1.1, 2.1 after 1.3."""
    depth = len(path)
    if last[:depth] == (*path[:-1], path[-1] - 1) or path == (*last, 1):
        return True
    return path[-1] == 1 and len(last) >= depth > 1 and _follows(path[:-1], last[: depth - 1])


def _is_answered(path: tuple[int, ...], below: Sequence[Block]) -> bool:
    """The next decimal number counts on from this one."""
    following = next((other for block in below if (other := _path(block))), ())
    return bool(following) and _follows(following, path)


def _chapter(block: Block, below: Sequence[Block], last: tuple[int, ...]) -> Numeral | None:
    """The number of a line like 3 应急响应, if it counts on or 3.1 stands right below."""
    if block.mark not in (Mark.PLAIN, Mark.HEADING) or block.terminal or len(block.text) > _LONGEST:
        return None
    match = _CHAPTER.match(block.text)
    if match is None:
        return None
    ordinal = int(match.group(1))
    counted = bool(last) and last[0] + 1 == ordinal
    answered = bool(below) and _path(below[0]) == (ordinal, 1)
    return Numeral(Style.ARABIC, ordinal, match.end()) if counted or answered else None
