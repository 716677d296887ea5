"""Images of print (png, jpg, tiff, bmp): each of their pictures read as a scanned page.

May import the core.
"""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from ingest.formats.pdf import ocr
from ingest.formats.pdf.frame import Frame
from ingest.formats.pdf.loader import project
from ingest.formats.pdf.page import Page
from ingest.loaded import Loaded
from rag.errors import UnreadableFile

# Of one picture, and pictures of one file: an A0 sheet at 200 dpi has 62 million pixels.
MOST_PIXELS, MOST_PICTURES = 80_000_000, 200
_NAME = "文件"
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")


def load(raw: bytes, source: str) -> Loaded:
    """Read an image through OCR; its places are pages (one for each picture) with a box for each line.

    Raises UnreadableFile for what is no image, is too large, has no print, or where OCR is not installed.
    """
    if not ocr.is_installed():
        raise UnreadableFile(f"{source!r} 是图像，{ocr.MISSING}。")
    pages: list[Page] = []
    media_types: list[str] = []
    for media_type, picture in _pictures(raw, source):
        pages.append(_page(picture, len(pages) + 1))
        media_types.append(media_type)
    return project(pages, source, media_types[0])


def render_picture(raw: bytes, number: int, *, width: int) -> bytes:
    """One picture of a file (from 1) as PNG, `width` pixels wide or as it is if smaller.

    Raises UnreadableFile for what is no image and for a picture that is not there.
    """
    for each, (_, picture) in enumerate(_pictures(raw, _NAME), 1):
        if each == number:
            upright = _upright(picture)
            upright.thumbnail((max(width, 1), MOST_PIXELS))
            buffer = io.BytesIO()
            upright.save(buffer, format="PNG")
            return buffer.getvalue()
    raise UnreadableFile(f"没有第 {number} 幅图像。")


def picture_sizes(raw: bytes) -> list[tuple[float, float]]:
    """Width and height of every picture of a file as displayed, in pixels. Raises UnreadableFile."""
    sizes = (_upright(picture).size for _, picture in _pictures(raw, _NAME))
    return [(float(width), float(height)) for width, height in sizes]


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture).convert("RGB")


def _page(picture: Image.Image, number: int) -> Page:
    upright = _upright(picture)
    width, height = upright.size
    upright.thumbnail((ocr.LONGEST_SIDE, ocr.LONGEST_SIDE))
    lines = ocr.read_image(upright, upright.width / width)
    return Page(number, Frame(0.0, 0.0, float(width), float(height)), lines, scanned=True)


def _pictures(raw: bytes, source: str) -> Iterator[tuple[str, Image.Image]]:
    """The pictures of an image file with its media type, none larger than can be held in memory."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
                for number, picture in enumerate(ImageSequence.Iterator(image)):
                    if number == MOST_PICTURES or picture.width * picture.height > MOST_PIXELS:
                        raise UnreadableFile(
                            f"{source!r} 太大：图像不能超过 {MOST_PIXELS} 像素、{MOST_PICTURES} 幅。"
                        )
                    picture.load()
                    yield Image.MIME.get(image.format or "", "image/png"), picture
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise UnreadableFile(f"{source!r} 不是可读的图像，可能已损坏或过大。请重新导出。") from error
