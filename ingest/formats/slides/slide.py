"""One slide after another into one text: titles, paragraphs, tables, charts, and the speaker's notes.

May import the core.
"""

from collections import Counter

from ingest.formats.graphics import Graphics
from ingest.formats.package import Package
from ingest.formats.projection import Projection, Spot
from ingest.formats.slides.names import DGM, TABLE, C, P, R
from ingest.formats.slides.paragraphs import read_texts
from ingest.formats.slides.shapes import Shape, ShapeReader
from ingest.formats.slides.tables import write_table

_NOTES = "备注"


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
        for shape in self._shapes.read(part, root):
            self._shape(shape, part, Spot("slide", page))
        notes = self._package.related(part, "notesSlide")
        root = None if notes is None else self._package.xml(notes)
        if notes is not None and root is not None:
            for shape in self._shapes.read(notes, root):
                for text in read_texts(shape.element.find(f"{P}txBody")):
                    self._projection.paragraph(text.text, Spot("slide", page, _NOTES), role="note")

    def _shape(self, shape: Shape, part: str, spot: Spot) -> None:
        texts = read_texts(shape.element.find(f"{P}txBody"))
        if shape.is_title:
            self._title("\n".join(text.text for text in texts), spot)
            return
        for text in texts:
            self._projection.paragraph(text.text, spot, role=text.role)
        for table in shape.element.iter(TABLE):
            self._tables[spot.page or 0] += 1
            area = f"表 {self._tables[spot.page or 0]}"
            write_table(table, Spot("slide", spot.page, area), self._projection)
        for graphic in shape.element.iter(f"{C}chart", f"{DGM}relIds"):
            relation = graphic.get(f"{R}id") or graphic.get(f"{R}dm", "")
            self._graphics.take(part, relation).write(self._projection, spot)

    def _title(self, title: str, spot: Spot) -> None:
        if spot.page == 1:
            self._projection.paragraph(title, spot, role="title")
        else:
            self._projection.paragraph(title, spot, role="heading", level=1)
