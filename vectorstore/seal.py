"""The state of a folder's files in one line, cheap to tell for any size.

Imports nothing of ours.
"""

import hashlib
from pathlib import Path

_EDGE = 8_192


def seal(folder: Path) -> str:
    """A digest of names, sizes, beginnings and ends of the files in a folder; empty files do not count.

    A file that was removed, cut short, put back as it once was or exchanged for another is told by it:
    what an index writes last stands at the end of its files, and what counts their changes at the
    beginning.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or not (size := path.stat().st_size):
            continue
        with path.open("rb") as file:
            head = file.read(_EDGE)
            file.seek(max(size - _EDGE, 0))
            tail = file.read(_EDGE)
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name} {size} {len(head)} {len(tail)}\n".encode())
        digest.update(head + tail)
    return digest.hexdigest()
