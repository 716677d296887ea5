"""What a hostile file is: how it comes to be, and what may become of it.

Imports nothing of ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# Stands in a file beside the folder that is taken in, and must never be in the library.
SECRET = "绝密口令七三九一"

Fate = Literal["refused", "read", "either"]


@dataclass(frozen=True, slots=True)
class Trap:
    """Where what must not be reached is: a file outside of the folder, an address that nobody asks."""

    secret: Path
    address: str


@dataclass(frozen=True, slots=True)
class Specimen:
    """One hostile file: its name, what is bad about it, and how to make it.

    `make` writes it at a path; `slow` ones take long to make or to read, so that tests leave them out.
    """

    name: str
    malice: str
    make: Callable[[Path, Trap], None]
    fate: Fate = "either"
    slow: bool = False


def of_bytes(content: bytes | Callable[[], bytes]) -> Callable[[Path, Trap], None]:
    """A maker that writes bytes, made when they are wanted."""

    def make(path: Path, _trap: Trap) -> None:
        path.write_bytes(content if isinstance(content, bytes) else content())

    return make
