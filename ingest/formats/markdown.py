"""Markdown: lines whose marks mean something.

May import the core.
"""

from ingest.decode import decode
from ingest.loaded import Loaded


def load(raw: bytes, source: str) -> Loaded:
    """Read a Markdown file of any charset. Raises UnreadableFile."""
    return Loaded(decode(raw, source), "text/markdown", markdown=True)
