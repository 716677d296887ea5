"""The public sets, each alone, all in one library, and all among the paragraphs of the laws.

May import the evaluation's readers of public data.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from eval.squad import ReadingQuestion, ReadingSet, load_squad
from ui.bench.growth.corpus import Corpus, paragraphs

CMRC, DRCD, XQUAD = "CMRC2018 dev", "DRCD dev", "XQuAD 中文"
FILES = {CMRC: "cmrc2018/cmrc2018_dev.json", DRCD: "drcd/DRCD_dev.json", XQUAD: "xquad/xquad.zh.json"}
ENGLISH, ENGLISH_FILE = "XQuAD 英文问", "xquad/xquad.en.json"
ALONE, POOLED, HAYSTACK = "各自一库", "合为一库", "法规之中"

Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library to be made of documents, and the questions of each set that are asked in it."""

    name: str
    documents: Texts
    asked: dict[str, tuple[ReadingQuestion, ...]]


def load_sets(data: Path, *, every: int) -> dict[str, ReadingSet]:
    """Each set with its documents under names of its own. Raises UnreadableFile."""
    return {name: _named(name, load_squad(data / file, every=every)) for name, file in FILES.items()}


def load_english(data: Path, *, every: int) -> tuple[ReadingQuestion, ...]:
    """The English questions about the Chinese documents of XQuAD. Raises UnreadableFile."""
    return _named(XQUAD, load_squad(data / ENGLISH_FILE, every=every)).questions


def shelves(sets: dict[str, ReadingSet], english: tuple[ReadingQuestion, ...], laws: Texts) -> list[Shelf]:
    """The libraries to measure in, small ones first; none among the laws if there are none."""
    asked = {name: each.questions for name, each in sets.items()} | {ENGLISH: english}
    alone = [
        Shelf(
            ALONE, each.documents, {key: asked[key] for key in ([name, ENGLISH] if name == XQUAD else [name])}
        )
        for name, each in sets.items()
    ]
    pooled = tuple(document for each in sets.values() for document in each.documents)
    among = [Shelf(HAYSTACK, pooled + laws, asked)] if laws else []
    return [*alone, Shelf(POOLED, pooled, asked), *among]


def load_laws(data: Path, size: int) -> Texts:
    """As many laws as have `size` paragraphs together. Raises UnreadableFile."""
    kept: list[tuple[str, str]] = []
    held = 0
    for number, text in Corpus.load(data).between(0, size) if size else ():
        held += paragraphs(text)
        kept.append((f"法规/{number:06}.md", text))
    return tuple(kept)


def _named(name: str, reading: ReadingSet) -> ReadingSet:
    return ReadingSet(
        tuple((f"{name}/{source}", text) for source, text in reading.documents),
        tuple(replace(each, source=f"{name}/{each.source}") for each in reading.questions),
    )
