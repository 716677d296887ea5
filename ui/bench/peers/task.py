"""What a runner is asked on its standard input and answers on its standard output: one JSON object each.

Imports the standard library alone: both sides read it, each in an environment of its own.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Self

# Passages asked for with each question.
LIMIT = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph as everyone gets it; `document` is the number of the text that it stands in."""

    document: int
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """Build an index of the passages in a folder, then ask the questions one after another.

    `model` names an embedding model (a folder, to a peer), empty for the one it would have; `chinese` asks
    for the words of Chinese where a peer's defaults know none.
    """

    peer: str
    model: str
    chinese: bool
    folder: str
    passages: tuple[Passage, ...]
    questions: tuple[str, ...]

    def to_json(self) -> str:
        """As one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote."""
        values = json.loads(text)
        values["passages"] = tuple(Passage(**each) for each in values["passages"])
        values["questions"] = tuple(values["questions"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: for each question the numbers of the passages found, best first, from 0.

    Seconds until the model was loaded, to build, and of processor time to build; `query_s` per question,
    `query_cpu_s` of processor time for all of them.
    If it failed, `failed` says why and the rest is empty.
    """

    start_s: float = 0.0
    ingest_s: float = 0.0
    cpu_s: float = 0.0
    query_s: tuple[float, ...] = ()
    query_cpu_s: float = 0.0
    found: tuple[tuple[int, ...], ...] = ()
    failed: str = ""

    def to_json(self) -> str:
        """As one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote."""
        values = json.loads(text)
        values["query_s"] = tuple(values["query_s"])
        values["found"] = tuple(map(tuple, values["found"]))
        return cls(**values)


def distinct(numbers: Iterable[int]) -> Iterator[int]:
    """Each number once, where it comes first: several chunks of a passage count as the best of them."""
    yield from dict.fromkeys(numbers)
