"""Plain text: lines as somebody's program broke them.

May import the core.
"""

from ingest.decode import decode
from ingest.loaded import Loaded


def load(raw: bytes, source: str) -> Loaded:
    """Read a text file of any charset. Raises UnreadableFile."""
    return Loaded(decode(raw, source), "text/plain")
