"""Reads the public data sets into small records, Chinese always simplified.

Imports nothing of this project. The sources and their licences are listed in the model card.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

DATA_VARIABLE = "RAG_DATA"

PARALLEL = "parallel/zh_en_pairs.tsv.gz"
TATOEBA_CREDITS = "parallel/licences/tatoeba_attribution.tsv.gz"
TATOEBA_TEST = "parallel/tatoeba_test.tsv"
CMRC_TRAIN = "cmrc2018/cmrc2018_train.json.gz"
CMRC_DEV = "cmrc2018/cmrc2018_dev.json"
DRCD_DEV = "drcd/DRCD_dev.json"
XQUAD_ZH = "xquad/xquad.zh.json"
XQUAD_EN = "xquad/xquad.en.json"
DICTIONARY = "cedict/cedict_1_0_ts_utf-8_mdbg.txt.gz"
LAWS = "corpus/laws.jsonl.gz"
DOCUMENTS = (
    "corpus/gov_work_reports.jsonl.gz",
    "corpus/gov_work_reports_provinces_2025.jsonl.gz",
    LAWS,
)

_ENTRY = re.compile(r"^\S+ (?P<word>\S+) \[(?P<reading>[^\]]*)\] /(?P<glosses>.*)/$")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same, or a question and the text that answers it."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One dictionary entry: a simplified Chinese word and its English glosses."""

    word: str
    glosses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One official document."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a reading-comprehension set, its paragraph given by position."""

    id: str
    text: str
    paragraph: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """Paragraphs and the questions asked about them."""

    paragraphs: tuple[str, ...]
    questions: tuple[Question, ...]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text with traditional characters turned into simplified ones."""
    return str(_converter().convert(text))


def data_folder(given: Path | None) -> Path:
    """The folder of the public data: the one given, else the one the environment names."""
    folder = given or (Path(os.environ[DATA_VARIABLE]) if os.environ.get(DATA_VARIABLE) else None)
    if folder is None or not folder.is_dir():
        message = f"data folder not found: {folder}; give --data DIR or set {DATA_VARIABLE}"
        raise FileNotFoundError(message)
    return folder


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def read_pairs(path: Path) -> list[Pair]:
    """Chinese and English sentences from the first two columns of a table."""
    rows = (line.split("\t") for line in _lines(path))
    return [Pair(simplified(row[0]), row[1]) for row in rows]


def read_documents(path: Path) -> Iterator[Document]:
    """Official documents, one JSON object a line."""
    for line in _lines(path):
        record = json.loads(line)
        yield Document(title=record["title"], text=record["text"])


def read_dictionary(path: Path) -> list[Entry]:
    """CC-CEDICT with the entries of one simplified word put together, names after common words."""
    glosses: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    for line in _lines(path):
        if found := _ENTRY.match(line):
            kind = names if found["reading"][:1].isupper() else glosses
            glosses.setdefault(found["word"], [])
            kind.setdefault(found["word"], []).extend(found["glosses"].split("/"))
    return [
        Entry(word, tuple(dict.fromkeys(common + names.get(word, [])))) for word, common in glosses.items()
    ]


def read_reading(path: Path) -> ReadingSet:
    """A SQuAD-style set; repeated paragraphs are kept once."""
    positions: dict[str, int] = {}
    questions: list[Question] = []
    for article in json.loads("\n".join(_lines(path)))["data"]:
        for paragraph in article["paragraphs"]:
            position = positions.setdefault(simplified(paragraph["context"]), len(positions))
            for asked in paragraph["qas"]:
                answers = tuple(simplified(answer["text"]) for answer in asked["answers"])
                questions.append(Question(asked["id"], simplified(asked["question"]), position, answers))
    return ReadingSet(paragraphs=tuple(positions), questions=tuple(questions))
