"""Figures that benchmarks leave for one another and for the plots: JSON lines, one record per line.

May import the errors of `rag`. MB are 1,000,000 bytes; processor time says more than wall time on a
machine that others use too.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from rag.errors import UnreadableFile

FOLDER = Path("docs/figures")
SYSTEMS = "systems.jsonl"
BUILDS = "builds.jsonl"
OPENINGS = "openings.jsonl"
GROWTH = "growth.jsonl"

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class System:
    """How one system does on one set: ours under one setting, or a peer.

    Recalls are shares (0..1), times milliseconds per query and seconds for the whole set; memory is the
    most that the process and its children took. None: not measured.
    """

    name: str
    set: str
    recall_at_1: float
    recall_at_5: float
    query_p50_ms: float
    ingest_s: float | None = None
    memory_mb: float | None = None

    @property
    def key(self) -> Key:
        """What is measured: the same measured again takes its place."""
        return self.name, self.set


@dataclass(frozen=True, slots=True)
class Build:
    """What growing a library from the size before to this one took; `paragraphs` and `chunks` it has then."""

    size: int
    paragraphs: int
    chunks: int
    added: int
    seconds: float
    cpu_s: float
    peak_mb: float
    disk_mb: float

    @property
    def key(self) -> Key:
        """What is measured: the same measured again takes its place."""
        return (self.size,)


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds until a library answers, opened to read and to write; memory once all was asked."""

    size: int
    read_s: float
    write_s: float
    memory_mb: float

    @property
    def key(self) -> Key:
        """What is measured: the same measured again takes its place."""
        return (self.size,)


@dataclass(frozen=True, slots=True)
class Growth:
    """How many milliseconds a question takes in a library of some size, asked by `clients` at once.

    Searched for alone, or `answered` over HTTP.
    """

    size: int
    clients: int
    reranked: bool
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_ms: float
    queries_per_s: float
    answered: bool = False

    @property
    def key(self) -> Key:
        """What is measured: the same measured again takes its place."""
        return self.size, self.clients, self.reranked, self.answered


Record = TypeVar("Record", System, Build, Opening, Growth)


def load(path: Path, kind: type[Record]) -> list[Record]:
    """All records of a file, none if there is no file. Raises UnreadableFile."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [kind(**json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableFile(f"读不了数字：{path}。请删去它，重新测量。") from error


def save(path: Path, records: Iterable[Record]) -> None:
    """Add records to a file; what was measured before of the same is replaced in its place."""
    new = list(records)
    if not new:
        return
    known = {each.key: each for each in load(path, type(new[0]))}
    known |= {each.key: each for each in new}
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(each), ensure_ascii=False) for each in known.values())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
