"""Signatures: which block each one closes, and which of them sign the document as a whole.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.outline import is_sentence
from ingest.signature import Signature, read_signature


@dataclass(frozen=True, slots=True)
class Closing:
    """A stretch of text and who signed it: blocks `first` to `last`, the signature from `signed` on.

    `whole` says that the document is signed (the issuer, then the date), not one part of it.
    """

    first: int
    signed: int
    last: int
    signature: Signature
    whole: bool = False


def find_closings(blocks: Sequence[Block], start: int) -> list[Closing]:
    """Closings in order; none where signatures turn out to stand above what they own."""
    closings = []
    for index in range(start, len(blocks)):
        signature = read_signature(blocks[index].text) if blocks[index].mark is Mark.SIGNATURE else None
        if signature is None:
            continue
        whole = signature.person is None and _is_dated(blocks, index)
        last = index + 1 if whole and blocks[index + 1].mark is Mark.DATE else index
        closings.append(Closing(start, index, last, signature, whole=whole))
        start = last + 1
    return closings if _follow(blocks, closings) else [closing for closing in closings if closing.whole]


def find_bylines(blocks: Sequence[Block], closings: Sequence[Closing]) -> dict[int, Signature]:
    """Signature lines that close nothing: several of them stand above their texts, as headings."""
    closed = {closing.signed for closing in closings}
    bylines = {
        index: signature
        for index, block in enumerate(blocks)
        if block.mark is Mark.SIGNATURE and index not in closed
        if (signature := read_signature(block.text)) is not None
    }
    return bylines if len(bylines) > 1 else {}


def _is_dated(blocks: Sequence[Block], index: int) -> bool:
    """A date under the unit, or under the units that sign with it."""
    for block in blocks[index + 1 : index + 4]:
        if block.mark is Mark.DATE:
            return True
        if block.mark is not Mark.SIGNATURE:
            return False
    return False


def _follow(blocks: Sequence[Block], closings: Sequence[Closing]) -> bool:
    """Whether signatures stand below their text: there is text above the first and none below the last."""
    signed = [closing for closing in closings if not closing.whole]
    if not signed:
        return True
    above = any(is_sentence(block.text) for block in blocks[signed[0].first : signed[0].signed])
    below = any(
        block.mark is Mark.PLAIN and is_sentence(block.text) for block in blocks[signed[-1].last + 1 :]
    )
    return above and not below
