"""Windows hold the best passages whole, with as many neighbours as fit, and none is read twice."""

from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Passage
from rag.reading.windows import WINDOW, windows

LENGTHS = st.lists(st.lists(st.integers(1, 200), min_size=1, max_size=9), min_size=1, max_size=4)


def passages(lengths: list[list[int]]) -> list[Passage]:
    made = []
    for handle, paragraph in enumerate(lengths, 1):
        start = 0
        for length in paragraph:
            made.append(Passage(handle, start, start + length, "文" * length))
            start += length
    return made


@given(LENGTHS, st.randoms(use_true_random=False), st.integers(1, 6))
def test_the_first_passages_are_held_and_no_window_is_too_long(lengths, chance, count) -> None:
    ranked = passages(lengths)
    chance.shuffle(ranked)
    chosen = windows(ranked, count)
    assert 0 < len(chosen) <= count
    assert any(window.holds(ranked[0]) for window in chosen)
    for window in chosen:
        inside = [passage for passage in ranked if window.holds(passage)]
        assert sum(passage.end - passage.start for passage in inside) == window.end - window.start
        assert window.end - window.start <= WINDOW or len(inside) == 1
    if len(chosen) < count:
        assert all(any(window.holds(passage) for window in chosen) for passage in ranked)


def test_what_follows_is_taken_before_what_stands_in_front() -> None:
    ranked = passages([[60, 60, 60, 60]])
    (window,) = windows([ranked[1]] + ranked[:1] + ranked[2:], 1)
    assert (window.start, window.end) == (60, 180)
