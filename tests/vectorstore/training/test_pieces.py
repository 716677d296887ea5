"""The transformer's tokens: Chinese words whole, English in the pieces of its body."""

import pytest

pytest.importorskip("wordfreq")

from vectorstore.training.pieces import SPECIAL, Size, build, choose
from vectorstore.training.vocabulary import Vocabulary

ENGLISH = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "play",
    "##ing",
    "housing",
    "a",
    "##a",
    "20",
    "##24",
    "2",
    "的",
    "!",
]
WORDS = Vocabulary({"住宅": 1e-5, "加装": 1e-6, "电梯": 1e-6, "住": 1e-3, "宅": 1e-6, "的": 1e-2, "加": 1e-4})


@pytest.fixture(scope="module")
def tokenizer():
    return build(choose(WORDS, ENGLISH, Size()))


def test_rows_of_english_pieces_are_those_of_the_body_they_come_from():
    pieces = choose(WORDS, ENGLISH, Size())
    assert tuple(pieces.tokens[: len(SPECIAL)]) == SPECIAL
    assert {token: ENGLISH[row] for token, row in pieces.origin.items()} == {
        **dict(zip(SPECIAL, SPECIAL, strict=True)),
        "▁play": "play",
        "ing": "##ing",
        "▁housing": "housing",
        "▁a": "a",
        "a": "##a",
        "▁20": "20",
        "24": "##24",
        "▁2": "2",
    }
    assert set(WORDS.frequency) < set(pieces.tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("住宅加装电梯", ["住宅", "加装", "电梯"]),
        ("Playing，housing！", ["▁play", "ing", "▁housing"]),
        ("住宅PLAY的２０２４", ["住宅", "▁play", "的", "▁20", "24"]),
        ("", []),
    ],
)
def test_texts_are_cut_into_words_and_pieces(tokenizer, text, tokens):
    assert tokenizer.encode(text).tokens == ["[CLS]", *tokens, "[SEP]"]


def test_the_second_text_of_a_pair_is_marked(tokenizer):
    found = tokenizer.encode("住宅", "电梯")
    assert found.tokens == ["[CLS]", "住宅", "[SEP]", "电梯", "[SEP]"]
    assert found.type_ids == [0, 0, 0, 1, 1]


def test_the_table_is_cut_by_frequency():
    kept = choose(WORDS, ENGLISH, Size(characters=2, words=1, english=1)).tokens
    assert {token for token in kept if token in WORDS.frequency} == {"的", "住", "住宅"}
