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

# Question and window.
KINDS = 2
_JOINED = ("attention.self.query", "attention.self.key", "attention.self.value")
_MATRICES = (_JOINED, ("attention.output.dense",), ("intermediate.dense",), ("output.dense",))
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")


def encoder(graphs: Path, file: str) -> body.Encoder:
    """The body with its table, from the folder of graphs; `file` is the graph of any six-layer model."""
    numbers = _body_numbers(onnx.load(graphs / file, load_external_data=False))
    made = body.Encoder(body.empty_body(), words(graphs / TABLE_FILE))
    state = made.body.state_dict()
    state |= {name: torch.from_numpy(value.copy()) for name, value in numbers.items()}
    made.body.load_state_dict(state)
    return made


def linear(graphs: Path, file: str) -> Numbers:
    """The weight and the bias of the linear layer that a graph ends with."""
    model = onnx.load(graphs / file, load_external_data=False)
    stored = {each.name: each for each in model.graph.initializer}
    multiplied = [node for node in model.graph.node if node.op_type == "MatMul"][-1]
    added = next(node for node in model.graph.node if multiplied.output[0] in node.input)
    weight, bias = (numpy_helper.to_array(stored[node.input[1]]) for node in (multiplied, added))
    return {"weight": np.array(weight.T, order="C"), "bias": np.array(bias)}


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
    found: Numbers = {
        "embeddings.position_embeddings.weight": places,
        "embeddings.token_type_embeddings.weight": _kinds(stored, nodes),
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


def _kinds(stored: Numbers, nodes: Sequence[onnx.NodeProto]) -> NDArray[np.float32]:
    """The rows of question and window; an encoder knows one kind of text and has it as a row alone."""
    tables = [stored[name] for node in nodes for name in node.input if _is_table(stored, name)]
    pair = [table for table in tables if len(table) == KINDS]
    if pair:
        return pair[0]
    row = next(
        stored[name]
        for node in nodes
        if node.op_type == "Add"
        for name in node.input
        if name in stored and stored[name].shape == (body.WIDTH,)
    )
    return np.stack([row] * KINDS)


def _is_table(stored: Numbers, name: str) -> bool:
    return name in stored and stored[name].ndim == 2 and stored[name].shape[1] == body.WIDTH


def _norm(name: str, numbers: Sequence[NDArray[np.float32]]) -> Numbers:
    return {f"{name}.weight": numbers[0], f"{name}.bias": numbers[1]}
