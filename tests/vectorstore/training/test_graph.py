"""Graphs in 8 bits: what onnxruntime reads of them is what torch computes, up to the rounding."""

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

pytest.importorskip("onnx", reason="development-only package of the training recipe")

import onnx

from rag.errors import ModelUnavailable
from vectorstore.graphs import Graph as Reading
from vectorstore.training.graph import Graph, write_table

ROWS, WIDTH, HEADS, LAYERS = 60, 64, 4, 2


@pytest.fixture(scope="module")
def body() -> BertModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=ROWS,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=4 * WIDTH,
        max_position_embeddings=32,
    )
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture(scope="module")
def weights(body: BertModel) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in body.state_dict().items()}


def _write(folder: Path, graph: Graph, node: str, *, kinds: bool) -> Reading:
    inputs = ["input_ids", "attention_mask", *(["token_type_ids"] if kinds else [])]
    onnx.save(graph.model(inputs, {"out": (node, ["texts", WIDTH])}, ROWS, WIDTH), folder / "model.onnx")
    return Reading(folder / "model.onnx", "out", threads=1)


def _encoded(tokenizer: Tokenizer, texts: list[tuple[str, str]]) -> list:
    return [tokenizer.encode(left, right) for left, right in texts]


@pytest.fixture(scope="module")
def encodings() -> list:
    tokenizer = Tokenizer(models.WordLevel({str(number): number for number in range(ROWS)}, unk_token="1"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="2 $A 3", pair="2 $A 3 $B:1 3:1", special_tokens=[("2", 2), ("3", 3)]
    )
    texts = [("7 8 9", "10"), ("11", "12 13 14 15 16 17 18"), ("20 21", "22 23 24")]
    return _encoded(tokenizer, texts)


def _with_torch(body: BertModel, encodings: list, *, kinds: bool) -> torch.Tensor:
    longest = max(len(each.ids) for each in encodings)
    fill = [[0] * (longest - len(each.ids)) for each in encodings]
    ids = torch.tensor([each.ids + rest for each, rest in zip(encodings, fill, strict=True)])
    mask = torch.tensor([each.attention_mask + rest for each, rest in zip(encodings, fill, strict=True)])
    types = torch.tensor([each.type_ids + rest for each, rest in zip(encodings, fill, strict=True)])
    with torch.no_grad():
        states = body(ids, attention_mask=mask, token_type_ids=types if kinds else None).last_hidden_state
    return states, mask


def test_the_mean_of_the_states_is_that_of_torch(tmp_path, body, weights, encodings):
    write_table(tmp_path, weights["embeddings.word_embeddings.weight"])
    graph = Graph(weights, HEADS)
    found = _write(tmp_path, graph, graph.mean(graph.states(LAYERS, kinds=False)), kinds=False).run(encodings)
    states, mask = _with_torch(body, encodings, kinds=False)
    means = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    truth = torch.nn.functional.normalize(means).numpy()
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert ((found * truth).sum(1) > 0.995).all()


def test_the_first_state_knows_which_text_a_token_is_of(tmp_path, body, weights, encodings):
    write_table(tmp_path, weights["embeddings.word_embeddings.weight"])
    graph = Graph(weights, HEADS)
    found = _write(tmp_path, graph, graph.first(graph.states(LAYERS, kinds=True)), kinds=True).run(encodings)
    states, _ = _with_torch(body, encodings, kinds=True)
    truth = states[:, 0].numpy()
    likeness = (found * truth).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(truth, axis=1)
    assert (likeness > 0.995).all()


def test_what_a_text_gives_does_not_depend_on_its_company(tmp_path, weights, encodings):
    write_table(tmp_path, weights["embeddings.word_embeddings.weight"])
    graph = Graph(weights, HEADS)
    reading = _write(tmp_path, graph, graph.mean(graph.states(LAYERS, kinds=False)), kinds=False)
    alone = np.concatenate([reading.run([each]) for each in encodings])
    assert ((alone * reading.run(encodings)).sum(1) > 0.995).all()


def test_a_graph_without_its_words_is_reported(tmp_path, weights):
    graph = Graph(weights, HEADS)
    with pytest.raises(ModelUnavailable, match="model.onnx"):
        _write(tmp_path, graph, graph.mean(graph.states(LAYERS, kinds=False)), kinds=False)
