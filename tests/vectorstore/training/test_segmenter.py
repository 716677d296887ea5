"""The tokenizer: whole words where they are known, single characters where not, never a failure."""

import pytest
from tokenizers import Tokenizer

pytest.importorskip("wordfreq", reason="development-only package of the training recipe")

from vectorstore.training import segmenter
from vectorstore.training.vocabulary import Vocabulary

FREQUENCY = {
    "既有": 1e-6, "住宅": 1e-5, "加装": 1e-7, "电梯": 1e-6, "加": 1e-4, "装": 1e-4, "电": 1e-4, "梯": 1e-6,
    "住": 1e-4, "宅": 1e-6, "有": 1e-3, "既": 1e-5, "elevator": 1e-6, "2025": 1e-5, "2": 1e-4, "0": 1e-4,
    "5": 1e-4, "a": 1e-9,
}  # fmt: skip


@pytest.fixture
def tokenizer() -> Tokenizer:
    return segmenter.build(Vocabulary(FREQUENCY))


def test_chinese_is_cut_into_dictionary_words(tokenizer):
    assert tokenizer.encode("既有住宅，加装电梯").tokens == ["既有", "住宅", "加装", "电梯"]


def test_runs_of_letters_digits_and_chinese_are_apart(tokenizer):
    assert tokenizer.encode("２０２５住宅ELEVATOR").tokens == ["2025", "住宅", "elevator"]


def test_unknown_numbers_fall_back_to_digits(tokenizer):
    assert tokenizer.encode("5025").tokens == ["5", "0", "2", "5"]


def test_unknown_characters_become_one_unknown_token(tokenizer):
    assert tokenizer.encode("龘龘住宅").ids[0] == 0
    assert tokenizer.encode("龘龘住宅").tokens[-1] == "住宅"


@pytest.mark.parametrize("text", ["", "😀", "\0", "。，", " "])
def test_texts_without_words_have_no_tokens(tokenizer, text):
    assert tokenizer.encode(text).ids == []


def test_saved_tokenizer_reads_back_the_same(tokenizer, tmp_path):
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    again = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    text = "既有住宅加装elevator 2025 a"
    assert again.encode(text).ids == tokenizer.encode(text).ids
    assert [tokenizer.token_to_id(word) for word in Vocabulary(FREQUENCY).words] == list(
        range(1, len(FREQUENCY) + 1)
    )
