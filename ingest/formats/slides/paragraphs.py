"""The paragraphs of a text body on a slide, their automatic numbers written out.

May import the core.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.formats.numerals import write_number
from ingest.formats.slides.names import PARAGRAPH, A, switch, whole
from ingest.loaded import Role

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# By the beginning of a numbering's name, the style of its numbers ...
_STYLES = {
    "arabicDb": "decimalFullWidth",
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle",
    "ea1": "chineseCounting",
}
# ... and by its end, what is written around them.
_AROUND = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}.", "Minus": "- {} -"}


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: its text with its number, whether it is one of a list, whether all of it is bold.

    `size` is that of its smallest print in hundredths of a point; 0 where its layout says it.
    """

    text: str
    role: Role
    bold: bool
    size: int


def read_texts(body: etree._Element | None) -> list[Text]:
    """The paragraphs of a `p:txBody` or `a:txBody` that have ink."""
    paragraphs = [] if body is None else body.findall(PARAGRAPH)
    written = zip(paragraphs, _numbers(paragraphs), strict=True)
    texts = [_read_text(paragraph, number) for paragraph, number in written]
    return [text for text in texts if text.text.strip()]


def _read_text(paragraph: etree._Element, number: str) -> Text:
    parts = list(_pieces(paragraph))
    properties = paragraph.find(f"{A}pPr")
    bullet = properties is not None and properties.find(f"{A}buChar") is not None
    listed = bool(number) or bullet or whole(properties, "lvl") > 0
    inked = [bold for text, bold in parts if text.strip()]
    text = number + "".join(text for text, _ in parts)
    size = min((whole(each, "sz") for each in paragraph.iter(f"{A}rPr")), default=0)
    return Text(text, "item" if listed else "text", bool(inked) and all(inked), size)


def _pieces(paragraph: etree._Element) -> Iterator[tuple[str, bool]]:
    """Stretches of text, and whether each is bold; the number of the page is none of its text."""
    for child in paragraph:
        if child.tag == f"{A}br":
            yield "\n", False
        elif child.tag == f"{A}r" or (child.tag == f"{A}fld" and child.get("type") != "slidenum"):
            yield child.findtext(f"{A}t", ""), switch(child.find(f"{A}rPr"), "b")
        elif child.tag not in (f"{A}pPr", f"{A}fld", f"{A}endParaRPr"):
            yield "".join(each.text or "" for each in child.iter(f"{_M}t")), False


def _numbers(paragraphs: Sequence[etree._Element]) -> Iterator[str]:
    """The automatic number of each paragraph, "" for none; levels below begin anew."""
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in paragraphs:
        properties = paragraph.find(f"{A}pPr")
        depth = whole(properties, "lvl")
        for below in [each for each in counts if each > depth]:
            del counts[below]
        kind = None if properties is None else properties.find(f"{A}buAutoNum")
        if kind is None or not _has_ink(paragraph):
            if kind is None:
                counts.pop(depth, None)
            yield ""
            continue
        name, start = kind.get("type", ""), whole(kind, "startAt", 1)
        before, count = counts.get(depth, ("", 0))
        counts[depth] = (name, count + 1 if before == name else start)
        yield _write(name, counts[depth][1])


def _has_ink(paragraph: etree._Element) -> bool:
    return any(text.strip() for text, _ in _pieces(paragraph))


def _write(name: str, number: int) -> str:
    style = next((style for prefix, style in _STYLES.items() if name.startswith(prefix)), "decimal")
    around = next((around for suffix, around in _AROUND.items() if name.endswith(suffix)), "{}")
    return f"{around.format(write_number(number, style))} "
