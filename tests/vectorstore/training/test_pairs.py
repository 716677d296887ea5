"""Training pairs are made from what is there, and nothing of a benchmark gets through."""

import gzip
import json
import random
from pathlib import Path

import pytest

pytest.importorskip("opencc")

from vectorstore.training import corpora, pairs


def _reading(*items: tuple[str, str, str]) -> str:
    paragraphs = [
        {"context": context, "qas": [{"id": question, "question": question, "answers": [{"text": answer}]}]}
        for context, question, answer in items
    ]
    return json.dumps({"data": [{"paragraphs": paragraphs}]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder in small: a benchmark sentence and question also stand in training data."""
    files = {
        corpora.TATOEBA_TEST: "你在干什麼啊？\tWhat are you doing?\n",
        corpora.PARALLEL: (
            "你在干什么啊\tWhat're you up to?\n我该睡了。\tI should sleep.\n我该睡了。\tI should sleep.\n"
            "做什么\twhat are you doing\n点击按钮。\tClick the button.\n"
        ),
        corpora.TATOEBA_CREDITS: "我该睡了。\tI should sleep.\tCC-BY 2.0 (France)\n",
        corpora.CMRC_TRAIN: _reading(
            ("庚城。", "庚城在哪？", "庚城"),
            ("甲城建于唐代。乙城建于宋代。", "甲城何时建？", "唐代"),
            ("丙城。", "丙城在哪？", "丙城"),
        ),
        corpora.CMRC_DEV: _reading(("丁城。", "丙城在哪？", "丁城")),
        corpora.DRCD_DEV: _reading(("戊城。", "戊城？", "戊城")),
        corpora.XQUAD_ZH: _reading(("己城。", "己城？", "己城")),
        corpora.XQUAD_EN: _reading(("G town.", "G?", "G")),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return tmp_path


def test_translations_of_the_test_set_are_dropped_on_either_side(folder):
    everyday, technical = pairs.translations(folder, pairs.benchmark_texts(folder))
    assert everyday == [corpora.Pair("我该睡了。", "I should sleep.")]
    assert technical == [corpora.Pair("点击按钮。", "Click the button.")]


def test_questions_of_a_benchmark_are_dropped(folder):
    reading = pairs.reading(folder, pairs.benchmark_texts(folder))
    assert [question.text for question in reading.questions] == ["甲城何时建？"]
    assert reading.paragraphs[reading.questions[0].paragraph].startswith("甲城")


def test_every_fifth_paragraph_is_held_out(folder):
    reading = pairs.reading(folder, frozenset())
    assert not any("庚城" in text for text in reading.paragraphs)
    assert [question.text for question in reading.questions] == ["甲城何时建？", "丙城在哪？"]


def test_an_answer_is_found_in_its_window_by_text():
    long = "序。" * 60 + "甲城建于唐代。"
    source = corpora.ReadingSet((long,), (corpora.Question("q", "甲城何时建？", 0, ("唐代",)),))
    (pair,) = pairs.answered(source)
    assert "唐代" in pair.right
    assert len(pair.right) <= 120


def test_glosses_replace_words_in_order():
    made = pairs.glossed(["甲乙"] * 50, list, {"甲": ["first"]}, seed=1)
    assert set(made) <= {"first 乙", "first", "乙", ""}
    assert made == pairs.glossed(["甲乙"] * 50, list, {"甲": ["first"]}, seed=1)


def test_a_sentence_is_paired_with_the_rest_of_its_window():
    one, two = "国家保护和改善生活环境和生态环境。", "国家组织和鼓励植树造林，保护林木。"
    (pair,) = pairs.neighbours(one + two, 5, random.Random(0))
    assert {pair.left, pair.right} == {one, two}


def test_articles_carry_the_title_and_the_nearest_heading():
    first = "# 节水条例\n\n## 第一章  总则\n\n第一条 为了节约用水，制定本条例。\n\n"
    text = first + "## 第二章  管理\n\n第二条 实行计划用水。"
    assert pairs.articles(corpora.Document("节水条例", text), 5) == [
        corpora.Pair("节水条例 总则", "为了节约用水，制定本条例。"),
        corpora.Pair("节水条例 管理", "实行计划用水。"),
    ]


def test_dictionary_words_are_paired_with_every_gloss():
    assert pairs.defined({"电梯": ("elevator", "escalator")}) == [
        corpora.Pair("电梯", "elevator"),
        corpora.Pair("电梯", "escalator"),
    ]
