"""Pictures of the pages of documents: drawn in a process of their own, kept in memory within a bound.

May import the errors and settings of `rag` and the ways ingest draws pages.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Generic, Protocol, TypeVar

from ingest.formats.pdf.images import picture_sizes, render_picture
from ingest.formats.pdf.render import page_sizes, render_page
from ingest.isolation import Isolated
from rag.errors import InvalidRequest, UnreadableFile

K = TypeVar("K")
V = TypeVar("V")
Size = tuple[float, float]
Raw = Callable[[], bytes]

# Widths that are drawn: what is asked for becomes the next of these, so that few are kept.
WIDTHS = (400, 800, 1200, 1600, 2000)
# A page that takes longer or more is shown as text alone.
SECONDS, MEMORY = 20.0, 768 * 1024 * 1024
_KEPT_BYTES = 64 * 1024 * 1024
_KEPT_DOCUMENTS = 256


class Draw(Protocol):
    """Draws one page of a file (from 1) as PNG."""

    def __call__(self, raw: bytes, page: int, /, *, width: int) -> bytes:
        """The page, `width` pixels wide or as near as bounds allow."""
        ...


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the pages of one kind of file are measured and drawn; both are run in another process."""

    sizes: Callable[[bytes], list[Size]]
    draw: Draw


_PRINT, _IMAGE = Drawing(page_sizes, render_page), Drawing(picture_sizes, render_picture)
_DRAWN = {
    "application/pdf": _PRINT,
    "image/png": _IMAGE,
    "image/jpeg": _IMAGE,
    "image/tiff": _IMAGE,
    "image/bmp": _IMAGE,
}


class NoPicture(InvalidRequest):
    """A document has no pages that could be drawn, or not this one."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file whose pages are wanted; `raw` reads its bytes, which is done only when needed."""

    document_id: str
    media_type: str
    raw: Raw


class Pictures:
    """Draws pages; any thread may ask. No process is started before the first page is wanted."""

    def __init__(self, *, most_bytes: int = _KEPT_BYTES) -> None:
        """`most_bytes` bounds the pictures kept in memory."""
        self._isolated = Isolated(seconds=SECONDS, memory=MEMORY)
        self._pictures = _Kept[tuple[str, int, int], bytes](most_bytes, weight=len)
        self._sizes = _Kept[str, Sequence[Size]](_KEPT_DOCUMENTS, weight=lambda _sizes: 1)

    def sizes(self, original: Original) -> Sequence[Size]:
        """Width and height of each page in points; none if the file has no pages or they cannot be read."""
        drawing = _DRAWN.get(original.media_type)
        if drawing is None:
            return ()
        known = self._sizes.get(original.document_id)
        if known is None:
            known = self._measure(drawing, original)
            # What failed may have failed because the machine was busy.
            if known:
                self._sizes.put(original.document_id, known)
        return known

    def picture(self, original: Original, page: int, width: int) -> bytes:
        """A page (from 1) as PNG, at least so many pixels wide where bounds allow. Raises NoPicture."""
        count = len(self.sizes(original))
        if not 1 <= page <= count:
            raise NoPicture(f"这份文件没有第 {page} 页的页面图（可显示的共 {count} 页）。")
        drawn = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
        key = (original.document_id, page, drawn)
        known = self._pictures.get(key)
        if known is None:
            known = self._draw(original, page, drawn)
            self._pictures.put(key, known)
        return known

    def close(self) -> None:
        """End the process that draws."""
        self._isolated.close()

    def _measure(self, drawing: Drawing, original: Original) -> Sequence[Size]:
        try:
            return tuple(self._isolated.run(drawing.sizes, original.raw(), source=original.document_id))
        except UnreadableFile:
            return ()

    def _draw(self, original: Original, page: int, width: int) -> bytes:
        try:
            draw = partial(_DRAWN[original.media_type].draw, width=width)
            return self._isolated.run(draw, original.raw(), page, source=original.document_id)
        except UnreadableFile as error:
            raise NoPicture(f"第 {page} 页画不出来，请下载原文件查看。") from error


class _Kept(Generic[K, V]):
    """Values by key; beyond the bound, those not asked for longest go."""

    def __init__(self, most: int, *, weight: Callable[[V], int]) -> None:
        self._most = most
        self._weight = weight
        self._total = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            if key not in self._values:
                self._total += self._weight(value)
                self._values[key] = value
            while self._total > self._most:
                _, old = self._values.popitem(last=False)
                self._total -= self._weight(old)
