"""The numbers that ranking looks at, worked by hand where every word is equally rare."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Attributes, Closeness, FieldScores, Hit, Inquiry, Paragraph, Question
from rag.query.question import understand
from rag.retrieval.features import (
    FEATURES,
    FROM_INDEXES,
    LABELS,
    Table,
    TextReader,
    Weights,
    index_table,
    standardised,
)
from tests.rag.letters import matcher


def read(
    question: str, text: str, *, title: str = "", attributes: Attributes | None = None
) -> dict[str, float]:
    """The features that the text gives, by name."""
    hit = Hit(Paragraph("a", 1, text, 0, len(text), attributes=attributes or Attributes()), title, 0.0)
    asked = understand(Inquiry(question), history_turns=0)
    (row,) = table(TextReader(matcher()), asked, [hit])
    return dict(zip(FEATURES[FROM_INDEXES:], row.tolist(), strict=True))


def table(reader: TextReader, asked: Question, hits: list[Hit]) -> Table:
    """What the texts give, with every word compared."""
    indexed = np.zeros((len(hits), FROM_INDEXES))
    glanced = np.hstack([indexed, reader.glance(asked, hits, reader.sought(asked))])
    return reader.compare(asked, hits, glanced, range(len(hits)))[:, FROM_INDEXES:]


def test_every_feature_has_a_weight_and_a_label() -> None:
    assert tuple(LABELS) == FEATURES
    assert len(set(LABELS.values())) == len(FEATURES)
    weights = Weights(dense=1.0, reader=2.0)
    assert weights.column().tolist() == [1.0, *[0.0] * (len(FEATURES) - 2), 2.0]


def test_the_indexes_are_put_on_one_scale() -> None:
    near = [Closeness(0.9, 0.5), Closeness(0.5, 0.1)]
    shared = [FieldScores(6.0, 2.0, 0.0, 0.0), FieldScores(2.0, 0.0, 1.0, 1.0)]
    # Cosines: mean .7, deviation .2, for both columns; fields: over the question's weight, 8.
    expected = [[1.0, -1.0, 0.75, 0.25, 0.0, 0.0], [-1.0, -3.0, 0.25, 0.0, 0.125, 0.125]]
    assert index_table(near, shared, 8.0) == pytest.approx(np.array(expected))
    assert np.isfinite(index_table(near, shared, 0.0)).all()


def test_a_question_weighs_as_much_as_the_words_it_is_about() -> None:
    reader = TextReader(matcher())
    light, heavy, none = (
        reader.sought(understand(Inquiry(text), history_turns=0)).total
        for text in ("电梯", "电梯加装补助", "是什么")
    )
    assert heavy > light > none == 0.0


def test_nothing_found_gives_an_empty_table() -> None:
    assert index_table([], [], 1.0).shape == (0, FROM_INDEXES)
    question = understand(Inquiry("电梯"), history_turns=0)
    reader = TextReader(matcher())
    assert table(reader, question, []).shape == (0, len(FEATURES) - FROM_INDEXES)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20))
def test_standardised_values_keep_their_order_and_never_blow_up_noise(values: list[float]) -> None:
    found = standardised(np.array(values))
    assert found.mean() == pytest.approx(0, abs=1e-6)
    assert found.std() <= 1 + 1e-6
    assert (np.diff(found[np.argsort(values, kind="stable")]) >= 0).all()


def test_words_near_each_other_count_more_than_words_apart() -> None:
    near = read("电梯加装补助", "老人送餐。电梯加装补助。道路养护。")
    apart = read("电梯加装补助", "电梯。老人送餐。加装。道路养护。补助。")
    assert near["sentences"] == 1.0
    assert near["sentences"] > apart["sentences"] > 0.0
    assert near["phrases"] == 1.0
    assert apart["phrases"] == 0.0


def test_two_neighbouring_sentences_count_together() -> None:
    found = read("电梯补助", "电梯加装。补助发放。道路养护。")
    assert found["sentences"] == read("电梯补助", "道路养护。补助发放，电梯加装。")["sentences"]


def test_what_a_paragraph_is_about_stands_first() -> None:
    about = read("电梯补助多少？", "电梯补助每台二十万元，由区财政按照年度预算安排。")
    aside = read("电梯补助多少？", "区财政按照年度预算安排每台二十万元的支出用于电梯补助。")
    assert about["opening"] == 1.0
    assert aside["opening"] == 0.0


def test_headings_are_told_apart_from_the_text() -> None:
    found = read("电梯补助", "每台二十万元。", title="电梯补助办法")
    assert (found["heading"], found["sentences"], found["opening"]) == (1.0, 0.0, 0.0)
    assert found["likeness"] == 1.0


def test_the_thing_asked_for_is_looked_for() -> None:
    assert read("电梯加装多少台？", "加装电梯200台。")["fits"] == 1.0
    assert read("电梯加装多少台？", "加装电梯。")["fits"] == 0.0
    assert read("2024年加装电梯", "2024年加装。")["figures"] == 1.0
    assert read("2024年加装电梯", "2023年加装。")["figures"] == 0.0


def test_a_heading_cannot_answer() -> None:
    assert read("加装电梯", "加装电梯", attributes=Attributes("heading"))["apparatus"] == 1.0
    assert read("加装电梯", "加装电梯")["apparatus"] == 0.0


def test_traditional_characters_and_full_width_are_the_same_words() -> None:
    assert read("电梯补助2024", "電梯補助２０２４。") == read("电梯补助2024", "电梯补助2024。")


@given(
    st.text("加装电梯学位新增的哪些2024年a ，。\n", max_size=20), st.text("加装电梯学位，。\n a", max_size=40)
)
def test_shares_are_shares_whatever_is_asked(question: str, text: str) -> None:
    found = read(f"{question}电梯", text)
    for name in ("heading", "sentences", "opening", "phrases", "likeness", "figures", "fits", "apparatus"):
        assert -1e-9 <= found[name] <= 1 + 1e-6
    assert found["sentences"] >= found["opening"] - 1e-9 or "\n" in text or "。" in text


def test_everyday_words_count_as_the_spelling_of_the_term_that_a_text_has() -> None:
    worded, official = (read(question, "方便就医。") for question in ("方便看病", "方便就医"))
    assert worded == official
