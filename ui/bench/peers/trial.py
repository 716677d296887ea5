"""One system on one corpus: run in a process of its own, its findings scored.

May import its neighbours; it needs nothing of the packages that it runs.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from ui.bench.peers.corpus import Corpus
from ui.bench.peers.task import Outcome, Task
from ui.bench.process import measure
from vectorstore.embedding import FAST, FAST_FOLDER

ROOT = Path(__file__).parents[3]
# Models come from folders, and nobody calls home.
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "true",
    "PYTHONPATH": str(ROOT),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A system under one setting: with the model it has by itself or the `fast` one that comes with ours.

    By default a peer knows its own words alone, `chinese` asks for those of Chinese.
    """

    label: str
    peer: str
    fast: bool = False
    chinese: bool = False

    @property
    def ours(self) -> bool:
        """Whether it is this project."""
        return self.peer == "ours"

    @property
    def name(self) -> str:
        """What its row is called."""
        model = FAST if self.fast else "默认" if self.ours else "MiniLM"
        return f"{self.label} · {model}{' · 中文切词' if self.chinese else ''}"

    @property
    def model(self) -> str:
        """As the runner is told: ours knows its models by name."""
        if not self.fast:
            return ""
        return FAST if self.ours else str(FAST_FOLDER)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every trial: the Python of the peers, and the most seconds that one may take."""

    python: Path
    limit: float


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a candidate: recalls as shares, seconds, milliseconds, MB of a million bytes.

    `failed` says why there are none.
    """

    name: str
    recall_at_1: float = 0.0
    recall_at_5: float = 0.0
    start_s: float = 0.0
    ingest_s: float = 0.0
    cpu_s: float = 0.0
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    query_cpu_ms: float = 0.0
    memory_mb: float = 0.0
    failed: str = ""


# Whether its defaults know the words of Chinese.
PEERS = (
    ("LangChain", "langchain", False),
    ("LlamaIndex", "llamaindex", False),
    ("Haystack", "haystack", True),
    ("txtai", "txtai", True),
)
# First everyone with the model that they would use, then everyone with the same one; ours leads both.
CANDIDATES = tuple(
    candidate
    for fast in (False, True)
    for candidate in (
        Candidate("知引", "ours", fast),
        *(
            Candidate(label, peer, fast, chinese)
            for label, peer, knows_chinese in PEERS
            for chinese in ((False,) if knows_chinese else (False, True))
        ),
    )
)


def attempt(candidate: Candidate, corpus: Corpus, terms: Terms) -> Result:
    """Put a candidate to the test; whatever goes wrong is its result."""
    interpreter = sys.executable if candidate.ours else str(terms.python)
    with TemporaryDirectory(prefix="zhiyin-peers-") as folder:
        task = Task(
            candidate.peer, candidate.model, candidate.chinese, folder, corpus.passages, corpus.questions
        ).to_json()
        command = (interpreter, "-m", "ui.bench.peers.runners")
        try:
            run = measure(command, QUIET, given=task, limit=terms.limit)
        except subprocess.TimeoutExpired:
            return Result(candidate.name, failed=f"超过 {terms.limit:.0f} 秒")
        except subprocess.CalledProcessError as error:
            return Result(candidate.name, failed=f"进程以 {error.returncode} 结束")
    return score(candidate.name, Outcome.from_json(run.printed), corpus.answers, run.peak)


def score(name: str, outcome: Outcome, answers: tuple[int, ...], peak: int) -> Result:
    """The figures of an outcome, `peak` bytes of memory among them."""
    if outcome.failed:
        return Result(name, failed=outcome.failed)
    firsts = [
        numbers.index(answer) if answer in numbers else None
        for numbers, answer in zip(outcome.found, answers, strict=True)
    ]
    times = [1000 * seconds for seconds in outcome.query_s]
    return Result(
        name,
        recall_at_1=sum(place == 0 for place in firsts) / len(answers),
        recall_at_5=sum(place is not None and place < 5 for place in firsts) / len(answers),
        start_s=outcome.start_s,
        ingest_s=outcome.ingest_s,
        cpu_s=outcome.cpu_s,
        p50_ms=median(times),
        p95_ms=quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0],
        query_cpu_ms=1000 * outcome.query_cpu_s / len(answers),
        memory_mb=peak / 1e6,
    )
