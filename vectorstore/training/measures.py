"""Measures an embedder on public sets: translations, reading comprehension, speed.

Imports the readers and the windows of this package, and the port of `rag`.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.ports import Embedder
from vectorstore.training import corpora
from vectorstore.training.windows import windows

SPEED_CHUNKS = 20_000
SPEED_CHARACTERS = 200
SPEED_QUERIES = 500
# A slow model is timed on as many chunks as it takes in so many seconds.
SPEED_SECONDS = 30.0
SPEED_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    size: str
    value: str


def first_right(likeness: NDArray[np.float32]) -> float:
    """Share of rows whose largest entry stands on the diagonal."""
    return float((likeness.argmax(axis=1) == np.arange(len(likeness))).mean())


def recall(
    likeness: NDArray[np.float32], owners: NDArray[np.int64], truth: NDArray[np.int64], depth: int
) -> float:
    """Share of questions whose paragraph is among the first `depth`, each paragraph as its best window.

    `owners` gives the paragraph of every window in rising order; every paragraph has a window.
    """
    best = np.maximum.reduceat(likeness, np.flatnonzero(np.diff(owners, prepend=-1)), axis=1)
    right = best[np.arange(len(best)), truth]
    rank = (best > right[:, None]).sum(axis=1)
    return float((rank < depth).mean())


def translation(embedder: Embedder, folder: Path) -> list[Figure]:
    """Tatoeba test: the nearest sentence of the other language must be the translation."""
    pairs = corpora.read_pairs(folder / corpora.TATOEBA_TEST)
    chinese = embedder.embed_documents([pair.left for pair in pairs])
    english = embedder.embed_documents([pair.right for pair in pairs])
    likeness = chinese @ english.T
    size = f"{len(pairs)} pairs"
    return [
        Figure("Tatoeba test zh-en accuracy", size, f"{first_right(likeness):.3f}"),
        Figure("Tatoeba test en-zh accuracy", size, f"{first_right(likeness.T):.3f}"),
    ]


def finding(
    embedder: Embedder, name: str, asked: corpora.ReadingSet, read: corpora.ReadingSet
) -> list[Figure]:
    """Questions of one set against the paragraphs of another that holds the same question ids."""
    cuts = [(row, window) for row, text in enumerate(read.paragraphs) for window in windows(text)]
    owners = np.array([row for row, _ in cuts], dtype=np.int64)
    documents = embedder.embed_documents([window for _, window in cuts])
    home = {question.id: question.paragraph for question in read.questions}
    truth = np.array([home[question.id] for question in asked.questions], dtype=np.int64)
    queries = np.stack([embedder.embed_query(question.text) for question in asked.questions])
    likeness = queries @ documents.T
    size = f"{len(queries)} questions, {len(read.paragraphs)} paragraphs, {len(cuts)} windows"
    return [
        Figure(f"{name} R@{depth}", size, f"{recall(likeness, owners, truth, depth):.3f}") for depth in (1, 5)
    ]


def chunks(texts: Iterable[str], length: int) -> Iterable[str]:
    """Consecutive pieces of exactly `length` characters."""
    return (text[at : at + length] for text in texts for at in range(0, len(text) - length + 1, length))


def speed(embedder: Embedder, folder: Path) -> list[Figure]:
    """Chunks a second, and the middle time of one query, after a first call that loads the model."""
    laws = (document.text for document in corpora.read_documents(folder / corpora.LAWS))
    texts = list(islice(chunks(laws, SPEED_CHARACTERS), SPEED_CHUNKS))
    embedder.embed_documents(texts[:100])
    done, started = 0, time.perf_counter()
    while done < len(texts) and time.perf_counter() - started < SPEED_SECONDS:
        done += len(embedder.embed_documents(texts[done : done + SPEED_BATCH]))
    rate = done / (time.perf_counter() - started)
    times: list[float] = []
    for text in texts[:SPEED_QUERIES]:
        started = time.perf_counter()
        embedder.embed_query(text[:20])
        times.append(time.perf_counter() - started)
    size = f"chunks of {SPEED_CHARACTERS} characters"
    return [
        Figure("chunks per second", size, f"{rate:,.0f}"),
        Figure("one query, median ms", f"{len(times)} queries", f"{1000 * float(np.median(times)):.2f}"),
    ]


def all_figures(embedder: Embedder, folder: Path) -> Sequence[Figure]:
    """Every line of the table, quality first."""
    sets = {
        name: corpora.read_reading(folder / name)
        for name in (corpora.XQUAD_EN, corpora.XQUAD_ZH, corpora.CMRC_DEV, corpora.DRCD_DEV)
    }
    chinese, english = sets[corpora.XQUAD_ZH], sets[corpora.XQUAD_EN]
    return [
        *translation(embedder, folder),
        *finding(embedder, "XQuAD en question, zh paragraph", english, chinese),
        *finding(embedder, "XQuAD zh question, zh paragraph", chinese, chinese),
        *finding(embedder, "CMRC2018 dev, dense only", sets[corpora.CMRC_DEV], sets[corpora.CMRC_DEV]),
        *finding(embedder, "DRCD dev, dense only", sets[corpora.DRCD_DEV], sets[corpora.DRCD_DEV]),
        *speed(embedder, folder),
    ]
