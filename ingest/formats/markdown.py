"""Markdown: lines whose marks mean something, and the rows of its tables.

May import the core.
"""

from ingest.decode import decode
from ingest.formats.piped import write_rows
from ingest.loaded import Loaded


def load(raw: bytes, source: str) -> Loaded:
    """Read a Markdown file of any charset. Raises UnreadableFile."""
    text, rows = write_rows(decode(raw, source))
    return Loaded(text, "text/markdown", markdown=True, rows=rows)
