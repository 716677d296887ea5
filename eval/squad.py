"""Public data: reading-comprehension sets in SQuAD's form, and corpora as JSON lines.

May import the errors of `rag`.
"""

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from rag.errors import UnreadableFile

# What reading a file may raise that is missing, cut off, damaged or of another form.
BROKEN = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question, its acceptable answers, and the source name of the one document that holds them."""

    text: str
    answers: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """Documents as (source name, text), one per context, and the questions about them."""

    documents: tuple[tuple[str, str], ...]
    questions: tuple[ReadingQuestion, ...]


def load_squad(path: Path, *, every: int = 1) -> ReadingSet:
    """All documents of a set, plain or gzipped, and the questions of every `every`-th of them.

    Raises UnreadableFile naming the file and the way out.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            articles = json.load(file)["data"]
        contexts = [paragraph for article in articles for paragraph in article["paragraphs"]]
        documents = tuple((_source(number), context["context"]) for number, context in enumerate(contexts))
        questions = tuple(
            ReadingQuestion(
                qa["question"],
                tuple(dict.fromkeys(answer["text"] for answer in qa["answers"])),
                _source(number),
            )
            for number, context in enumerate(contexts)
            if number % every == 0
            for qa in context["qas"]
        )
    except BROKEN as error:
        raise UnreadableFile(
            f"读不了公开数据：{path}。请用 --data 指明数据文件夹，见 README“评测”。"
        ) from error
    return ReadingSet(documents, questions)


def load_documents(path: Path) -> list[tuple[str, str]]:
    """Documents as (source name, text) from gzipped JSON lines with `title` and `text`.

    Raises UnreadableFile naming the file and the way out.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        return [(f"{line['title']}.txt", line["text"]) for line in lines]
    except BROKEN as error:
        raise UnreadableFile(
            f"读不了公开数据：{path}。请用 --data 指明数据文件夹，见 README“评测”。"
        ) from error


def _source(number: int) -> str:
    return f"{number:05d}.txt"
