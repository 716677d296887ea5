"""Which file is read how: the table from suffix to loader.

May import the core. A loader's module is imported when the first file of its kind comes, for the
libraries that read office files take seconds to load.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from ingest.loaded import Loaded
from rag.errors import UnreadableFile

Loader = Callable[[bytes, str], Loaded]

# Each module has one function `load(raw, source)`; it raises UnreadableFile, which names the source.
LOADERS = {
    ".txt": "ingest.formats.plain",
    ".text": "ingest.formats.plain",
    ".md": "ingest.formats.markdown",
    ".markdown": "ingest.formats.markdown",
}


def load(raw: bytes, source: str) -> Loaded:
    """Read bytes as the suffix of `source` says. Raises UnreadableFile naming the suffixes known."""
    suffix = PurePath(source).suffix.lower()
    module = LOADERS.get(suffix)
    if module is None:
        raise UnreadableFile(
            f"{source!r} 的类型 {suffix or '（无后缀）'!r} 暂不支持。可收入的类型：{'、'.join(LOADERS)}。"
        )
    loader: Loader = import_module(module).load
    return loader(raw, source)
