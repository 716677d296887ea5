"""The characters of a page's text layer, each with its place, size and font.

Imports nothing of ours but the frame of the page.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw_api

from ingest.formats.pdf.frame import Frame

# The densest newspaper page has about 20,000 characters.
MOST_GLYPHS = 100_000
_MOST_CLIP_SEGMENTS = 1000
# Ems in points, whatever a file claims; print that leans by less than this share of a right angle.
_SMALLEST, _LARGEST, _UPRIGHT = 0.5, 2000.0, 0.02
# What stands for nothing: no character at all, or one no font could name.
_NOTHING = frozenset("\x00\ufffe\uffff\ufeff\u200b\u200c\u200d\u2060")
_SOFT_HYPHENS = {"\x02": "\u00ad", "\u00ad": "\u00ad"}
# Radicals that fonts name in place of the characters they look like, beyond those Unicode itself maps.
_RADICALS = dict(
    zip(
        "⺠⻓⻔⻅⻋⻉⻘⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻚⻙⻆⻄⻄",
        "民长门见车贝青风飞食马骨鬼鱼鸟麦黄齐齿龙龟页韦角西西",
        strict=True,
    )
)
# Bullets of the symbol fonts, which have private code points.
_SYMBOLS = {"\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a7": "▪"}
_HEAVY = ("bold", "black", "heavy", "simhei", "heiti", "xiaobiaosong", "xbs", "fzht", "stxihei")
_HEAVY_WEIGHT = 600


class Font(NamedTuple):
    """How a run of characters is set: a name (or what tells its font from others on the page), weight."""

    name: str
    bold: bool


class Glyph(NamedTuple):
    """A character in the reading frame: points, from the top left; `y` is its baseline, `size` its em."""

    text: str
    left: float
    right: float
    y: float
    size: float
    font: Font


class _Run(NamedTuple):
    """What the characters of one text object have in common; `turns` is None for slanting print.

    `clip` is the box in which they show: left, bottom, right, top.
    """

    size: float
    turns: int | None
    font: Font
    clip: tuple[float, float, float, float]


class TextLayer(NamedTuple):
    """The glyphs of a page in the order they were drawn, print that runs another way, and the frame.

    `unnamed` counts glyphs for which the file gives no character.
    """

    frame: Frame
    glyphs: list[Glyph]
    askew: str
    unnamed: int


def read_glyphs(text_page: pdfium.PdfTextPage, frame: Frame) -> TextLayer:
    """Read a page's text layer, its print turned upright; no more than MOST_GLYPHS characters of it."""
    reader = _Reader(text_page, frame)
    drawn = list(reader.drawn())
    turned = _turned([each.run for each in drawn], frame.shown)
    upright = (frame.shown + turned) % 4
    frame = replace(frame, turned=turned)
    glyphs = [reader.glyph(each, frame) for each in drawn if each.run.turns == upright]
    askew = "".join(each.text for each in drawn if each.run.turns != upright)
    return TextLayer(frame, glyphs, " ".join(askew.split()), reader.unnamed)


class _Drawn(NamedTuple):
    """A character as PDFium has it: its number on the page, its origin in the PDF's own units."""

    text: str
    number: int
    x: float
    y: float
    run: _Run


