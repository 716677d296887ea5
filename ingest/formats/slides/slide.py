"""One slide after another into one text: titles, paragraphs, tables, charts, and the speaker's notes.

May import the core.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.formats.graphics import Graphics
from ingest.formats.package import Package
from ingest.formats.projection import Projection, Spot
from ingest.formats.slides.names import DGM, TABLE, C, R
from ingest.formats.slides.paragraphs import Text, read_texts
from ingest.formats.slides.shapes import Shape, ShapeReader
from ingest.formats.slides.tables import write_table

_NOTES = "备注"
# Nothing longer in big print is a title.
_LONGEST_TITLE = 40
# What print has that says nothing of its size, in hundredths of a point.
_USUAL_SIZE = 1800


@dataclass(frozen=True, slots=True)
class Content:
    """A shape and its paragraphs."""

    shape: Shape
    texts: Sequence[Text]
    is_title: bool = False


class SlideReader:
    """Writes the slides of a file into a projection, in order."""

    def __init__(self, package: Package, projection: Projection) -> None:
        self._package = package
        self._projection = projection
        self._shapes = ShapeReader(package)
        self._graphics = Graphics(package)
        self._tables: Counter[int] = Counter()

    def read(self, part: str, page: int) -> None:
        """Add a slide, which stands at a place in the file counted from 1, and its notes."""
        root = self._package.xml(part)
        if root is None:
            return
        contents = [Content(shape, read_texts(shape.body)) for shape in self._shapes.read(part, root)]
        for content in _title_first(contents):
            self._content(content, part, Spot("slide", page))
        notes = self._package.related(part, "notesSlide")
        root = None if notes is None else self._package.xml(notes)
        if notes is not None and root is not None:
            for shape in self._shapes.read(notes, root):
                for text in read_texts(shape.body):
                    self._projection.paragraph(text.text, Spot("slide", page, _NOTES), role="note")

    def _content(self, content: Content, part: str, spot: Spot) -> None:
        if content.is_title:
            self._title("\n".join(text.text for text in content.texts), spot)
            return
        for text in content.texts:
            self._projection.paragraph(text.text, spot, role=text.role)
        for table in content.shape.element.iter(TABLE):
            self._tables[spot.page or 0] += 1
            area = f"表 {self._tables[spot.page or 0]}"
            write_table(table, Spot("slide", spot.page, area), self._projection)
        for graphic in content.shape.element.iter(f"{C}chart", f"{DGM}relIds"):
            relation = graphic.get(f"{R}id") or graphic.get(f"{R}dm", "")
            self._graphics.take(part, relation).write(self._projection, spot)

    def _title(self, title: str, spot: Spot) -> None:
        if spot.page == 1:
            self._projection.paragraph(title, spot, role="title")
        else:
            self._projection.paragraph(title, spot, role="heading", level=1)


def _title_first(contents: Sequence[Content]) -> list[Content]:
    """The shapes of a slide with its title in front; one that no placeholder holds is known by its print."""
    titles = [content for content in contents if content.shape.is_title and content.texts]
    if not titles:
        big = max(contents, key=_size, default=None)
        titles = [] if big is None or not _stands_out(big, contents) else [big]
    kept = {id(content) for content in titles}
    rest = (content for content in contents if id(content) not in kept)
    return [*(replace(content, is_title=True) for content in titles), *rest]


def _stands_out(content: Content, contents: Sequence[Content]) -> bool:
    """One short line that is no item, in print larger than any other's, or than usual if it is alone."""
    if len(content.texts) != 1 or content.texts[0].role == "item":
        return False
    others = (_size(other) for other in contents if other is not content)
    return len(content.texts[0].text) <= _LONGEST_TITLE and _size(content) > max(others, default=_USUAL_SIZE)


def _size(content: Content) -> int:
    return max((text.size or _USUAL_SIZE for text in content.texts), default=0)
