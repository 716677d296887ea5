"""The bundled encoder as a torch body again, read from the model folder: what other heads are grown from.

Imports the body, the graph's file names and the numbers of this package. What 8 bits have rounded away stays
lost; a few steps of training make up for it.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from vectorstore.training import body
from vectorstore.training.graph import TABLE_FILE

Numbers = dict[str, NDArray[np.float32]]

_JOINED = ("attention.self.query", "attention.self.key", "attention.self.value")
_MATRICES = (_JOINED, ("attention.output.dense",), ("intermediate.dense",), ("output.dense",))
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")


def encoder(graphs: Path, file: str) -> body.Encoder:
    """The body with its table, from the folder of graphs; `file` is the encoder's graph."""
    numbers = _body_numbers(onnx.load(graphs / file, load_external_data=False))
    made = body.Encoder(body.empty_body(), words(graphs / TABLE_FILE))
    state = made.body.state_dict()
    state |= {name: torch.from_numpy(value.copy()) for name, value in numbers.items()}
    made.body.load_state_dict(state)
    return made


def words(file: Path) -> NDArray[np.float32]:
    """The table of words, shape (tokens, width), from its rows in 8 bits and the steps that follow them."""
    raw = file.read_bytes()
    rows = len(raw) // (body.WIDTH + 4)
    small = np.frombuffer(raw, np.int8, rows * body.WIDTH).reshape(rows, body.WIDTH)
    steps = np.frombuffer(raw, np.float32, rows, rows * body.WIDTH)
    return np.asarray(small * steps[:, None], dtype=np.float32)


def _body_numbers(model: onnx.ModelProto) -> Numbers:
    """The numbers of a graph that `graph.Graph` has written, by the names of transformers' BertModel."""
    stored = {
        each.name: numpy_helper.to_array(each)
        for each in model.graph.initializer
        if each.data_location != onnx.TensorProto.EXTERNAL
    }
    nodes = list(model.graph.node)
    places = next(stored[name] for node in nodes for name in node.input if _is_table(stored, name))
    # The one kind of text that the encoder knows is written as a row, not as a table.
    kinds = next(
        stored[name]
        for node in nodes
        if node.op_type == "Add"
        for name in node.input
        if name in stored and stored[name].shape == (body.WIDTH,)
    )
    found: Numbers = {
        "embeddings.position_embeddings.weight": places,
        "embeddings.token_type_embeddings.weight": np.stack([kinds, kinds]),
    }
    first = next(node for node in nodes if node.op_type == "LayerNormalization")
    found |= _norm("embeddings.LayerNorm", [stored[name] for name in first.input[1:]])
    matrices = [node for node in nodes if node.op_type == "DynamicQuantizeMatMul"]
    norms = [node for node in nodes if node.op_type == "SkipLayerNormalization"]
    for row, node in enumerate(matrices):
        layer, place = divmod(row, len(_MATRICES))
        small, steps, bias = (stored[name] for name in (node.input[1], node.input[2], node.input[4]))
        parts = _MATRICES[place]
        weights = np.split((small * steps).T, len(parts))
        for part, weight, added in zip(parts, weights, np.split(bias, len(parts)), strict=True):
            found[f"encoder.layer.{layer}.{part}.weight"] = weight.astype(np.float32)
            found[f"encoder.layer.{layer}.{part}.bias"] = added
    for row, node in enumerate(norms):
        layer, place = divmod(row, len(_NORMS))
        found |= _norm(f"encoder.layer.{layer}.{_NORMS[place]}", [stored[name] for name in node.input[2:4]])
    return found


def _is_table(stored: Numbers, name: str) -> bool:
    return name in stored and stored[name].ndim == 2 and stored[name].shape[1] == body.WIDTH


def _norm(name: str, numbers: Sequence[NDArray[np.float32]]) -> Numbers:
    return {f"{name}.weight": numbers[0], f"{name}.bias": numbers[1]}
