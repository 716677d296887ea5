"""Markers: every spelling a model may choose, every split of a stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.markers import LONGEST_MARKER, MarkerStream, clean, literal, strip, used

# Characters that stress the reader of markers, and some that do not.
TEXT = st.text(
    st.sampled_from(list("[]［］【】[[]]0129１２,，、;-–^†n来源 段区教育。x\n\\")), max_size=80
) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("由区教育局牵头[1]。", "由区教育局牵头[1]。"),
        ("牵头【1】。", "牵头[1]。"),
        ("牵头［１］。", "牵头[1]。"),
        ("牵头[ 2 ]。", "牵头[2]。"),
        ("牵头[1, 2]。", "牵头[1][2]。"),
        ("牵头[1、3]。", "牵头[1][3]。"),
        ("牵头【1，2】。", "牵头[1][2]。"),
        ("牵头[1-3]。", "牵头[1][2][3]。"),
        ("牵头[2–3]。", "牵头[2][3]。"),
        ("牵头[1][1][2]。", "牵头[1][2]。"),
        ("牵头[[1]]。", "牵头[1]。"),
        ("牵头[[1], [2]]。", "牵头[1][2]。"),
        ("牵头[^1]。", "牵头[1]。"),
        ("牵头[来源1、来源2]。", "牵头[1][2]。"),
        ("牵头【1†source】。", "牵头[1]。"),
        ("牵头[0]。", "牵头。"),
        ("牵头[00]。", "牵头。"),
        ("牵头[4]。", "牵头。"),
        ("牵头[99][1]。", "牵头[1]。"),
        ("牵头[1-99999999999]。", "牵头[1][2][3]。"),
        ("牵头[3-1]。", "牵头。"),
        ("牵头[-1]。", "牵头。"),
        ("牵头[1.5]。", "牵头。"),
        ("牵头[1.]。", "牵头[1]。"),
        ("牵头[n]。", "牵头。"),
        ("牵头[?]。", "牵头。"),
        ("牵头[]。", "牵头。"),
        ("牵头[1", "牵头"),
        ("牵头[", "牵头"),
        ("牵头]1[2]", "牵头]1[2]"),
        ("【通知】开会[1]", "【通知】开会[1]"),
        ("[来源]区教育局", "[来源]区教育局"),
        ("[见附件1]", "[见附件1]"),
        ("[见[1]附件]", "[见[1]附件]"),
        ("杭政函[2024]3号", "杭政函〔2024〕3号"),
        ("杭政函〔2024〕3号", "杭政函〔2024〕3号"),
        ("牵头[1\n]", "牵头[1\n]"),
    ],
)
def test_spellings(raw: str, expected: str) -> None:
    assert clean(raw, 3) == expected


@given(text=TEXT, count=st.integers(0, 12), cuts=st.lists(st.integers(0, 80), max_size=12))
def test_any_split_of_a_stream_gives_the_whole(text: str, count: int, cuts: list[int]) -> None:
    stream = MarkerStream(count)
    bounds = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in zip(bounds, bounds[1:], strict=False)]
    assert "".join(stream.feed(piece) for piece in pieces) + stream.flush() == clean(text, count)


@given(text=TEXT, count=st.integers(0, 12))
def test_only_issued_handles_survive_and_cleaning_again_changes_nothing(text: str, count: int) -> None:
    cleaned = clean(text, count)
    assert all(1 <= handle <= count for handle in used(cleaned))
    assert clean(cleaned, count) == cleaned


@given(text=st.text(st.characters(exclude_characters="[［【"), max_size=60), count=st.integers(0, 5))
def test_text_without_brackets_is_untouched_and_not_delayed(text: str, count: int) -> None:
    assert MarkerStream(count).feed(text) == text


@given(text=TEXT)
def test_what_is_held_back_is_bounded(text: str) -> None:
    stream = MarkerStream(3)
    for character in text + "[" * 200:
        stream.feed(character)
        assert len(stream._held) <= LONGEST_MARKER


def test_a_flood_of_openers_is_no_text() -> None:
    assert len(clean("[" * 100_000 + "x", 3)) <= LONGEST_MARKER


def test_used_keeps_the_order_of_first_appearance() -> None:
    assert used("甲[3]乙[1][3]丙[2]") == (3, 1, 2)


@given(text=TEXT)
def test_foreign_text_holds_no_marker_once_literal(text: str) -> None:
    assert used(literal(text)) == ()
    assert len(literal(text)) == len(text)


def test_literal_keeps_what_is_read() -> None:
    assert literal("见表[7]与[附件]") == "见表［7］与[附件]"


def test_strip_leaves_the_words() -> None:
    assert strip("甲[3][1]，乙[2]。") == "甲，乙。"
