"""Citation markers in answer text: `[n]` is a handle issued for this request, 1..count.

May import the numerals.
"""

import re
from collections.abc import Mapping

from rag.language.numerals import YEAR

# A half marker longer than this never was one; it bounds what a stream holds back.
LONGEST_MARKER = 48

_OPENERS = "[［【"
_CLOSERS = "]］】"
_SEPARATORS = ",，、;；/|&+和及与 \t\u00a0\u3000"
_RANGES = "-–—‑−~～至到"
_LABELS = "来源段落资料文献引用参考证据"
_SIGNS = "^#*?？:：.†\\"
_ECHO = "nN"  # a model that repeats its instruction writes "[n]"
_DAGGER = "†"  # 【1†source】: what follows the dagger is decoration
_MARKER = re.compile(r"\[([0-9]+)\]")
_PART = re.compile(rf"[{_SEPARATORS}{re.escape(_OPENERS + _CLOSERS)}]+")
_RANGE = re.compile(rf"(\d+)[{_RANGES}]+(\d+)")


def clean(text: str, count: int) -> str:
    """The text with every spelling of a marker turned into `[n]` and unknown ones dropped.

    `【1】`, `［１］`, `[[1]]`, `[^1]`, `[来源1]` become `[1]`; `[1, 2]` and `[1-2]` become `[1][2]`.
    Zero, out-of-range and non-numeric handles and a half marker at the end vanish; brackets around
    words stay. A lone year is text, as in document numbers: `[2024]3号` becomes `〔2024〕3号`.
    """
    stream = MarkerStream(count)
    return stream.feed(text) + stream.flush()


def used(text: str) -> tuple[int, ...]:
    """Handles of a cleaned text in order of first appearance."""
    return tuple(dict.fromkeys(int(handle) for handle in _MARKER.findall(text)))


def strip(text: str) -> str:
    """A cleaned text without its markers."""
    return _MARKER.sub("", text)


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """A cleaned text whose handles are other ones; `numbers` must hold every handle of it."""
    return _MARKER.sub(lambda match: f"[{numbers[int(match[1])]}]", text)


def literal(text: str) -> str:
    """Foreign text (a source's own `[7]`, a reader's question) made safe to stand in an answer: `［7］`."""
    return _MARKER.sub(r"［\1］", text)


class MarkerStream:
    """Cleans markers in text that arrives in pieces; any split gives what `clean` gives the whole.

    At most `LONGEST_MARKER` characters are held back, while they may still become a marker.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._held = ""
        self._shown: set[int] = set()

    def feed(self, piece: str) -> str:
        """Take the next piece; returns what is now safe to show."""
        return "".join(self._take(character) for character in piece)

    def flush(self) -> str:
        """The text is over: what is still held back is either text or dropped as half a marker."""
        out = ""
        while self._held:
            if _is_marker(self._held):
                self._held = ""
            else:
                out += self._release()
        return out

    def _take(self, character: str) -> str:
        if not self._held and character not in _OPENERS:
            self._shown.clear()
            return character
        self._held += character
        if not _possible(self._held):
            return self._release()
        if not _balanced(self._held):
            return self._drop_openers() if len(self._held) > LONGEST_MARKER else ""
        if not _is_marker(self._held):
            return self._release()
        group, self._held = self._held, ""
        return self._render(group)

    def _release(self) -> str:
        """The held opener was text: show it and read what followed it afresh."""
        opener, rest, self._held = self._held[0], self._held[1:], ""
        self._shown.clear()
        return opener + self.feed(rest)

    def _drop_openers(self) -> str:
        """Too long for a marker. Showing the openers could make one with what is shown later."""
        rest, self._held = self._held.lstrip(_OPENERS), ""
        return self.feed(rest)

    def _render(self, group: str) -> str:
        if YEAR.fullmatch(_ascii(group[1:-1])) and int(group[1:-1]) > self._count:
            self._shown.clear()
            return f"〔{_ascii(group[1:-1])}〕"
        fresh = [handle for handle in _handles(group, self._count) if handle not in self._shown]
        self._shown.update(fresh)
        return "".join(f"[{handle}]" for handle in fresh)


def _ascii(text: str) -> str:
    return "".join(str(int(character)) if character.isdecimal() else character for character in text)


_ALPHABET = frozenset(_OPENERS + _CLOSERS + _SEPARATORS + _RANGES + _LABELS + _SIGNS + _ECHO)


def _possible(held: str) -> bool:
    """Whether the last character may stand in a marker; after a dagger any may, up to the closer."""
    last = held[-1]
    if last in _ALPHABET or last.isdecimal():
        return True
    decorated = held.rfind(_DAGGER) > max(held.rfind(bracket) for bracket in _OPENERS + _CLOSERS)
    return decorated and last.isprintable()


def _balanced(held: str) -> bool:
    opened = sum(held.count(bracket) for bracket in _OPENERS)
    return opened <= sum(held.count(bracket) for bracket in _CLOSERS)


def _is_marker(group: str) -> bool:
    """Whether a bracketed group is a marker rather than words: it has digits, or no letters but `n`."""
    content = "".join(character for character in group if character not in _OPENERS + _CLOSERS)
    if any(character.isdecimal() for character in content):
        return True
    return content.strip() in ("", "n", "N") or not any(character.isalpha() for character in content)


def _handles(group: str, count: int) -> list[int]:
    """Handles 1..count named by a group, each once, in order."""
    found: dict[int, None] = {}
    for part in _PART.split(group):
        bare = part.partition(_DAGGER)[0].strip(_LABELS + _SIGNS)
        if (span := _RANGE.fullmatch(bare)) is not None:
            first, last = max(int(span[1]), 1), min(int(span[2]), count)
            found.update(dict.fromkeys(range(first, last + 1)))
        elif bare.isdecimal() and 1 <= int(bare) <= count:
            found[int(bare)] = None
    return list(found)
