"""What is on the disk itself, so that a power cut does not lose it.

Imports nothing of ours.
"""

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Have a file's bytes, or a folder's list of names, on the disk itself. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
