"""PDFs for tests: those that programs printed, and small ones written out by hand."""

from collections.abc import Sequence
from pathlib import Path

FILES = Path(__file__).parent / "files"

# x, y (points from the bottom left), size, text.
Print = tuple[float, float, float, str]


def read(name: str) -> bytes:
    return (FILES / f"{name}.pdf").read_bytes()


def expected(name: str) -> list[tuple[str, str]]:
    """What the source of a file says, paragraph by paragraph: role and text."""
    lines = (FILES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(role, text) for role, text in (line.split("\t") for line in lines)]


def write(pages: Sequence[Sequence[Print]], *, size: tuple[int, int] = (600, 800), extra: str = "") -> bytes:
    """A PDF with Latin print on its pages; `extra` goes into each page's dictionary (/Rotate 90)."""
    streams = [
        "\n".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in page) for page in pages
    ]
    return draw(streams, size=size, extra=extra)


def draw(streams: Sequence[str], *, size: tuple[int, int] = (600, 800), extra: str = "") -> bytes:
    """A PDF with a page for each content stream."""
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(streams)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}/MediaBox[0 0 {size[0]} {size[1]}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for place, stream in enumerate(streams):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * place} 0 R/Resources<</Font<</F 3 0 R>>>>{extra}>>"
        )
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
    written, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n"
    entries = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}"
    trailer = f"trailer <</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(written)}\n%%EOF"
    return f"{written}{table}{trailer}".encode()
