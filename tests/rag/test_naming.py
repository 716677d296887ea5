"""So many names as are asked for are found by the word they share; one too few or too many is no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.naming import Wanted, alike, named, wanted


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("要建的四个样板区是哪四个?", Wanted(4, "样板区")),
        ("要建的“五个中心”分别是什么?", Wanted(5, "中心", called=True)),
        ("提的三个“聚力”分别是什么?", Wanted(3, "聚力", called=True)),
        ("“五向图强”是朝哪五个方向?", Wanted(5, "向图强", called=True)),
        ("三个省实验室叫什么?", Wanted(3, "实验室")),
        ("从哪五个方面着手?", Wanted(5)),
        ("有哪些样板区?", None),
        ("第一条是什么?", None),
    ],
)
def test_what_is_asked_for_is_a_number_and_a_word(query: str, asked: Wanted | None) -> None:
    assert wanted(query) == asked


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        # One sentence that names them in a row.
        (
            "全面提速。建设产业样板区、城市样板区和幸福样板区，加快发展。",
            Wanted(3, "样板区"),
            ["建设产业样板区"],
        ),
        ("建设产业样板区、城市样板区和幸福样板区，加快发展。", Wanted(4, "样板区"), []),
        # One that counts them itself.
        ("大局已定。长白山、三江、吉光3个省实验室挂牌运行。", Wanted(3, "实验室"), ["长白山、三江"]),
        ("长白山、三江两个省实验室挂牌运行。", Wanted(2, "实验室"), ["长白山、三江"]),
        ("长白山、三江等5个省实验室挂牌运行。", Wanted(5, "实验室"), []),
        (
            "营造甲公园、乙公园、丙公园等景观。推进丁公园和戊公园两大公园建设。",
            Wanted(2, "公园"),
            ["推进丁公园"],
        ),
        ("营造甲公园、乙公园、丙公园等景观。", Wanted(2, "公园"), []),
        # Sentences that each open with the name.
        (
            "“两向图强”聚势。向海图强，平台运行。向天图强，火箭发射。另有安排。",
            Wanted(2, "向图强", called=True),
            ["向海图强", "向天图强"],
        ),
        ("产业转型。产业升级。", Wanted(2, "产业"), []),
        ("一切照旧。", Wanted(2), []),
    ],
)
def test_a_text_names_exactly_so_many_or_none(text: str, asked: Wanted, found: list[str]) -> None:
    spans = named(text, asked)
    assert len(spans) == len(found)
    assert all(text[slice(*span)].startswith(opening) for span, opening in zip(spans, found, strict=True))


def test_points_are_the_names_where_each_opens_with_the_word() -> None:
    text = "一是聚力人才。二是聚力家园。"
    points = [(0, 7), (7, 14)]
    assert named(text, Wanted(2, "聚力", called=True), points) == points
    assert named(text, Wanted(2, "聚焦", called=True), points) == []


CENTRES = (
    "总体要求。",
    "加快国际经济中心建设，提升。",
    "加快国际金融中心建设，完善。",
    "此外，城市中心更新。",
)


def test_paragraphs_told_alike_are_a_run_of_exactly_so_many() -> None:
    assert list(alike(CENTRES, 1, Wanted(2))) == [1, 2]
    assert list(alike(CENTRES, 1, Wanted(3))) == []
    assert list(alike(("——稳中求进。", "——以进促稳。"), 0, Wanted(2))) == [0, 1]


@given(
    st.lists(st.sampled_from(["甲区", "——乙", "中心", "一是中心。", "丙、丁2个中心。", ""]), min_size=1),
    st.builds(Wanted, st.integers(2, 5), st.sampled_from(["", "中心", "区"]), st.booleans()),
)
def test_what_is_found_lies_in_the_text_in_order(texts: list[str], asked: Wanted) -> None:
    whole = "".join(texts)
    spans = named(whole, asked)
    assert len(spans) in (0, 1, asked.count)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(whole) for start, end in spans)
    for place in range(len(texts)):
        run = alike(texts, place, asked)
        assert not run or (place in run and len(run) == asked.count and run.stop <= len(texts))
