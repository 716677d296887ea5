"""Pictures of pages: drawn apart, kept within a bound, refused in words."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from rag.errors import DocumentNotFound
from ui.pictures import WIDTHS, NoPicture, Original, Pictures

PAGES = 3


def print_pages(count: int = PAGES) -> bytes:
    """A PDF of blank A5 pages, each a little less white."""
    first, *rest = [Image.new("RGB", (420, 595), (255 - 40 * each,) * 3) for each in range(count)]
    buffer = BytesIO()
    first.save(buffer, format="PDF", save_all=True, append_images=rest, resolution=72)
    return buffer.getvalue()


class File:
    """A file whose readings are counted."""

    def __init__(self, raw: bytes, media_type: str = "application/pdf") -> None:
        self.raw, self.media_type, self.readings = raw, media_type, 0

    def read(self) -> bytes:
        self.readings += 1
        return self.raw

    @property
    def original(self) -> Original:
        return Original(f"d{hash(self.raw)}", self.media_type, self.read)


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    opened = Pictures()
    yield opened
    opened.close()


def shown(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def test_every_page_is_measured_and_drawn_in_one_of_a_few_widths(pictures: Pictures):
    file = File(print_pages())
    assert [tuple(map(round, size)) for size in pictures.sizes(file.original)] == [(420, 595)] * PAGES
    first, last = (shown(pictures.picture(file.original, page, 500)) for page in (1, PAGES))
    assert first.width == last.width == next(width for width in WIDTHS if width >= 500)
    assert abs(first.height / first.width - 595 / 420) < 0.01
    assert first.convert("L").getpixel((300, 300)) > last.convert("L").getpixel((300, 300))


def test_a_picture_is_drawn_once_for_all_who_ask(pictures: Pictures):
    file = File(print_pages())
    drawn = pictures.picture(file.original, 2, 401)
    readings = file.readings
    assert pictures.picture(file.original, 2, 800) == drawn
    assert file.readings == readings


def test_the_oldest_pictures_go_when_there_are_too_many():
    pictures = Pictures(most_bytes=1)
    file = File(print_pages())
    pictures.picture(file.original, 1, 400)
    readings = file.readings
    pictures.picture(file.original, 1, 400)
    assert file.readings == readings + 1
    pictures.close()


@pytest.mark.parametrize("page", [0, PAGES + 1, 10**9])
def test_a_page_that_is_not_there_is_named(pictures: Pictures, page: int):
    with pytest.raises(NoPicture, match=f"第 {page} 页"):
        pictures.picture(File(print_pages()).original, page, 400)


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [(b"text", "text/plain"), (b"%PDF-1.4 broken", "application/pdf"), (b"", "image/png")],
)
def test_what_has_no_pages_has_no_pictures(pictures: Pictures, raw: bytes, media_type: str):
    original = File(raw, media_type).original
    assert len(pictures.sizes(original)) == 0
    with pytest.raises(NoPicture):
        pictures.picture(original, 1, 400)


def test_an_image_is_its_own_page_and_not_blown_up(pictures: Pictures):
    buffer = BytesIO()
    Image.new("RGB", (300, 200), "white").save(buffer, format="PNG")
    original = File(buffer.getvalue(), "image/png").original
    assert list(pictures.sizes(original)) == [(300.0, 200.0)]
    assert shown(pictures.picture(original, 1, 2000)).size == (300, 200)


def test_a_document_deleted_meanwhile_is_not_found(pictures: Pictures):
    def gone() -> bytes:
        raise DocumentNotFound("d")

    with pytest.raises(DocumentNotFound):
        pictures.sizes(Original("d", "application/pdf", gone))
