"""Public data of two paragraphs and two laws."""

import gzip
import json
from pathlib import Path

from ui.bench.peers.corpus import LAWS, READING, haystack, reading
from ui.bench.peers.task import Passage

CONTEXTS = {
    "范廷颂是越南枢机。": ["范廷颂是谁？", "范廷颂是哪国人？"],
    "朱鹮曾被认为灭绝。": ["什么曾被认为灭绝？"],
}


def write_data(folder: Path) -> Path:
    """The files that the corpus is read from."""
    for name in (READING, LAWS):
        (folder / name).parent.mkdir(parents=True)
    paragraphs = [
        {"context": context, "qas": [{"question": each, "answers": []} for each in questions]}
        for context, questions in CONTEXTS.items()
    ]
    (folder / READING).write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    laws = ["# 甲法\n\n第一条 一。\n\n第二条 二。\n", "# 乙法\n\n第一条 三。\n"]
    with gzip.open(folder / LAWS, "wt", encoding="utf-8") as file:
        for text in laws:
            file.write(json.dumps({"title": text[2:4], "text": text}) + "\n")
    return folder


def test_each_question_knows_the_number_of_its_passage(tmp_path: Path) -> None:
    corpus = reading(write_data(tmp_path), questions=2)
    assert [each.text for each in corpus.passages] == list(CONTEXTS)
    assert corpus.questions == ("范廷颂是谁？", "范廷颂是哪国人？")
    assert corpus.answers == (0, 0)


def test_laws_stand_behind_without_their_headings_in_texts_of_their_own(tmp_path: Path) -> None:
    needles = reading(write_data(tmp_path), questions=9)
    corpus = haystack(needles, tmp_path, 3)
    assert corpus.passages[:2] == needles.passages
    assert corpus.passages[2:] == (
        Passage(2, "第一条 一。"),
        Passage(2, "第二条 二。"),
        Passage(3, "第一条 三。"),
    )
    assert corpus.answers == (0, 0, 1)


def test_no_more_paragraphs_than_asked_for_are_mixed_in_and_the_name_tells_how_many(tmp_path: Path) -> None:
    needles = reading(write_data(tmp_path), questions=9)
    assert len(haystack(needles, tmp_path, 2).passages) == 4
    assert "3 段" in haystack(needles, tmp_path, 9_999).name
