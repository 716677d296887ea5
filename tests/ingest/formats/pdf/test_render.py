"""Pictures of pages: as wide as asked, within bounds, of pages that are there."""

import io

import pytest
from PIL import Image

from ingest.formats.pdf.render import MOST_PIXELS, WIDEST, page_sizes, render_page
from rag.errors import UnreadableFile
from tests.ingest.formats.pdf.prints import read, write


def _picture(raw: bytes, page: int, width: int) -> Image.Image:
    return Image.open(io.BytesIO(render_page(raw, page, width=width)), formats=("PNG",))


@pytest.mark.parametrize("width", [1, 300, 1000])
def test_a_page_is_as_wide_as_asked(width: int) -> None:
    assert abs(_picture(read("law"), 1, width).width - width) <= 1


def test_the_print_is_in_the_picture() -> None:
    picture = _picture(write([[(100, 400, 60, "print")]], size=(600, 800)), 1, 600).convert("L")
    assert picture.crop((100, 330, 300, 420)).getextrema()[0] < 60
    assert picture.crop((100, 0, 300, 300)).getextrema()[0] == 255


@pytest.mark.parametrize("size", [(14400, 14400), (14400, 2), (2, 14400), (600, 800)])
def test_no_page_makes_a_picture_beyond_bounds(size: tuple[int, int]) -> None:
    picture = _picture(write([[]], size=size), 1, 10**9)
    assert picture.width <= WIDEST + 1
    assert picture.width * picture.height <= MOST_PIXELS * 1.01


@pytest.mark.parametrize("page", [0, -1, 99])
def test_a_page_that_is_not_there_is_named(page: int) -> None:
    with pytest.raises(UnreadableFile, match=f"第 {page} 页"):
        render_page(read("restricted"), page, width=100)


def test_pages_are_measured_as_displayed() -> None:
    assert page_sizes(write([[], []], size=(300, 500))) == [(300.0, 500.0)] * 2
    assert page_sizes(write([[]], size=(300, 500), extra="/Rotate 90")) == [(500.0, 300.0)]


def test_what_is_no_pdf_is_refused() -> None:
    for call in (page_sizes, lambda raw: render_page(raw, 1, width=10)):
        with pytest.raises(UnreadableFile):
            call(b"no pdf")
