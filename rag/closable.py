"""What holds on to processes, files or threads until it is closed, for use with `with`.

Imports nothing of ours.
"""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closable(ABC):
    """Used with `with`, it is closed at the end, whatever happened in between."""

    __slots__ = ()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held; closing twice does nothing more."""

    def __enter__(self) -> Self:
        """The thing itself, open since it was made."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; an error goes on its way."""
        self.close()
