"""The founding documents as the tests see them: raw bytes, and each one parsed once.

May import `ingest` and `rag`.
"""

from functools import cache
from pathlib import Path

from ingest.pipeline import parse
from rag.datatypes import Paragraph, ParsedDocument

FOLDER = Path(__file__).parents[2] / "seeds" / "documents"
TASKS = "2024年区政府工作报告重点工作责任分解.txt"
STUDY = "各部门学习贯彻区委一届六次全会精神（四）.txt"
PLENUM = "各部门贯彻区委七届十一次全会精神.md"
DEBATE = "大讨论集中学习交流会（三）.txt"
SPEECH = "高水平打造时尚之都数字新城运河明珠（报告后半篇）.txt"
NAMES = (TASKS, STUDY, PLENUM, DEBATE, SPEECH)


@cache
def parsed(name: str) -> ParsedDocument:
    return parse((FOLDER / name).read_bytes(), name)


def paragraphs(name: str, kind: str | None = None) -> list[Paragraph]:
    return [p for p in parsed(name).paragraphs if kind is None or p.attributes.kind == kind]


def beginning(name: str, words: str) -> Paragraph:
    """The one paragraph that begins with these words."""
    found = [p for p in parsed(name).paragraphs if p.text.startswith(words)]
    assert len(found) == 1, (words, [p.text[:20] for p in found])
    return found[0]
