"""Prints one table of figures: `python -m vectorstore.training.benchmark --data DIR [--model bundled-fast]`.

Imports the measures of this package and the embedder. `--model` takes what the embedder takes: "bundled",
"bundled-fast", a folder or a name on the model hub. The sets are public; static.py says where they come from.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from vectorstore.embedding import FAST, SentenceTransformerEmbedder
from vectorstore.training import corpora, measures


def machine() -> str:
    """Cores, processor and versions, as far as the system tells."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({torch.get_num_threads()} torch threads), {platform.machine()}, "
        f"{memory:.0f} GiB memory, no GPU used, Python {platform.python_version()}, torch {torch.__version__}"
    )


def table(figures: Sequence[measures.Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [f"| {figure.name} | {figure.value} | {figure.size} |" for figure in figures]
    return "\n".join(["| measure | value | data |", "|---|---|---|", *rows])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Measure an embedding model on public sets.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument("--model", default=FAST, help='"bundled", "bundled-fast", a folder or a hub name')
    arguments = parser.parse_args()
    folder = corpora.data_folder(arguments.data)
    embedder = SentenceTransformerEmbedder(arguments.model)
    figures = measures.all_figures(embedder, folder)
    sys.stdout.write(
        f"model: {embedder.name}\n"
        f"command: python -m vectorstore.training.benchmark --data DIR --model {arguments.model}\n"
        f"machine: {machine()}\n\n{table(figures)}\n"
    )


if __name__ == "__main__":
    main()
