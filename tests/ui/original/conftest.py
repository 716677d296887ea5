"""Documents read from real files and kept in a real library, shown with some of their words cited."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ingest.pipeline import parse
from tests.vectorstore.embedders import BigramEmbedder
from ui.original.extract import Extract, read_extract
from ui.original.marks import Span
from vectorstore.library import Library

Shown = Callable[..., Extract]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of one's own."""
    with Library.open(tmp_path, BigramEmbedder(), writable=True) as opened:
        yield opened


@pytest.fixture
def shown(library: Library) -> Shown:
    """Reads a file, keeps it, and gives the extract with the first occurrence of some words cited."""

    def show(raw: bytes, name: str, cited: str = "", around: int | None = None) -> Extract:
        parsed = parse(raw, name)
        library.put(parsed)
        start = parsed.document.text.index(cited)
        span = Span(start, start + len(cited)) if cited else None
        return read_extract(library.catalogue, parsed.document.id, span, around)

    return show


@dataclass
class Element:
    """An element of a page, with the text in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


class Elements(HTMLParser):
    """All elements of a page in order."""

    VOID = ("meta", "img", "br")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.all: list[Element] = []
        self._open: list[Element] = []
        self.feed(markup)

    def named(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            each
            for each in self.all
            if each.tag == tag and all(each.attributes.get(name) == value for name, value in wanted.items())
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.all.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
