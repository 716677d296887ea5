"""A tiny cross-encoder in a folder: read in order, in time or not at all; a missing one is named."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from rag.errors import ModelUnavailable, OutOfTime
from vectorstore.cross_encoder import BATCH, CHARACTERS, CrossEncoderReranker

SIGNS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"加装电梯社区食堂老人送餐多少台，。"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder with random weights, the same each time."""
    place = tmp_path_factory.mktemp("reranker")
    tokenizer = Tokenizer(models.WordLevel({sign: at for at, sign in enumerate(SIGNS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(place)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(SIGNS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(place)
    return place


def test_scores_are_those_of_the_cross_encoder_in_the_order_given(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder), seconds=60)
    texts = ["加装电梯", "社区食堂", "老人送餐，多少台", "", "电梯" * 400, "加装电梯", "\ud83d电梯"]
    found = reranker.rerank("加装多少台电梯", [("电梯", text) for text in texts])
    model = CrossEncoder(str(folder), num_labels=1)
    alone = [
        float(model.predict([("加装多少台电梯", f"电梯\n{text}".replace("\ud83d", "?")[:CHARACTERS])])[0])
        for text in texts
    ]
    assert found == pytest.approx(alone, abs=1e-4)
    assert found[0] == pytest.approx(found[5], abs=1e-5)
    assert len(texts) > BATCH
    assert reranker.name == str(folder)


def test_no_texts_cost_nothing(folder: Path) -> None:
    assert CrossEncoderReranker(str(folder), seconds=60).rerank("电梯", []) == []


def test_a_spent_budget_is_told_with_the_way_out(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder), seconds=1e-6)
    with pytest.raises(OutOfTime, match=r"RAG_RERANKER_SECONDS") as caught:
        reranker.rerank("电梯", [("", "加装电梯")] * 9)
    assert "/9" in str(caught.value)


@pytest.mark.parametrize("broken", ["empty", "file", "absent"])
def test_a_model_that_is_not_there_is_named_with_the_way_out(tmp_path: Path, broken: str) -> None:
    place = tmp_path / "model"
    if broken == "empty":
        place.mkdir()
    elif broken == "file":
        place.write_bytes(b"\0\1")
    with pytest.raises(ModelUnavailable, match="RAG_RERANKER") as caught:
        CrossEncoderReranker(str(place), seconds=1).rerank("电梯", [("", "加装电梯")])
    assert str(place) in str(caught.value)


def test_nothing_heavy_is_imported_until_it_reads() -> None:
    script = (
        "import sys\nfrom vectorstore.cross_encoder import CrossEncoderReranker\n"
        "CrossEncoderReranker('none/such', seconds=1)\n"
        "sys.exit('sentence_transformers' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
