"""`rag bench growth`: what a library of a thousand to a million paragraphs costs to build and to ask.

May import the rest of `ui`, ingest and the evaluation.
"""

from ui.bench.growth.command import run

__all__ = ["run"]
