"""Reading print in an image: the OCR engine, one for each process, and the lines it finds.

May import the core. The engine is an optional package that takes seconds to load, so it is imported late.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from PIL import Image

from ingest.allowance import more_memory, more_time
from ingest.formats.pdf.lines import Line
from ingest.lines import ink_width
from rag.errors import UnreadableFile

# Longest side of an image that is read, in pixels: A4 at 200 dpi has 2,339; and the engine's own threads.
LONGEST_SIDE = 3500
_THREADS = 2
# What the engine takes, in bytes, on the largest image.
_MEMORY = 1000 * 2**20
# What the engine is less sure of is rather a blot than a character (0..1).
_LEAST_SCORE = 0.5
# From so many characters on, the em is told from a line's length; ems this near the usual one are it.
_LONG, _NEAR = 8, 0.14
# Ems: columns are so far apart, wherever the engine drew the boxes of lines, which reach over by no more.
_BETWEEN, _OVERREACH = 0.8, 1.2
# So many lines that begin within so many ems make a column.
_COLUMN, _SAME_START = 4, 0.5
# The engine leaves out the blank after a number that heads a line.
_NUMBERED = re.compile(r"^(第[零〇一二三四五六七八九十百千\d]{1,7}[编章节条])(?=[^\s的规至到和或款项、，。])")
MISSING = "没有安装文字识别。请运行 `pip install 'zhiyin[ocr]'` 后重新收入"


def is_installed() -> bool:
    """Whether the optional packages are there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_image(image: Image.Image, scale: float) -> tuple[Line, ...]:
    """The lines of print in an image, from top to bottom; their places are its pixels divided by `scale`.

    Raises UnreadableFile where the optional packages are missing or fail.
    """
    more_time()
    pixels = np.asarray(image.convert("RGB"))[:, :, ::-1]
    try:
        found = _engine()(pixels)
    except Exception as error:  # the engine's errors have no common base
        raise UnreadableFile(f"文字识别失败（{type(error).__name__}）。请换一份更清晰的扫描件。") from error
    if found.boxes is None or found.txts is None:
        return ()
    lines = [
        _line(np.asarray(box) / scale, text.strip())
        for box, text in zip(found.boxes, found.txts, strict=True)
        if text.strip()
    ]
    return tuple(sorted(_apart(_even(lines)), key=lambda line: (line.y, line.left)))


@cache
def _engine() -> Any:  # noqa: ANN401 - the optional package is not there to name its types
    """The engine with the models in its package; nothing is ever fetched."""
    more_memory(_MEMORY)
    from rapidocr import RapidOCR  # noqa: PLC0415 - optional and slow to load

    models = Path(str(find_spec("rapidocr").origin)).parent / "models"  # type: ignore[union-attr]
    paths = {
        part: next(models.glob(f"*_{part.lower()}_*.onnx"), models / f"{part}.onnx")
        for part in ("Det", "Cls", "Rec")
    }
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": _LEAST_SCORE,
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            **{f"{part}.model_path": str(path) for part, path in paths.items()},
        }
    )


def _line(box: "np.ndarray[Any, Any]", text: str) -> Line:
    left, right = float(box[[0, 3], 0].mean()), float(box[[1, 2], 0].mean())
    top, bottom = float(box[[0, 1], 1].mean()), float(box[[2, 3], 1].mean())
    width = ink_width(text)
    size = (right - left) / width if width >= _LONG else bottom - top
    size = max(1.0, min(size, bottom - top))
    text = _NUMBERED.sub(r"\1 ", text)
    return Line(text, left, right, (top + bottom) / 2 + 0.38 * size, round(size, 1), exact=False)


def _even(lines: list[Line]) -> list[Line]:
    """Lines whose measured ems differ by no more than measuring does are set alike."""
    if not lines:
        return lines
    usual = round(median(line.size for line in lines), 1)
    return [replace(line, size=usual) if abs(line.size - usual) <= _NEAR * usual else line for line in lines]


def _apart(lines: list[Line]) -> list[Line]:
    """Lines whose boxes do not reach into the next column."""
    starts = [line.left for line in lines if _shares_start(line, lines)]
    return [replace(line, right=min([line.right, *_limits(line, starts)])) for line in lines]


def _shares_start(line: Line, lines: list[Line]) -> bool:
    """Whether a column begins where the line does: others begin there too."""
    return sum(abs(line.left - other.left) <= _SAME_START * line.size for other in lines) >= _COLUMN


def _limits(line: Line, starts: list[float]) -> Iterator[float]:
    """How far a line may reach that ends near the start of the next column; one well beyond runs across."""
    for start in starts:
        reaches = start - _BETWEEN * line.size < line.right <= start + _OVERREACH * line.size
        if reaches and line.left < start - _LONG * line.size:
            yield start - _BETWEEN * line.size
