"""Writes trained models into one model folder: `python -m vectorstore.training.bundle`.

Reads the checkpoints that are named and leaves alone what the folder holds of the others; all graphs share
the file of words, which comes with the encoder. The folder is also one that sentence-transformers reads with
`backend="onnx"`.
"""

import argparse
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig

from vectorstore.training import body, corpora, export, pieces
from vectorstore.training.checkpoint import FILE
from vectorstore.training.graph import ENCODER, GRAPHS, READER, RERANKER, Graph, Shape, write_table
from vectorstore.training.reader import begun
from vectorstore.training.reranker import LAYERS as RERANKER_LAYERS
from vectorstore.training.transformer import prepare

_BASE = "sentence_transformers.base.modules"
_MODULES = (
    ("", f"{_BASE}.transformer.Transformer"),
    ("1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"),
    ("2_Normalize", f"{_BASE}.normalize.Normalize"),
)

Weights = dict[str, NDArray[np.float32]]
# The numbers of a checkpoint and the count of words to a graph.
GraphOf = Callable[[Weights, int], onnx.ModelProto]


def encoder_graph(weights: Weights, rows: int) -> onnx.ModelProto:
    """Texts to vectors of length one, with the states of their tokens beside."""
    graph = Graph(weights, body.HEADS)
    states = graph.states(body.LAYERS, kinds=False)
    outputs: dict[str, tuple[str, Shape]] = {
        "last_hidden_state": (states, ["texts", "tokens", body.WIDTH]),
        "sentence_embedding": (graph.mean(states), ["texts", body.WIDTH]),
    }
    return graph.model(["input_ids", "attention_mask"], outputs, rows, body.WIDTH)


def reranker_graph(weights: Weights, rows: int) -> onnx.ModelProto:
    """Questions with texts to one score each."""
    graph = Graph(weights, body.HEADS)
    states = graph.states(RERANKER_LAYERS, kinds=True)
    scores = graph.linear(graph.first(states), "score")
    return graph.model(
        ["input_ids", "attention_mask", "token_type_ids"],
        {"scores": (scores, ["texts", 1])},
        rows,
        body.WIDTH,
    )


def reader_graph(weights: Weights, rows: int) -> onnx.ModelProto:
    """Questions with texts to two scores a token: that the answer begins, and that it ends there."""
    graph = Graph(weights, body.HEADS)
    spans = graph.linear(graph.states(body.LAYERS, kinds=True), "span")
    return graph.model(
        ["input_ids", "attention_mask", "token_type_ids"],
        {"spans": (spans, ["texts", "tokens", 2])},
        rows,
        body.WIDTH,
    )


def weights_of(folder: Path, prefix: str = "") -> Weights:
    """The numbers of a checkpoint by name, those below a prefix by what follows it."""
    state: Mapping[str, torch.Tensor] = torch.load(folder / FILE, weights_only=True)["model"]
    return {name.removeprefix(prefix): value.float().numpy() for name, value in state.items()}


def mean_of(folders: Sequence[Path]) -> Weights:
    """The mean of the numbers of several readers, each of a run or a model folder, by name.

    Where a run has gone on from another reader, the mean of both is better than either on what each has
    learnt (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
    """
    states = [begun(folder).state_dict() for folder in folders]
    return {
        name.removeprefix("encoder.body."): torch.stack([state[name].float() for state in states])
        .mean(0)
        .numpy()
        for name in states[0]
    }


def write(out: Path, tokenizer: Tokenizer, encoder: Path) -> None:
    """The model folder with its encoder and the words that the other graphs read too."""
    graphs = out / GRAPHS
    weights = weights_of(encoder, "body.")
    table = weights.pop("table.weight")
    write_table(graphs, table)
    onnx.save(encoder_graph(weights, len(table)), graphs / ENCODER)
    tokenizer.enable_truncation(pieces.LONGEST)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    _describe(out, len(table))


def add(out: Path, file: str, made: GraphOf, weights: Weights) -> None:
    """One more graph over the words of the folder."""
    onnx.save(made(weights, len(weights["encoder.table.weight"])), out / GRAPHS / file)


def _describe(out: Path, rows: int) -> None:
    """What sentence-transformers wants to know of the folder."""
    config = BertConfig.from_pretrained(body.parent()).to_dict()
    config |= {"vocab_size": rows, "max_position_embeddings": pieces.LONGEST, "architectures": ["BertModel"]}
    config.pop("_name_or_path", None)
    special = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token"), pieces.SPECIAL, strict=True))
    names = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": pieces.LONGEST, **special}
    for name, content in (
        ("config.json", config),
        ("tokenizer_config.json", names),
        ("modules.json", export.modules(_MODULES)),
        ("config_sentence_transformers.json", export.settings()),
        ("sentence_bert_config.json", {"max_seq_length": pieces.LONGEST, "do_lower_case": False}),
        ("1_Pooling/config.json", {"embedding_dimension": body.WIDTH, "pooling_mode": "mean"}),
        ("2_Normalize/config.json", {}),
    ):
        (out / name).parent.mkdir(exist_ok=True)
        export.write_json(out / name, content)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Write trained models into a model folder.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument("--encoder", type=Path, help="folder of the encoder's checkpoint")
    parser.add_argument("--reranker", type=Path, help="folder of the reranker's checkpoint")
    parser.add_argument(
        "--reader",
        type=Path,
        nargs="+",
        help="folder of a reader's checkpoint, or a model; the mean of several",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder the models are written to")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if arguments.encoder is not None:
        chosen, _ = prepare(corpora.data_folder(arguments.data))
        write(arguments.out, pieces.build(chosen), arguments.encoder)
    if arguments.reranker is not None:
        add(arguments.out, RERANKER, reranker_graph, weights_of(arguments.reranker, "encoder.body."))
    if arguments.reader is not None:
        add(arguments.out, READER, reader_graph, mean_of(arguments.reader))


if __name__ == "__main__":
    main()
