"""Which file is read how: the table from suffix to loader.

May import the core.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from ingest.decode import decode
from rag.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text as decoded, and whether Markdown marks mean something in it."""

    text: str
    media_type: str
    markdown: bool


Loader = Callable[[bytes, str], Loaded]


def _load_plain(raw: bytes, source: str) -> Loaded:
    return Loaded(decode(raw, source), "text/plain", markdown=False)


def _load_markdown(raw: bytes, source: str) -> Loaded:
    return Loaded(decode(raw, source), "text/markdown", markdown=True)


LOADERS: dict[str, Loader] = {
    ".txt": _load_plain,
    ".text": _load_plain,
    ".md": _load_markdown,
    ".markdown": _load_markdown,
}


def load(raw: bytes, source: str) -> Loaded:
    """Read bytes as the suffix of `source` says. Raises UnreadableFile naming the suffixes known."""
    suffix = PurePath(source).suffix.lower()
    loader = LOADERS.get(suffix)
    if loader is None:
        raise UnreadableFile(
            f"{source!r} 的类型 {suffix or '（无后缀）'!r} 暂不支持。可收入的类型：{'、'.join(LOADERS)}。"
        )
    return loader(raw, source)
