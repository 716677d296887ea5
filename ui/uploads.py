"""What arrives in an upload: bytes of bounded size, and a name that is shown but never a path.

May import the errors of `rag` and the jobs.
"""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from rag.errors import InvalidRequest
from ui.jobs import Upload

LONGEST_NAME = 120
NAMELESS = "未命名"
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
    """An upload from what was sent, at its beginning. Raises FileTooLarge."""
    name = display_name(given_name)
    size = content.seek(0, 2)
    content.seek(0)
    if size > max_bytes:
        raise FileTooLarge(
            f"文件 {name!r} 有 {size} 字节，超过上限 {max_bytes} 字节。请拆分文件，或调大 RAG_FILE_BYTES。"
        )
    return Upload(name, content)
