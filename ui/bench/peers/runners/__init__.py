"""One module per system, each with a function `load` that gives a `Peer`; `__main__` puts them to the test.

Each may import its own packages, the task, and the standard library; `ours` imports the composition root.
"""

from collections.abc import Sequence
from typing import Protocol

from ui.bench.peers.task import Passage


class Peer(Protocol):
    """A system with its model loaded and its index yet to be built."""

    def build(self, passages: Sequence[Passage]) -> None:
        """Index the passages until every one of them can be found."""
        ...

    def search(self, question: str) -> list[int]:
        """The numbers of the passages found, best first; one may come more than once."""
        ...
