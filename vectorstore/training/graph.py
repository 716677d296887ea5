"""Writes a body as an ONNX graph in 8 bits, with the table of words in a file that several graphs share.

Imports the quantisation of this package. Matrices are kept as whole steps with a size of step per column,
and what they are multiplied with is brought to 8 bits as it comes (onnxruntime's DynamicQuantizeMatMul).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from vectorstore.training.export import quantised

TABLE_FILE = "words.bin"
# The folder of graphs in a model folder, and what they are called there.
GRAPHS = "onnx"
ENCODER, RERANKER, READER = "model.onnx", "reranker.onnx", "reader.onnx"
MICROSOFT = "com.microsoft"
_OPSET = 20
# The format version that onnxruntime 1.31 reads; onnx itself may write a later one.
_FORMAT = 10
_TINY = 1e-9

Weights = Mapping[str, NDArray[np.float32]]
# Lengths, or the names of those that differ from call to call.
Shape = Sequence[str | int]
Attribute = int | float


class Graph:
    """Nodes and numbers of a graph in the making; every method returns the name of what it makes."""

    def __init__(self, weights: Weights, heads: int) -> None:
        """`weights` are those of transformers' BertModel, by its names."""
        self._weights = weights
        self._heads = heads
        self._nodes: list[onnx.NodeProto] = []
        self._numbers: list[TensorProto] = []

    def node(
        self, kind: str, inputs: Sequence[str], *, outputs: int = 1, domain: str = "", **attributes: Attribute
    ) -> str:
        """A node; its first output's name, the others being that name with `_1`, `_2` …"""
        name = f"{kind}_{len(self._nodes)}"
        names = [name, *(f"{name}_{number}" for number in range(1, outputs))]
        self._nodes.append(
            helper.make_node(
                kind,
                list(inputs),
                names,
                name=name,
                doc_string=None,
                domain=domain,
                overload=None,
                **attributes,
            )
        )
        return name

    def number(self, value: NDArray[np.generic], name: str = "") -> str:
        """A constant."""
        name = name or f"number_{len(self._numbers)}"
        self._numbers.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def states(self, layers: int, *, kinds: bool) -> str:
        """States of all tokens, from `input_ids`, `attention_mask` and, if `kinds`, `token_type_ids`."""
        mask = self.node("Cast", ["attention_mask"], to=TensorProto.INT32)
        state = self._normalised(self._embedded(kinds=kinds), "embeddings.LayerNorm")
        for layer in range(layers):
            state = self._layer(state, mask, f"encoder.layer.{layer}")
        return state

    def mean(self, states: str) -> str:
        """The mean of a text's states, at length one."""
        mask = self.node("Cast", ["attention_mask"], to=TensorProto.FLOAT)
        mask = self.node("Unsqueeze", [mask, self.number(np.array([2]))])
        one = self.number(np.array([1]))
        total = self.node("ReduceSum", [self.node("Mul", [states, mask]), one], keepdims=0)
        length = self.node("ReduceL2", [total, one], keepdims=1)
        return self.node(
            "Div", [total, self.node("Max", [length, self.number(np.float32(_TINY).reshape(1))])]
        )

    def first(self, states: str) -> str:
        """The state of each text's first token."""
        return self.node("Gather", [states, self.number(np.array(0))], axis=1)

    def linear(self, state: str, name: str) -> str:
        """A linear layer with its bias, in 32 bits."""
        turned = self.node("MatMul", [state, self.number(self._weights[f"{name}.weight"].T)])
        return self.node("Add", [turned, self.number(self._weights[f"{name}.bias"])])

    def model(
        self, inputs: Sequence[str], outputs: Mapping[str, tuple[str, Shape]], rows: int, width: int
    ) -> onnx.ModelProto:
        """The graph whole: `outputs` gives for each name the node it is and its shape."""
        for name, (node, _) in outputs.items():
            self._nodes.append(helper.make_node("Identity", [node], [name], name=name))
        graph = helper.make_graph(
            self._nodes,
            "body",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
                for name, (_, shape) in outputs.items()
            ],
            [*self._numbers, *_table(rows, width)],
        )
        sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=_FORMAT)

    def _embedded(self, *, kinds: bool) -> str:
        rows = self.node("Cast", [self.node("Gather", ["words", "input_ids"])], to=TensorProto.FLOAT)
        steps = self.node(
            "Unsqueeze", [self.node("Gather", ["steps", "input_ids"]), self.number(np.array([2]))]
        )
        words = self.node("Mul", [rows, steps])
        length = self.node("Squeeze", [self.node("Shape", ["input_ids"], start=1, end=2)])
        places = self.node("Range", [self.number(np.array(0)), length, self.number(np.array(1))])
        placed = self.node(
            "Gather", [self.number(self._weights["embeddings.position_embeddings.weight"]), places]
        )
        types = self._weights["embeddings.token_type_embeddings.weight"]
        typed = (
            self.node("Gather", [self.number(types), "token_type_ids"]) if kinds else self.number(types[0])
        )
        return self.node("Add", [self.node("Add", [words, placed]), typed])

    def _layer(self, state: str, mask: str, name: str) -> str:
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        joined = self._quantised(state, parts)
        query = self.node("Split", [joined], outputs=3, axis=2, num_outputs=3)
        seen = self.node(
            "MultiHeadAttention",
            [query, f"{query}_1", f"{query}_2", "", mask],
            domain=MICROSOFT,
            num_heads=self._heads,
        )
        seen = self._quantised(seen, [f"{name}.attention.output.dense"])
        state = self._normalised(seen, f"{name}.attention.output.LayerNorm", state)
        wide = self._quantised(state, [f"{name}.intermediate.dense"])
        wide = self.node("Gelu", [wide], domain=MICROSOFT)
        narrow = self._quantised(wide, [f"{name}.output.dense"])
        return self._normalised(narrow, f"{name}.output.LayerNorm", state)

    def _quantised(self, state: str, names: Sequence[str]) -> str:
        """Linear layers side by side, in 8 bits."""
        matrix = np.concatenate([self._weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        small, steps = quantised(matrix)
        inputs = [state, self.number(small.T), self.number(steps), "", self.number(bias)]
        return self.node("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)

    def _normalised(self, state: str, name: str, added: str = "") -> str:
        scale = self.number(self._weights[f"{name}.weight"])
        bias = self.number(self._weights[f"{name}.bias"])
        if not added:
            return self.node("LayerNormalization", [state, scale, bias], epsilon=1e-12)
        inputs = [state, added, scale, bias]
        return self.node("SkipLayerNormalization", inputs, domain=MICROSOFT, epsilon=1e-12)


def write_table(folder: Path, table: NDArray[np.float32]) -> None:
    """The rows of words in 8 bits, then the size of each row's step, laid end to end."""
    rows, steps = quantised(table)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TABLE_FILE).write_bytes(rows.tobytes() + steps.tobytes())


def _table(rows: int, width: int) -> list[TensorProto]:
    size = rows * width
    return [
        _outside("words", TensorProto.INT8, [rows, width], 0, size),
        _outside("steps", TensorProto.FLOAT, [rows], size, 4 * rows),
    ]


def _outside(name: str, kind: int, shape: Sequence[int], offset: int, length: int) -> TensorProto:
    """Numbers that stand in the table's file."""
    tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
    where = {"location": TABLE_FILE, "offset": str(offset), "length": str(length)}
    tensor.external_data.extend(
        onnx.StringStringEntryProto(key=key, value=value) for key, value in where.items()
    )
    return tensor
