"""`rag bench hostile`: files made to do harm, and what they do.

The command is in `command`; the other modules make the files.
"""

from ui.bench.hostile.command import run

__all__ = ["run"]
