"""The frame of a page: from PDF's own coordinates to the page as it is read, and to shares of it.

Imports nothing of ours but the records.
"""

from dataclasses import dataclass

from rag.datatypes import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page lies.

    `left, bottom, right, top` is its visible box in PDF units (points, origin below), `shown` the
    quarter turns clockwise at which it is displayed, `turned` those by which the print on the
    displayed page must be turned back to be read. The reading frame has its origin at the top left.
    """

    left: float
    bottom: float
    right: float
    top: float
    shown: int = 0
    turned: int = 0

    @property
    def width(self) -> float:
        """Of the page as read, in points."""
        across = (self.shown + self.turned) % 2
        return self.top - self.bottom if across else self.right - self.left

    @property
    def height(self) -> float:
        """Of the page as read, in points."""
        across = (self.shown + self.turned) % 2
        return self.right - self.left if across else self.top - self.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF in the reading frame."""
        turns = (self.shown + self.turned) % 4
        if turns == 0:
            return x - self.left, self.top - y
        if turns == 1:
            return y - self.bottom, x - self.left
        if turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def share(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A rectangle of the reading frame as shares of the displayed page."""
        width, height = max(self.width, 1e-6), max(self.height, 1e-6)
        x0, x1 = _bound(left / width), _bound(right / width)
        y0, y1 = _bound(top / height), _bound(bottom / height)
        if self.turned == 0:
            return Box(x0, y0, x1, y1)
        if self.turned == 1:
            return Box(y0, 1 - x1, y1, 1 - x0)
        if self.turned == 2:
            return Box(1 - x1, 1 - y1, 1 - x0, 1 - y0)
        return Box(1 - y1, x0, 1 - y0, x1)


def _bound(share: float) -> float:
    return min(1.0, max(0.0, share))