class _Reader:
    """Reads the characters of one page; what text objects and fonts have in common is read once."""

    def __init__(self, text_page: pdfium.PdfTextPage, frame: Frame) -> None:
        self._page = text_page
        self._visible = (frame.left, frame.bottom, frame.right, frame.top)
        self._runs: dict[int | None, _Run] = {}
        self._fonts: dict[int | None, Font] = {}
        self.unnamed = 0

    def drawn(self) -> Iterator[_Drawn]:
        """The characters that can be seen, in the order they were drawn."""
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(min(self._page.count_chars(), MOST_GLYPHS)):
            if raw_api.FPDFText_IsGenerated(self._page, index) == 1:
                continue
            text = _clean(raw_api.FPDFText_GetUnicode(self._page, index))
            self.unnamed += text in ("", "\ufffd")
            if text:
                run = self._run(index)
                raw_api.FPDFText_GetCharOrigin(self._page, index, x, y)
                if _shows(x.value, y.value, run):
                    yield _Drawn(text, index, x.value, y.value, run)

    def glyph(self, drawn: _Drawn, frame: Frame) -> Glyph:
        """A character in the reading frame."""
        text, number, x, y, run = drawn
        box = raw_api.FS_RECTF()
        raw_api.FPDFText_GetLooseCharBox(self._page, number, box)
        left, baseline = frame.place(x, y)
        ends = (frame.place(box.left, box.bottom)[0], frame.place(box.right, box.top)[0])
        # The boxes of some fonts hold the ink alone; a full-width character fills its em.
        right = left + run.size if is_ideograph(text) else max(*ends, left)
        return Glyph(text, left, right, baseline, run.size, run.font)

    def _run(self, index: int) -> _Run:
        text_object = raw_api.FPDFText_GetTextObject(self._page, index)
        key = ctypes.cast(text_object, ctypes.c_void_p).value
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._read_run(index, text_object if key else None)
        return run

    def _read_run(self, index: int, text_object: object) -> _Run:
        matrix = raw_api.FS_MATRIX()
        raw_api.FPDFText_GetMatrix(self._page, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = abs(raw_api.FPDFText_GetFontSize(self._page, index)) * scale
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
        turns = round(angle) % 4 if abs(angle - round(angle)) < _UPRIGHT else None
        font = self._font(index, text_object)
        return _Run(min(max(size, _SMALLEST), _LARGEST), turns, font, _clip(text_object, self._visible))

    def _font(self, index: int, text_object: object) -> Font:
        handle = raw_api.FPDFTextObj_GetFont(text_object) if text_object else None
        key = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if key not in self._fonts:
            weight = raw_api.FPDFText_GetFontWeight(self._page, index)
            self._fonts[key] = _read_font(handle, key, weight) if key else Font("", bold=False)
        return self._fonts[key]


def _shows(x: float, y: float, run: _Run) -> bool:
    """Whether a character stands where its page, or what clips it, lets it be seen."""
    left, bottom, right, top = run.clip
    return left - run.size <= x <= right + run.size and bottom - run.size <= y <= top + run.size


def _read_font(handle: object, key: int, weight: int) -> Font:
    buffer = ctypes.create_string_buffer(128)
    raw_api.FPDFFont_GetBaseFontName(handle, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace").split("+")[-1]
    bold = weight >= _HEAVY_WEIGHT or any(word in name.lower() for word in _HEAVY)
    return Font(name or f"#{key}", bold)


def _clean(code: int) -> str:
    """The character, or what it stands for; empty for none."""
    if code == 0 or code > 0x10FFFF:
        return ""
    text = chr(code)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if text in _NOTHING:
        return ""
    if text in _SOFT_HYPHENS:
        return "\u00ad"
    if code < 0x20 or text == "\xa0":
        return " "
    if 0xFB00 <= code <= 0xFB06 or 0x2F00 <= code <= 0x2FDF:
        return unicodedata.normalize("NFKC", text)
    return _RADICALS.get(text) or _SYMBOLS.get(text, text)


def _clip(text_object: object, clip: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The part of a box that a text object's clip paths leave."""
    paths = raw_api.FPDFPageObj_GetClipPath(text_object) if text_object else None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, raw_api.FPDFClipPath_CountPaths(paths)) if paths else 0):
        xs, ys = [], []
        for index in range(min(raw_api.FPDFClipPath_CountPathSegments(paths, path), _MOST_CLIP_SEGMENTS)):
            segment = raw_api.FPDFClipPath_GetPathSegment(paths, path, index)
            if raw_api.FPDFPathSegment_GetPoint(segment, x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            clip = max(clip[0], min(xs)), max(clip[1], min(ys)), min(clip[2], max(xs)), min(clip[3], max(ys))
    return clip


def _turned(runs: list[_Run], shown: int) -> int:
    """The quarter turns by which most of the print is to be turned back on the displayed page."""
    turns = Counter(run.turns for run in runs if run.turns is not None)
    return (turns.most_common(1)[0][0] - shown) % 4 if turns else 0


def is_ideograph(text: str) -> bool:
    """Whether a character is a Chinese one (not punctuation)."""
    return "\u3400" <= text[0] <= "\u9fff" or "\uf900" <= text[0] <= "\ufaff" or text[0] >= "\U00020000"
