"""Texts for a library of any size, from twelve laws."""

from itertools import islice
from pathlib import Path

import pytest

from ingest.pipeline import parse
from rag.language.chinese import sentences
from tests.ui.bench.growth.laws import TITLES, write_laws
from ui.bench.growth.corpus import Corpus, paragraphs


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    write_laws(tmp_path)
    return Corpus.load(tmp_path)


def test_the_laws_come_first_and_then_their_sentences_in_new_company(corpus: Corpus) -> None:
    *laws, first, second = islice(corpus.texts(), 14)
    assert sorted(laws) == sorted(text for _, text in corpus.laws)
    assert first != second
    known = {line[a:b] for law in laws for line in law.splitlines() for a, b in sentences(line)}
    title, *body = [line for line in first.splitlines() if line]
    assert title.startswith("# ")
    assert {line[a:b] for line in body for a, b in sentences(line)} <= known


def test_stages_follow_on_from_each_other(corpus: Corpus) -> None:
    once = list(corpus.between(0, 500))
    assert list(corpus.between(0, 250)) + list(corpus.between(250, 500)) == once
    assert [number for number, _ in once] == list(range(len(once)))
    assert 500 <= sum(paragraphs(text) for _, text in once) < 500 + 102


def test_the_same_data_make_the_same_texts_and_questions(corpus: Corpus, tmp_path: Path) -> None:
    again = Corpus.load(tmp_path)
    assert list(islice(again.texts(), 16)) == list(islice(corpus.texts(), 16))
    assert again.questions(6) == corpus.questions(6)


def test_questions_are_in_the_words_of_the_laws_and_none_comes_twice(corpus: Corpus) -> None:
    asked = corpus.questions(9)
    assert len(set(asked)) == 9
    assert all(any(title in question for title in TITLES) for question in asked)


def test_paragraphs_are_counted_as_they_are_read(corpus: Corpus) -> None:
    for text in islice(corpus.texts(), 14):
        assert paragraphs(text) == len(parse(text.encode(), "法.md").paragraphs)
