"""What arrives in an upload: bytes of bounded size, and a name that is shown but never a path.

May import the errors of `rag` and ingest's way of naming a document.
"""

import re
import shutil
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from ingest.pipeline import document_id
from rag.errors import InvalidRequest
from ui.jobs import Upload

LONGEST_NAME = 120
NAMELESS = "未命名"
_IN_MEMORY = 1024 * 1024
# What could steer a terminal, reverse a line of text or mean something to a file system.
_UNSHOWN = re.compile(r'[\\/:*?"<>|]')
_UNSHOWN_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")


class FileTooLarge(InvalidRequest):
    """An uploaded file has more bytes than the settings allow."""


def display_name(given: str | None) -> str:
    """The last part of a sent file name, without what must not be shown; its suffix is kept."""
    last = PurePosixPath(PureWindowsPath(given or "").as_posix()).name
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSHOWN_CATEGORIES)
    shown = _UNSHOWN.sub("", shown).strip(" .")
    if len(shown) > LONGEST_NAME:
        suffix = PurePosixPath(shown).suffix[:10]
        shown = shown[: LONGEST_NAME - len(suffix)] + suffix
    return shown or NAMELESS


def receive(content: BinaryIO, given_name: str | None, *, max_bytes: int) -> Upload:
    """Keep an upload beyond its request, spooled to disk when large. Raises FileTooLarge."""
    name = display_name(given_name)
    size = content.seek(0, 2)
    content.seek(0)
    if size > max_bytes:
        raise FileTooLarge(
            f"文件 {name!r} 有 {size} 字节，超过上限 {max_bytes} 字节。请拆分文件，或调大 RAG_FILE_BYTES。"
        )
    # The queue closes it once the file is stored.
    kept = cast("BinaryIO", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    shutil.copyfileobj(content, kept)
    kept.seek(0)
    identity = document_id(kept.read())
    kept.seek(0)
    return Upload(filename=name, document_id=identity, content=kept)
