"""Scanned pages and images, read by the engine itself; what is said where it is not installed."""

import io
from importlib.util import find_spec

import pypdfium2
import pytest
from PIL import Image

from ingest.formats.pdf import images, load, ocr
from ingest.formats.pdf.render import render_page
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze
from tests.ingest.formats.pdf.prints import read, write

installed = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra `ocr` is not installed")


def _scan(*pictures: Image.Image) -> bytes:
    raw = io.BytesIO()
    pictures[0].save(raw, format="PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return raw.getvalue()


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    """A page of one short printed line."""
    page = Image.open(io.BytesIO(render_page(read("restricted"), 1, width=1600))).convert("L")
    return page.crop((0, 0, 1600, 500))


def _joined(scan: bytes, printed: bytes) -> bytes:
    """The pages of two files as one."""
    with pypdfium2.PdfDocument.new() as document:
        for raw in (scan, printed):
            with pypdfium2.PdfDocument(raw) as other:
                document.import_pages(other)
        raw_joined = io.BytesIO()
        document.save(raw_joined)
    return raw_joined.getvalue()


@installed
def test_a_scanned_page_is_read_and_its_lines_have_their_places(picture: Image.Image) -> None:
    loaded = load(_scan(picture), "scan.pdf")
    assert squeeze(loaded.text) == "共同富裕办实事"
    (place,) = loaded.places
    assert (place.kind, place.page) == ("page", 1)
    assert place.box is not None
    ink = picture.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert ink is not None
    shares = (
        ink[0] / picture.width,
        ink[1] / picture.height,
        ink[2] / picture.width,
        ink[3] / picture.height,
    )
    box = (place.box.left, place.box.top, place.box.right, place.box.bottom)
    assert box == pytest.approx(shares, abs=0.03)


@installed
def test_an_image_is_read_as_a_page(picture: Image.Image) -> None:
    raw = io.BytesIO()
    picture.save(raw, format="PNG")
    loaded = images.load(raw.getvalue(), "scan.png")
    assert squeeze(loaded.text) == "共同富裕办实事"
    assert loaded.media_type == "image/png"


def test_without_the_engine_a_scan_is_refused_with_the_way_out(
    picture: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFile, match=r"pip install 'zhiyin\[ocr\]'"):
        load(_scan(picture), "scan.pdf")
    with pytest.raises(UnreadableFile, match=r"pip install 'zhiyin\[ocr\]'"):
        images.load(b"", "scan.png")


def test_without_the_engine_other_pages_are_read_and_the_scan_is_named(
    picture: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    printed = write([[(50, 700, 10, "a page with a text layer that can be read")]])
    loaded = load(_joined(_scan(picture), printed), "mixed.pdf")
    assert "第 1 页是扫描图像" in loaded.text
    assert "a page with a text layer" in loaded.text
    assert [each.role for each in loaded.elements] == ["note", "text"]


@installed
@pytest.mark.parametrize("raw", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_image_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableFile, match="不是可读的图像"):
        images.load(raw, "broken.png")


@installed
def test_an_image_with_an_absurd_number_of_pixels_is_refused_unread() -> None:
    raw = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(raw, format="PNG")
    with pytest.raises(UnreadableFile, match="像素|过大"):
        images.load(raw.getvalue(), "bomb.png")
