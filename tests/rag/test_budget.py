"""What fits a model's window: the best paragraphs whole, a long one around what answers."""

from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Evidence, Hit, Paragraph, Passage
from rag.generation.budget import SHORTEST_EXCERPT, tokens, within

SENTENCES = st.lists(
    st.text("甲乙丙丁ab 12，", min_size=1, max_size=60).map(lambda text: f"{text}。"), max_size=30
)


def hit(text: str) -> Hit:
    return Hit(Paragraph("d1", 1, text, 0, len(text)), "题", 1.0)


def evidence(*texts: str, best: tuple[int, int] | None = None) -> Evidence:
    """Hits of the texts; `best` is the handle and the start of the best passage."""
    passages = (Passage(best[0], best[1], best[1] + 1, "。"),) if best else ()
    return Evidence(tuple(map(hit, texts)), passages)


def test_whole_paragraphs_are_kept_by_rank() -> None:
    chosen = within(evidence("甲" * 300, "乙" * 300, "丙" * 300), paragraphs=6, budget=650)
    assert [(len(one.text), one.whole) for one in chosen] == [(300, True), (300, True)]


def test_what_is_left_holds_an_excerpt_of_the_next() -> None:
    chosen = within(evidence("甲" * 300, "乙丙。" * 300), paragraphs=6, budget=600)
    assert [(len(one.text), one.whole) for one in chosen] == [(300, True), (300, False)]


def test_a_long_paragraph_does_not_push_the_others_out() -> None:
    chosen = within(evidence("甲乙。" * 5000, "丙" * 400), paragraphs=6, budget=1000)
    assert [len(one.text) for one in chosen] == [498, 400]


def test_alone_it_may_have_all() -> None:
    (one,) = within(evidence("甲乙。" * 5000), paragraphs=6, budget=999)
    assert len(one.text) == 999


def test_an_excerpt_is_cut_at_sentence_ends_around_the_best_passage() -> None:
    text = "".join(f"第{number}句说的是另一件事。" for number in range(100, 200))
    start = text.index("第150句")
    (one,) = within(evidence(text, best=(1, start)), paragraphs=1, budget=60)
    assert one.text == "".join(f"第{number}句说的是另一件事。" for number in range(149, 153))
    assert not one.whole


def test_a_sentence_that_is_too_long_is_cut_from_where_it_answers() -> None:
    (one,) = within(evidence("甲" * 5000, best=(1, 1000)), paragraphs=1, budget=200)
    assert one.text == "甲" * 200


def test_no_more_than_were_asked_for() -> None:
    assert len(within(evidence(*["甲"] * 9), paragraphs=4, budget=1000)) == 4
    assert within(Evidence(), paragraphs=4, budget=1000) == ()


@given(
    texts=st.lists(SENTENCES.map("".join), min_size=1, max_size=6),
    budget=st.integers(200, 2000),
    data=st.data(),
)
def test_the_budget_holds_and_what_is_handed_over_stands_in_the_paragraph(
    texts: list[str], budget: int, data: st.DataObject
) -> None:
    handle = data.draw(st.integers(1, len(texts)))
    start = data.draw(st.integers(0, max(len(texts[handle - 1]) - 1, 0)))
    found = evidence(*texts, best=(handle, start))
    chosen = within(found, paragraphs=6, budget=budget)
    assert sum(tokens(one.text) for one in chosen) <= budget
    assert [one.hit for one in chosen] == list(found.hits[: len(chosen)])
    for one in chosen:
        assert one.text in one.hit.paragraph.text
        assert one.whole is (one.text == one.hit.paragraph.text)
        assert one.whole or tokens(one.hit.paragraph.text) > min(budget, SHORTEST_EXCERPT)


def test_tokens_are_counted_by_characters_and_parts_of_words() -> None:
    assert tokens("新增学位1200个，") == 10
    assert tokens("approximately ten") == 5
    assert tokens("") == 0
