"""Names of files as they are kept and shown: readable, printable, and never steering anything.

Imports nothing of ours.
"""

import os
import re
import unicodedata
from pathlib import Path

# Between an archive and the name of what is in it: `/data/报表.zip!/一季度/总表.xlsx`.
INSIDE = "!/"
LONGEST_MEMBER = 1000

_HIDDEN_NAMES = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_DRIVE = re.compile(r"[A-Za-z]:")


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is none of the user's: hidden, a lock, a system's notes."""
    return name.startswith((".", "~$")) or name.lower() in _HIDDEN_NAMES


def source_of(path: Path) -> str:
    """The name a file is known by: its absolute path, links resolved, without what cannot be shown."""
    return printable(os.path.realpath(path))


def printable(name: str) -> str:
    """The name with every character that cannot be shown or stored written as an escape."""
    if name.isprintable():
        return name
    return "".join(_escape(sign) if unicodedata.category(sign) in _UNPRINTABLE else sign for sign in name)


def member_name(name: str) -> str:
    """The name of an archive's member as a relative path that leads nowhere but down."""
    parts = _DRIVE.sub("", name.replace("\\", "/"), count=1 if _DRIVE.match(name) else 0).split("/")
    cleaned = printable("/".join(part for part in parts if part.strip(". ")))
    return cleaned[-LONGEST_MEMBER:].lstrip("/") or "未命名"


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")
