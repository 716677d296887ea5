"""`rag bench formats`: how exactly the text of files of every format is read, made by real programs.

May import the rest of `ui`, ingest and the evaluation.
"""

from ui.bench.formats.command import run

__all__ = ["run"]
