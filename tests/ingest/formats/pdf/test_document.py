"""Files that are locked, broken or hostile: read, or refused by name with a way out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats.pdf import load
from ingest.formats.pdf.document import MOST_PAGES
from rag.errors import UnreadableFile
from tests.ingest.formats.pdf.prints import draw, read, write


def test_a_locked_file_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableFile, match="加密.*密码") as raised:
        load(read("locked"), "秘密.pdf")
    assert "秘密.pdf" in str(raised.value)
    assert raised.value.__cause__ is not None


def test_a_file_that_only_restricts_what_may_be_done_with_it_is_read() -> None:
    assert load(read("restricted"), "restricted.pdf").text == "共同富裕办实事"


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"PK\x03\x04", read("law")[: len(read("law")) // 2]])
def test_what_is_no_whole_pdf_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        load(raw, "破损.pdf")


@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_the_bytes_it_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(read("restricted"))
    for place, value in changes:
        raw[place % len(raw)] = value
    try:
        loaded = load(bytes(raw), "noise.pdf")
    except UnreadableFile:
        return
    assert all(0 <= each.start <= each.end <= len(loaded.text) for each in loaded.elements)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(UnreadableFile, match=str(MOST_PAGES)):
        load(draw([""] * (MOST_PAGES + 1)), "长.pdf")


def test_a_damaged_page_costs_that_page_and_a_note_says_so() -> None:
    words = {1: "first there is light", 2: "then nothing", 3: "and last a town"}
    raw = write([[(50, 400, 10, text)] for text in words.values()])
    whole, lost = b"6 0 obj\n<</Type/Page/", b"6 0 obj\n<</Type/Lost/"
    loaded = load(raw.replace(whole, lost), "damaged.pdf")
    assert [(each.role, loaded.text[each.start : each.end]) for each in loaded.elements] == [
        ("text", words[1]),
        ("note", "（第 2 页损坏，未能读出）"),
        ("text", words[3]),
    ]
    assert [place.page for place in loaded.places] == [1, 2, 3]


def test_a_file_of_damaged_pages_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="每一页都已损坏.*重新"):
        load(write([[(50, 700, 10, "print")]] * 2).replace(b"/Type/Page/", b"/Type/Lost/"), "damaged.pdf")


def test_a_page_with_an_absurd_number_of_lines_drawn_is_read_without_tables() -> None:
    squared = "".join(f"{x} 0 m {x} 800 l S 0 {x} m 600 {x} l S\n" for x in range(1, 590, 1))
    text = "BT /F 10 Tf 50 700 Td (print on squared paper) Tj ET"
    loaded = load(draw([squared + text]), "squared.pdf")
    assert loaded.text == "print on squared paper"
    assert loaded.elements[0].role != "row"


def test_print_that_is_clipped_away_or_beyond_the_page_is_not_read() -> None:
    shown = "BT /F 10 Tf 50 700 Td (what is seen) Tj ET\n"
    clipped = "q 0 0 100 100 re W n BT /F 10 Tf 50 400 Td (clipped) Tj ET Q\n"
    beyond = "BT /F 10 Tf 50 2000 Td (beyond) Tj ET\n"
    assert load(draw([shown + clipped + beyond]), "clip.pdf").text == "what is seen"


def test_print_across_the_page_is_a_note_unless_it_is_a_watermark() -> None:
    lines = "".join(
        f"BT /F 10 Tf 50 {700 - 14 * line} Td (line {line} of the page) Tj ET\n" for line in range(9)
    )
    stamp = "BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET\n"
    assert load(draw([lines + stamp]), "one.pdf").elements[-1].role == "note"
    assert "DRAFT" not in load(draw([lines + stamp] * 2), "two.pdf").text


def test_an_image_of_nothing_is_no_scan() -> None:
    assert load(write([[(50, 700, 10, "short")]]), "short.pdf").text == "short"
