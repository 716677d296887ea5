"""The passages that everyone gets and the questions about them.

May import the evaluation's reader of public data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.squad import load_documents, load_squad
from ui.bench.peers.task import Passage

NAME = "CMRC2018 dev"
READING = "cmrc2018/cmrc2018_dev.json"
LAWS = "corpus/laws.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A named set of passages; question `i` is answered by the passage of number `answers[i]` alone."""

    name: str
    passages: tuple[Passage, ...]
    questions: tuple[str, ...]
    answers: tuple[int, ...]


def reading(data: Path, questions: int) -> Corpus:
    """The paragraphs of the set and the first `questions` questions. Raises UnreadableFile."""
    known = load_squad(data / READING)
    numbers = {source: number for number, (source, _) in enumerate(known.documents)}
    passages = tuple(Passage(number, text) for number, (_, text) in enumerate(known.documents))
    asked = known.questions[:questions]
    return Corpus(
        NAME, passages, tuple(each.text for each in asked), tuple(numbers[each.source] for each in asked)
    )


def haystack(needles: Corpus, data: Path, size: int) -> Corpus:
    """The same among `size` paragraphs of laws, asked the same. Raises UnreadableFile."""
    laws = load_documents(data / LAWS)
    among = tuple(islice(_paragraphs([text for _, text in laws], len(needles.passages)), size))
    name = f"{needles.name} + {len(among):,} 段法规"
    return Corpus(name, needles.passages + among, needles.questions, needles.answers)


def _paragraphs(texts: Sequence[str], document: int) -> Iterator[Passage]:
    """Lines that are no headings; texts are numbered from `document` on."""
    for number, text in enumerate(texts, document):
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                yield Passage(number, line.strip())
