"""What a list of hits holds: near twins once, every figure kept apart, both sides of a comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Hit, Inquiry, Paragraph
from rag.query.question import understand
from rag.retrieval.diversity import MARGIN, SHORTEST, arrange, collapse, spread

TEXT = "全区新增社区食堂十五个，覆盖所有街道，为六十岁以上老人提供送餐服务，由区民政局牵头负责。"
OTHER = "老旧小区加装电梯工作继续推进，财政给予补助，具体办法由住房和城乡建设部门另行制定公布。"


def hits(*texts: tuple[str, str]) -> list[Hit]:
    """Hits of (document, text), scores falling by one."""
    return [
        Hit(Paragraph(document, number, text, 0, len(text)), document, float(-number))
        for number, (document, text) in enumerate(texts, 1)
    ]


def keys(found: list[Hit] | tuple[Hit, ...]) -> list[tuple[str, int]]:
    return [(hit.paragraph.document_id, hit.paragraph.number) for hit in found]


@pytest.mark.parametrize(
    "twin", [TEXT, f" {TEXT}\n", TEXT.replace("，为", "， 为"), TEXT.replace("负责", "牵头")]
)
def test_what_says_the_same_is_shown_once_and_named(twin: str) -> None:
    found = collapse(hits(("a", TEXT), ("b", OTHER), ("c", twin)), limit=3)
    assert keys(found) == [("a", 1), ("b", 2)]
    assert found[0].alike == (("c", 3),)
    assert found[1].alike == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"2023年，{TEXT}", f"2024年，{TEXT}"),
        (f"投资3.5亿元，{TEXT}", f"投资35亿元，{TEXT}"),
        (TEXT, OTHER),
        (TEXT, TEXT[: len(TEXT) // 2]),
        ("本法自公布之日起施行。", "本法自公布之日起施行。"),
    ],
)
def test_what_differs_in_a_figure_or_much_or_is_too_short_to_tell_stays(one: str, other: str) -> None:
    assert len(collapse(hits(("a", one), ("b", other)), limit=5)) == 2


def test_twins_make_room_for_what_differs_and_those_past_the_limit_are_named_too() -> None:
    found = collapse(hits(("a", TEXT), ("b", TEXT), ("c", OTHER), ("d", "短"), ("e", TEXT)), limit=2)
    assert keys(found) == [("a", 1), ("c", 3)]
    assert found[0].alike == (("b", 2), ("e", 5))


@given(st.lists(st.sampled_from([TEXT, OTHER, TEXT[:SHORTEST], "短", ""]), max_size=8), st.integers(1, 9))
def test_nothing_is_lost_but_past_the_limit_and_the_order_stays(texts: list[str], limit: int) -> None:
    ranked = hits(*((f"d{place}", text) for place, text in enumerate(texts)))
    found = collapse(ranked, limit)
    assert len(found) <= limit
    assert keys(found) == [key for key in keys(ranked) if key in keys(found)]
    named = [*keys(found), *(key for hit in found for key in hit.alike)]
    assert len(named) == len(set(named))
    if limit >= len(texts):
        assert sorted(named) == sorted(keys(ranked))


def test_each_document_leads_once_unless_it_is_far_behind() -> None:
    ranked = hits(("a", "一"), ("a", "二"), ("b", "三"), ("a", "四"), ("c", "五"), ("d", "六"))
    assert [hit.score for hit in ranked][-1] < ranked[0].score - MARGIN
    assert keys(spread(ranked)) == [("a", 1), ("b", 3), ("a", 2), ("a", 4), ("c", 5), ("d", 6)]
    assert spread([]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社区食堂有多少个？", [("a", 1), ("c", 3)]),
        ("两份文件里社区食堂有什么不同？", [("a", 1), ("b", 2), ("c", 3)]),
        ("哪些文件提到社区食堂？", [("a", 1), ("b", 2), ("c", 3)]),
    ],
)
def test_a_comparison_wants_to_know_of_documents_that_say_the_same(
    text: str, expected: list[tuple[str, int]]
) -> None:
    question = understand(Inquiry(text), history_turns=0)
    assert keys(arrange(question, hits(("a", TEXT), ("b", TEXT), ("c", OTHER)), 5)) == expected
