"""`rag bench model`: a language model that lies, breaks off and falls silent, and documents that give orders.

The command is in `command`; the other modules play the model and write the documents.
"""

from ui.bench.model.command import run

__all__ = ["run"]
