"""Bytes to text: byte order marks, UTF-8, UTF-16, GB18030, BIG5; refuses what is not text.

May import the core.
"""

import codecs
import re
import string
from functools import cache

from charset_normalizer import from_bytes

from rag.errors import UnreadableFile

# Longest mark first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs")
# Characters judged when choosing between charsets; more would not change the verdict.
_SAMPLE = 20_000
# Share of unreadable characters that still counts as a damaged text rather than another charset.
_DAMAGE = 0.001
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_CONTROL_SHARE = 0.005
_PLAIN = frozenset(string.printable)
_FAMILIAR_SHARE = 0.7


def decode(raw: bytes, source: str) -> str:
    """The text of a file. Raises UnreadableFile, which names `source`, for bytes that are no text."""
    text = _marked(raw, source)
    if text is None:
        text = _strict(raw, "utf-8")
    if text is None or "\0" in text:
        text = _unmarked_utf16(raw) or text or _chinese(raw) or _guessed(raw)
    if text is None or not _is_text(text):
        raise UnreadableFile(
            f"{source!r} 不是文本文件，或编码无法识别。请另存为 UTF-8 编码的 .txt 或 .md 再收入。"
        )
    if not text.strip():
        raise UnreadableFile(f"{source!r} 是空文件，没有可收入的文字。请检查文件内容后重试。")
    return text


def _marked(raw: bytes, source: str) -> str | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableFile(
                    f"{source!r} 带有 {encoding} 标记，却不是完好的 {encoding} 文本"
                    f"（第 {error.start} 字节起）。"
                    "请用编辑器另存为 UTF-8 再收入。"
                ) from error
    return None


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 without its mark, known by the zero bytes of its ASCII characters."""
    if b"\0" not in raw or len(raw) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(raw, encoding)
        if text is not None and _familiar(text[:_SAMPLE]) >= _FAMILIAR_SHARE:
            return text
    return None


def _familiar(sample: str) -> float:
    """Share of characters that everyday text is made of; pairs of Latin bytes make rare ideographs."""
    common = frozenset().union(*map(_common_characters, _CHINESE))
    return sum(character in common or character in _PLAIN for character in sample) / max(1, len(sample))


def _chinese(raw: bytes) -> str | None:
    """The likelier of GB18030 and BIG5: each is judged by its own most common characters."""
    readings = []
    for encoding in _CHINESE:
        text = raw.decode(encoding, errors="replace")
        if text.count("\ufffd") <= _DAMAGE * len(text) + 1:
            readings.append((_commonness(text[:_SAMPLE], encoding), text))
    damaged = raw.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= _DAMAGE * len(damaged):
        return damaged
    best = max(readings, key=lambda reading: reading[0], default=(0.0, None))
    return best[1] if best[0] >= _FAMILIAR_SHARE else None


def _commonness(sample: str, encoding: str) -> float:
    wide = [character for character in sample if character > "\x7f"]
    common = _common_characters(encoding)
    return sum(character in common for character in wide) / max(1, len(wide))


@cache
def _common_characters(encoding: str) -> frozenset[str]:
    """First-level characters and punctuation of a charset, where nearly all running text lies."""
    if encoding == "gb18030":
        leads, trails = (*range(0xA1, 0xA4), *range(0xB0, 0xD8)), tuple(range(0xA1, 0xFF))
    else:
        leads, trails = tuple(range(0xA1, 0xC7)), (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset(pair.decode(encoding, errors="ignore") for pair in pairs)


def _guessed(raw: bytes) -> str | None:
    best = from_bytes(raw[: _SAMPLE * 2]).best()
    return _strict(raw, best.encoding) if best else None


def _is_text(text: str) -> bool:
    if "\0" in text:
        return False
    return len(_CONTROL.findall(text)) <= _CONTROL_SHARE * len(text)
