"""A prompt read back by who trusts sealed fences alone: what stands in which block, nothing outside.

May import nothing of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SEAL = re.compile(r"只有带 ([0-9a-f]{8}) 的")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it was handed over."""

    number: int
    head: tuple[str, ...]
    text: str


def read_back(system: str, user: str) -> tuple[list[Block], str]:
    """The blocks 1..n of a prompt, and its question.

    Raises ValueError when a word of the user's message stands outside of them, when the seal stands
    anywhere but in a fence, or when the rules do not name it.
    """
    sealed = _SEAL.search(system)
    if sealed is None:
        raise ValueError("the rules name no seal")
    seal = sealed[1]
    if user.count(seal) != user.count(f" {seal}>>") + user.count(f" {seal} 完>>"):
        raise ValueError("the seal stands outside of fences")
    lines = iter(user.split("\n"))
    blocks: list[Block] = []
    while True:
        fence = next(lines)
        if fence == f"<<问题 {seal}>>":
            question = "\n".join(_until(lines, f"<<问题 {seal} 完>>"))
            rest = list(lines)
            if rest:
                raise ValueError(f"after the question: {rest[0]!r}")
            return blocks, question
        number = len(blocks) + 1
        if fence != f"<<段落 {number} {seal}>>":
            raise ValueError(f"outside of any block: {fence!r}")
        head, _, text = "\n".join(_until(lines, f"<<段落 {number} {seal} 完>>")).partition("\n正文：\n")
        blocks.append(Block(number, tuple(head.split("\n")), text))
        if next(lines) != "":
            raise ValueError("no blank line between blocks")


def _until(lines: Iterator[str], closer: str) -> Iterator[str]:
    for line in lines:
        if line == closer:
            return
        yield line
    raise ValueError(f"never closed: {closer!r}")
