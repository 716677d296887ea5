"""Running heads, feet and page numbers: gone where they repeat, kept where they may be text."""

import pytest

from ingest.formats.pdf import load
from tests.ingest.formats.pdf.prints import Print, write


def _body(page: int, lines: int = 12) -> list[Print]:
    return [
        (60, 700 - 15 * line, 10, f"sentence {page * 100 + line} runs across this page")
        for line in range(lines)
    ]


def _text(pages: list[list[Print]]) -> str:
    return load(write(pages), "paper.pdf").text


@pytest.mark.parametrize("count", [2, 3, 6])
def test_what_repeats_at_the_edges_is_left_out(count: int) -> None:
    pages = [
        [(200, 770, 9, "Annual Report"), *_body(page), (280, 30, 9, f"- {page + 1} -")]
        for page in range(count)
    ]
    text = _text(pages)
    assert "Annual" not in text
    assert "- 1 -" not in text
    assert text.count("sentence") == 12 * count


def test_heads_of_left_and_right_pages_are_each_left_out() -> None:
    pages = [[(60 + 200 * (page % 2), 770, 9, f"Part {'AB'[page % 2]}"), *_body(page)] for page in range(6)]
    assert "Part" not in _text(pages)


@pytest.mark.parametrize("number", ["3", "- 3 -", "3/9", "Page 3 of 9"])
def test_a_page_number_of_a_single_page_is_told_by_its_shape(number: str) -> None:
    assert number not in _text([[*_body(0), (290, 30, 9, number)]]).splitlines()


def test_a_line_at_the_edge_of_a_single_page_is_text() -> None:
    text = _text([[(60, 770, 10, "Dear Sir"), *_body(0), (60, 40, 10, "Yours faithfully")]])
    assert text.startswith("Dear Sir")
    assert text.endswith("Yours faithfully")


def test_different_lines_at_the_same_place_are_text() -> None:
    words = ("first", "second", "third", "fourth")
    pages = [[(60, 770, 10, f"The {word} beginning"), *_body(page)] for page, word in enumerate(words)]
    assert all(f"The {word} beginning" in _text(pages) for word in words)


def test_a_number_amid_the_lines_is_text() -> None:
    assert "\n42\n" in _text([[*_body(0, 4), (60, 600, 10, "42"), (60, 560, 10, "is the answer to it all")]])
