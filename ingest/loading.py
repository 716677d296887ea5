"""Which file is read how: the table from suffix to loader.

May import the core. A loader's module is imported when the first file of its kind comes, for the
libraries that read office files take seconds to load.
"""

from collections.abc import Callable
from importlib import import_module

from ingest.loaded import Loaded
from ingest.sniffing import sniff
from rag.errors import UnreadableFile

Loader = Callable[[bytes, str], Loaded]

# Each module has one function `load(raw, source)`; it raises UnreadableFile, which names the source.
LOADERS = {
    ".txt": "ingest.formats.plain",
    ".text": "ingest.formats.plain",
    ".md": "ingest.formats.markdown",
    ".markdown": "ingest.formats.markdown",
    ".docx": "ingest.formats.word",
    ".docm": "ingest.formats.word",
    ".pptx": "ingest.formats.slides",
    ".pptm": "ingest.formats.slides",
    ".xlsx": "ingest.formats.sheets",
    ".xlsm": "ingest.formats.sheets",
    ".csv": "ingest.formats.delimited",
    ".tsv": "ingest.formats.delimited",
    ".pdf": "ingest.formats.pdf",
    ".png": "ingest.formats.pdf.images",
    ".jpg": "ingest.formats.pdf.images",
    ".jpeg": "ingest.formats.pdf.images",
    ".tif": "ingest.formats.pdf.images",
    ".tiff": "ingest.formats.pdf.images",
    ".bmp": "ingest.formats.pdf.images",
    ".html": "ingest.formats.html",
    ".htm": "ingest.formats.html",
    ".xhtml": "ingest.formats.html",
}


def load(raw: bytes, source: str) -> Loaded:
    """Read bytes as what they are, or else as the suffix of `source` says.

    Raises UnreadableFile, which names the suffixes known or what is wrong with the file.
    """
    suffix = sniff(raw, source)
    module = LOADERS.get(suffix)
    if module is None:
        raise UnreadableFile(f"{source!r} 的类型 {suffix!r} 暂不支持。可收入的类型：{'、'.join(LOADERS)}。")
    loader: Loader = import_module(module).load
    return loader(raw, source)
