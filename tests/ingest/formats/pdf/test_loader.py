"""Files printed by LibreOffice and Chromium, read and compared with what their sources say."""

import pypdfium2
import pytest

from ingest.formats.pdf import load
from ingest.loaded import Loaded
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze
from tests.ingest.formats.pdf.prints import expected, read, write

PRINTED = (
    "law",
    "columns",
    "newspaper",
    "table",
    "english",
    "three_rules",
    "borderless",
    "over_page",
    "no_tables",
)


def _paragraphs(loaded: Loaded) -> list[tuple[str, str]]:
    return [(each.role, loaded.text[each.start : each.end]) for each in loaded.elements]


@pytest.mark.parametrize("name", PRINTED)
def test_what_was_printed_is_read(name: str) -> None:
    assert _paragraphs(load(read(name), name)) == expected(name)


@pytest.mark.parametrize("name", PRINTED)
def test_elements_and_places_are_sorted_and_hold_all_ink(name: str) -> None:
    loaded = load(read(name), name)
    for spans in (loaded.elements, loaded.places):
        assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))
    assert squeeze("".join(text for _, text in _paragraphs(loaded))) == squeeze(loaded.text)


@pytest.mark.parametrize("name", PRINTED)
def test_every_place_holds_its_words_when_another_reader_looks_there(name: str) -> None:
    loaded = load(read(name), name)
    with pypdfium2.PdfDocument(read(name)) as document:
        for place in loaded.places:
            assert place.kind == "page"
            assert place.page is not None
            assert place.box is not None
            page = document[place.page - 1]
            text_page = page.get_textpage()
            width, height = page.get_size()
            found = text_page.get_text_bounded(
                left=place.box.left * width,
                bottom=(1 - place.box.bottom) * height,
                right=place.box.right * width,
                top=(1 - place.box.top) * height,
            )
            text_page.close()
            page.close()
            assert squeeze(found.rstrip("-\ufffe\x02")) == squeeze(loaded.text[place.start : place.end])


def test_a_paragraph_that_runs_over_a_page_is_one() -> None:
    loaded = load(read("law"), "law")
    over = [
        {place.page for place in loaded.places if each.start <= place.start < each.end}
        for each in loaded.elements
    ]
    assert any(len(pages) == 2 for pages in over)
    assert "第1页" not in squeeze(loaded.text)


def test_cells_name_their_headers_and_hold_their_values() -> None:
    loaded = load(read("table"), "table")
    rows = [each for each in loaded.elements if each.role == "row"]
    assert [cell.header for cell in rows[1].cells] == ["单位", "序号", "任务", "指标/数"]
    assert loaded.text[rows[1].cells[3].start : rows[1].cells[3].end] == "10"
    merged = [loaded.text[row.cells[0].start : row.cells[0].end] for row in rows]
    assert merged == [unit for unit in ("区教育局", "区民政局", "各街道") * 2 for _ in range(2)]


def test_hyphens_at_the_ends_of_lines_are_healed_and_blanks_kept() -> None:
    text = load(read("english"), "english").text
    assert "internationalization efforts are increasingly" in text
    assert "-" not in text


@pytest.mark.parametrize(("turn", "edge"), [(0, "top"), (90, "right"), (180, "bottom"), (270, "left")])
def test_a_rotated_page_is_read_as_printed_and_its_boxes_turn_with_it(turn: int, edge: str) -> None:
    lines = [
        (50.0, 770.0 - 14 * line, 10.0, f"line {line} of a page that is shown turned") for line in range(9)
    ]
    loaded = load(write([lines], extra=f"/Rotate {turn}"), "turned.pdf")
    assert loaded.text.startswith("line 0 of a page")
    box = loaded.places[0].box
    assert box is not None
    near = {"top": box.top, "right": 1 - box.right, "bottom": 1 - box.bottom, "left": box.left}
    assert near[edge] < 0.05
    assert (box.right - box.left > box.bottom - box.top) == (turn in (0, 180))


def test_a_page_without_print_has_nothing_to_cite() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        load(write([[]]), "空.pdf")
