"""Promises that every answer must keep, right or wrong; each one broken is said in words.

May import `rag`; never a sibling room.
"""

import re
from collections.abc import Iterator

from eval.shelf import Shelf
from rag.answers import Answer, Citation
from rag.errors import DocumentNotFound
from rag.language.chinese import squeeze

_MARKER = re.compile(r"\[(\d+)\]")


def audit(answer: Answer, shelf: Shelf) -> tuple[str, ...]:
    """The promises this answer breaks, in Chinese; empty when it keeps them all."""
    return tuple(_of_the_whole(answer)) + tuple(
        fault for citation in answer.citations for fault in _of_a_citation(citation, shelf)
    )


def _of_the_whole(answer: Answer) -> Iterator[str]:
    numbers = [citation.number for citation in answer.citations]
    if len(set(numbers)) < len(numbers):
        yield f"引注编号重复：{numbers}"
    unknown = {int(marker) for marker in _MARKER.findall(answer.text)} - set(numbers)
    if unknown:
        yield f"正文里的 {sorted(unknown)} 没有对应的引注"
    if answer.answered and not numbers:
        yield "作答而没有引注"
    if answer.answered == (answer.refusal is not None):
        yield "answered 与 refusal 矛盾"


def _of_a_citation(citation: Citation, shelf: Shelf) -> Iterator[str]:
    try:
        volume = shelf.volume(citation.document_id)
    except DocumentNotFound:
        yield f"[{citation.number}] 指向不存在的文件"
        return
    if not 0 <= citation.start < citation.end <= len(volume.raw):
        yield f"[{citation.number}] 的起止 {citation.start}–{citation.end} 越出原文"
    elif squeeze(volume.raw[citation.start : citation.end]) != squeeze(citation.quote):
        yield f"[{citation.number}] 的引文与原文不符"
    paragraph = volume.paragraphs.get(citation.paragraph)
    if paragraph is None:
        yield f"[{citation.number}] 指向不存在的第 {citation.paragraph} 段"
    elif not paragraph.start <= citation.start <= citation.end <= paragraph.end:
        yield f"[{citation.number}] 的引文不在第 {citation.paragraph} 段里"
