"""Reads what stands at the places of a document again, in its file, by another library than the loader.

May import the core. Each format has one function from a place to the text that stands there.
"""

import csv
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pypdfium2
from defusedxml import ElementTree
from docx import Document
from openpyxl import load_workbook
from openpyxl.cell import Cell
from pptx import Presentation

from eval.fidelity import Share, ink
from rag.datatypes import Paragraph, ParsedDocument, Place

# From a place to the text there; where the place is a whole slide, to each text on it.
Reader = Callable[[Place], str | Sequence[str]]
# Places of a file that are read again, evenly spread; a page has a place for each line of print.
_MOST = 400
# What a program counts for itself is not written in the paragraph; a bullet is, but only on the page.
_NUMBER = re.compile(r"\d{1,3}\.")
_FORMATS = {"#,##0.00": ",.2f", "0.0%": ".1%"}
_BULLET = re.compile(r"[•●○▪◦–]")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def reread(parsed: ParsedDocument, suffix: str) -> Share:
    """How many places hold the very characters that the document's text has for them.

    A paragraph without any place counts as one that does not; formats that are text have none.
    """
    opener = _READERS.get(suffix)
    if opener is None:
        return Share(0, 0)
    read = opener(parsed.raw)
    places = parsed.places[:: 1 + len(parsed.places) // _MOST]
    held = sum(_holds(parsed.document.text, place, read) for place in places)
    return Share(held, len(places) + sum(not _placed(each, parsed.places) for each in parsed.paragraphs))


def _placed(paragraph: Paragraph, places: Sequence[Place]) -> bool:
    """Whether some place lies within a paragraph."""
    index = bisect_right(places, paragraph.start, key=lambda place: place.end)
    return index < len(places) and places[index].start < paragraph.end


def _holds(text: str, place: Place, read: Reader) -> bool:
    cited, found = _plain(text[place.start : place.end]), read(place)
    there = [_plain(each) for each in ((found,) if isinstance(found, str) else found)]
    return any(cited in (each, _BULLET.sub("", each, count=1)) for each in there) or (
        _NUMBER.sub("", cited, count=1) in there
    )


def _plain(text: str) -> str:
    """Ink in one spelling, for PDF has other characters of the same look, without marks of footnotes."""
    return unicodedata.normalize("NFKC", ink(text))


def _pdf(raw: bytes) -> Reader:
    document = pypdfium2.PdfDocument(raw)

    def read(place: Place) -> str:
        if place.page is None or place.box is None:
            return ""
        page = document[place.page - 1]
        width, height = page.get_size()
        box = place.box
        return str(
            page.get_textpage().get_text_bounded(
                left=box.left * width,
                bottom=(1 - box.bottom) * height,
                right=box.right * width,
                top=(1 - box.top) * height,
            )
        )

    return read


def _word(raw: bytes) -> Reader:
    document = Document(BytesIO(raw))
    paragraphs, tables = document.paragraphs, document.tables
    notes = _footnotes(raw)

    def read(place: Place) -> str:
        if place.kind == "footnote":
            return notes[int(place.area or 0) - 1]
        if place.kind == "table":
            return str(
                tables[int(place.area or 0) - 1].cell((place.row or 0) - 1, (place.column or 0) - 1).text
            )
        return str(paragraphs[(place.row or 0) - 1].text)

    return read


def _footnotes(raw: bytes) -> Sequence[str]:
    """The notes in the order of their file, those that part them from the text left out."""
    with ZipFile(BytesIO(raw)) as package, suppress(KeyError):
        root = ElementTree.fromstring(package.read("word/footnotes.xml"))
        return [
            "".join(each.text or "" for each in note.iter(f"{_WORD}t"))
            for note in root
            if note.get(f"{_WORD}type", "normal") == "normal"
        ]
    return ()


def _sheet(raw: bytes) -> Reader:
    book = load_workbook(BytesIO(raw), data_only=True)

    def read(place: Place) -> str:
        if place.row is None:
            return place.area or ""
        sheet = book[place.area]
        cell = sheet.cell(place.row, place.column)
        around = (area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        first = next((area.start_cell for area in around), None)
        return _shown(cell if first is None else sheet[first.coordinate])

    return read


def _shown(cell: Cell) -> str:
    """A cell's value in the few number formats that the files made here have."""
    value, code = cell.value, cell.number_format
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"{value:{_FORMATS.get(code, '')}}"


def _delimited(raw: bytes) -> Reader:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    rows = list(csv.reader(StringIO(text), delimiter="\t" if "\t" in text else ","))
    return lambda place: rows[(place.row or 0) - 1][(place.column or 0) - 1]


def _slide(raw: bytes) -> Reader:
    slides = Presentation(BytesIO(raw)).slides

    def read(place: Place) -> str | Sequence[str]:
        slide = slides[(place.page or 0) - 1]
        if place.row is not None:
            table = next(shape.table for shape in slide.shapes if shape.has_table)
            return str(table.cell(place.row - 1, (place.column or 0) - 1).text)
        if place.area is not None:
            return str(slide.notes_slide.notes_text_frame.text)
        frames = (shape.text_frame for shape in slide.shapes if shape.has_text_frame)
        return [paragraph.text for frame in frames for paragraph in frame.paragraphs]

    return read


_READERS: dict[str, Callable[[bytes], Reader]] = {
    "pdf": _pdf,
    "docx": _word,
    "xlsx": _sheet,
    "csv": _delimited,
    "pptx": _slide,
}
