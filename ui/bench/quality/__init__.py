"""`rag bench quality`: how well paragraphs are found, in small libraries, in a haystack, by careless typing.

May import the rest of `ui`, the evaluation and the settings.
"""

from ui.bench.quality.command import run

__all__ = ["run"]
