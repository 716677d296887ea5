"""Writes the trained vectors as a sentence-transformers model folder.

Imports nothing of this project. Each row is kept in 8 bits with a scale of its own; sentence-transformers
(6.2 and later) multiplies the two back to 32-bit rows when it loads the folder.
"""

import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

NORMALIZE_FOLDER = "1_Normalize"
STEPS = 127

_MODULES = (
    ("", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
    (NORMALIZE_FOLDER, "sentence_transformers.base.modules.normalize.Normalize"),
)

_NORMALIZE = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}


def reduced(rows: NDArray[np.float32], samples: NDArray[np.float32], dimension: int) -> NDArray[np.float32]:
    """The rows turned so that the sample texts keep most of their length in `dimension` directions."""
    _, directions = np.linalg.eigh(samples.T.astype(np.float64) @ samples)
    kept = directions[:, ::-1][:, :dimension].astype(np.float32)
    return np.asarray(rows @ kept, dtype=np.float32)


def quantised(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows in whole steps from -127 to 127, and the size of one step for each row."""
    scale = np.abs(rows).max(axis=1) / STEPS
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    return np.rint(rows / scale[:, None]).astype(np.int8), scale


def write(folder: Path, tokenizer: Tokenizer, rows: NDArray[np.float32]) -> None:
    """The model folder: module list, settings, tokenizer and weights."""
    (folder / NORMALIZE_FOLDER).mkdir(parents=True, exist_ok=True)
    embeddings, weights = quantised(rows)
    save_file({"embeddings": embeddings, "weights": weights}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(folder / "modules.json", modules(_MODULES))
    write_json(folder / NORMALIZE_FOLDER / "config.json", _NORMALIZE)
    write_json(folder / "config_sentence_transformers.json", settings())


def settings() -> dict[str, object]:
    """What sentence-transformers wants to know of any model of this project."""
    return {
        "__version__": {"sentence_transformers": version("sentence-transformers")},
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }


def modules(steps: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    """The list of modules, each by its folder and its class."""
    return [
        {"idx": row, "name": str(row), "path": path, "type": kind} for row, (path, kind) in enumerate(steps)
    ]


def write_json(path: Path, content: object) -> None:
    """Write a settings file as people read it."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
