"""Office files for tests: written by hand part by part, or saved by a library; and what was read of them.

May import `ingest` and `rag`.
"""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Protocol

from ingest.loaded import Loaded
from rag.language.chinese import squeeze

FILES = Path(__file__).parent / "files"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = '<Relationship Id="r{0}" Type="http://x/relationships/{0}" Target="{0}.xml"/>'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_SPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:x="urn:unknown"'
)


class Saves(Protocol):
    """A document of python-docx or python-pptx."""

    def save(self, file: BytesIO) -> None: ...


def saved(document: Saves) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def repacked(raw: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The same file with some parts replaced or added."""
    with zipfile.ZipFile(BytesIO(raw)) as file:
        return packed({name: file.read(name) for name in file.namelist()} | parts)


def docx(body: str, **parts: str) -> bytes:
    """A Word file of a body and of further parts by the name of their root: numbering="<w:num ...>"."""
    written = {f"{name}.xml": f"<w:{name} {_SPACES}>{content}</w:{name}>" for name, content in parts.items()}
    return packed(
        {
            "_rels/.rels": _RELATIONS.format('<Relationship Id="a" Type="x/officeDocument" Target="d.xml"/>'),
            "d.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            "_rels/d.xml.rels": _RELATIONS.format("".join(map(_RELATION.format, parts))),
            **written,
        }
    )


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A `w:p`; a run that is no XML is plain text."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{content}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*content: str, properties: str = "") -> str:
    """A `w:tc`; content that is no XML is a plain paragraph."""
    blocks = "".join(each if each.startswith("<") else paragraph(each) for each in content or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def texts(loaded: Loaded) -> list[str]:
    return [loaded.text[each.start : each.end] for each in loaded.elements]


def roles(loaded: Loaded) -> list[tuple[str, str]]:
    """What each element is, with the level of a heading, and its text."""
    return [
        (f"{each.role}{each.level or ''}", text)
        for each, text in zip(loaded.elements, texts(loaded), strict=True)
    ]


def check_whole(loaded: Loaded) -> None:
    """Every character of ink is in an element and, those written between cells aside, in a place."""
    assert squeeze("".join(texts(loaded))) == squeeze(loaded.text)
    edges = [0, *(edge for place in loaded.places for edge in (place.start, place.end)), len(loaded.text)]
    assert edges == sorted(edges)
    for element in loaded.elements:
        inside = [each for each in loaded.places if element.start <= each.start and each.end <= element.end]
        assert inside
        if element.role != "row":
            assert (inside[0].start, inside[-1].end) == (element.start, element.end)
        for cell_ in element.cells:
            assert any((each.start, each.end) == (cell_.start, cell_.end) for each in inside)
