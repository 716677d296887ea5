"""Prints one table of figures: `python -m vectorstore.training.benchmark --data DIR [--model NAME …]`.

Imports the measures of this package and the embedder. `--model` takes what the embedder takes: "bundled",
"bundled-fast", a folder or a name on the model hub. The sets are public; static.py says where they come from.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from rag.ports import Embedder, Vector
from vectorstore.embedding import (
    BUNDLED,
    FAST,
    FAST_FOLDER,
    TRANSFORMER_FOLDER,
    SentenceTransformerEmbedder,
)
from vectorstore.training import corpora, measures

BOTH = "both"


def machine() -> str:
    """Cores, processor and versions, as far as the system tells."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({torch.get_num_threads()} torch threads), {platform.machine()}, "
        f"{memory:.0f} GiB memory, no GPU used, Python {platform.python_version()}, torch {torch.__version__}"
    )


class Added:
    """Two models side by side: the cosine of their joined vectors is the mean of their cosines."""

    def __init__(self, one: Embedder, other: Embedder) -> None:
        self._models = (one, other)

    @property
    def name(self) -> str:
        """Both names."""
        return " + ".join(model.name for model in self._models)

    def embed_documents(self, texts: Sequence[str]) -> Vector:
        """Rows of both, L2-normalised."""
        return np.hstack([model.embed_documents(texts) for model in self._models]) / np.float32(2**0.5)

    def embed_query(self, text: str) -> Vector:
        """The vector of both, L2-normalised."""
        return np.hstack([model.embed_query(text) for model in self._models]) / np.float32(2**0.5)


def embedder_for(model: str) -> Embedder:
    """The model of a name; `both` are the two bundled ones added."""
    if model == BOTH:
        return Added(embedder_for(FAST), embedder_for(BUNDLED))
    return SentenceTransformerEmbedder(model)


def megabytes(model: str) -> float:
    """Size on disk of a bundled model, or of a folder."""
    if model == BOTH:
        return megabytes(FAST) + megabytes(BUNDLED)
    folder = {FAST: FAST_FOLDER, BUNDLED: TRANSFORMER_FOLDER}.get(model, Path(model))
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def table(models: Sequence[str], columns: Sequence[Sequence[measures.Figure]]) -> str:
    """The figures as a Markdown table, a column for each model."""
    rows = [
        f"| {cells[0].name} | {' | '.join(cell.value for cell in cells)} | {cells[0].size} |"
        for cells in zip(*columns, strict=True)
    ]
    sizes = " | ".join(f"{megabytes(model):.0f}" for model in models)
    rule = "|---" * (len(models) + 2)
    head = [f"| measure | {' | '.join(models)} | data |", f"{rule}|", f"| size on disk, MB | {sizes} | |"]
    return "\n".join([*head, *rows])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Measure embedding models on public sets.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument(
        "--model",
        nargs="+",
        default=[FAST, BUNDLED, BOTH],
        help='"bundled", "bundled-fast", "both" (their cosines added), folders or hub names',
    )
    arguments = parser.parse_args()
    folder = corpora.data_folder(arguments.data)
    embedders = [embedder_for(model) for model in arguments.model]
    columns = [measures.all_figures(embedder, folder) for embedder in embedders]
    sys.stdout.write(
        f"models: {', '.join(embedder.name for embedder in embedders)}\n"
        f"command: python -m vectorstore.training.benchmark --data DIR --model {' '.join(arguments.model)}\n"
        f"machine: {machine()}\n\n{table(arguments.model, columns)}\n"
    )


if __name__ == "__main__":
    main()
