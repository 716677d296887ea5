"""Readers of the public sets, on a few lines written the way the sets are."""

import gzip
import json

import pytest

from vectorstore.training import corpora


def test_dictionary_joins_entries_of_a_word_and_puts_names_last(tmp_path):
    path = tmp_path / "cedict.txt.gz"
    lines = [
        "# CC-CEDICT",
        "張 张 [Zhang1] /surname Zhang/",
        "張 张 [zhang1] /to open up/to spread/",
        "電梯 电梯 [dian4 ti1] /elevator/escalator/",
    ]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert corpora.read_dictionary(path) == [
        corpora.Entry("张", ("to open up", "to spread", "surname Zhang")),
        corpora.Entry("电梯", ("elevator", "escalator")),
    ]


def test_pairs_are_simplified(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("我們試試看！\tLet's have a look.\n", encoding="utf-8")
    assert corpora.read_pairs(path) == [corpora.Pair("我们试试看！", "Let's have a look.")]


def test_reading_set_keeps_a_repeated_paragraph_once(tmp_path):
    asked = [{"id": "q1", "question": "誰？", "answers": [{"text": "張三", "answer_start": 0}]}]
    again = [{"id": "q2", "question": "何时？", "answers": []}]
    paragraphs = [{"context": "張三來了。", "qas": asked}, {"context": "张三来了。", "qas": again}]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    found = corpora.read_reading(path)
    assert found.paragraphs == ("张三来了。",)
    assert [(each.text, each.paragraph, each.answers) for each in found.questions] == [
        ("谁？", 0, ("张三",)),
        ("何时？", 0, ()),
    ]


def test_folder_is_the_one_given_then_the_one_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(corpora.DATA_VARIABLE, str(tmp_path))
    assert corpora.data_folder(None) == tmp_path
    with pytest.raises(FileNotFoundError, match="no-such"):
        corpora.data_folder(tmp_path / "no-such")
