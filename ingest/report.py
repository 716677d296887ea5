"""What became of the files: one result each, the report of them all, and how far a run has come.

Imports nothing of ours.
"""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `reason` says why it failed, `document_id` what it is stored as.

    `path` is the source it is known by; `paragraphs` and `characters` count what was read out of it
    now, so they are 0 where nothing changed.
    """

    path: str
    outcome: Outcome
    document_id: str | None = None
    reason: str | None = None
    paragraphs: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file, in the order they were found; `stopped` before the end if asked to.

    `removed` are the sources that went because their files had.
    """

    results: tuple[FileResult, ...]
    seconds: float = 0.0
    stopped: bool = False
    removed: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many files ended so."""
        return sum(result.outcome == outcome for result in self.results)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """The files that could not be taken in, with their reasons."""
        return tuple(result for result in self.results if result.outcome == "failed")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: `done` of `total` files (members of archives join as they are found)."""

    done: int
    total: int
    paragraphs: int
    characters: int
    seconds: float

    @property
    def paragraphs_per_second(self) -> float:
        """Paragraphs read and stored in a second."""
        return self.paragraphs / self.seconds if self.seconds else 0.0

    @property
    def characters_per_second(self) -> float:
        """Characters read and stored in a second."""
        return self.characters / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time until the end if the rest goes like what is done; `None` before the first file."""
        return self.seconds * (self.total - self.done) / self.done if self.done else None
