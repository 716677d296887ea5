"""The embedder over the bundled model, over a folder with prompts, and over nothing."""

import hashlib
import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from rag.errors import ModelUnavailable
from vectorstore.embedding import (
    BUNDLED,
    FAST,
    FAST_FOLDER,
    TRANSFORMER_FOLDER,
    SentenceTransformerEmbedder,
)
from vectorstore.static import StaticModel
from vectorstore.transformer import TransformerModel

ENGLISH_CHINESE = (
    ("The government will build more affordable housing.", "政府将建设更多保障性住房。"),
    ("Water resources must be protected.", "必须保护水资源。"),
    ("The hospital treats patients free of charge.", "医院免费为病人治疗。"),
    ("Children should go to school every day.", "孩子们应当每天上学。"),
    ("Trade with foreign countries grew last year.", "去年对外贸易有所增长。"),
    ("Farmers harvested a record amount of grain.", "农民收获了创纪录的粮食。"),
    ("The court announced its verdict.", "法院宣布了判决。"),
    ("New railway lines connect the cities.", "新的铁路线连接了各个城市。"),
)


DIMENSIONS = {FAST: 256, BUNDLED: 384}
# Bytes of a model with its words.
LIMIT = 60_000_000
FILES = {FAST: ("model.safetensors",), BUNDLED: ("onnx/model.onnx", "onnx/words.bin")}
FOLDERS = {FAST: FAST_FOLDER, BUNDLED: TRANSFORMER_FOLDER}


@pytest.fixture(scope="module", params=[FAST, BUNDLED])
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def bundled(name) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(name)


@pytest.fixture(scope="module")
def dimension(name) -> int:
    return DIMENSIONS[name]


def test_documents_are_unit_rows_in_32_bits(bundled, dimension):
    rows = bundled.embed_documents(["今年的主要任务", "加装电梯", "housing policy"])
    assert rows.shape == (3, dimension)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_query_is_one_unit_vector_in_the_space_of_documents(bundled, dimension):
    vector = bundled.embed_query("既有住宅加装电梯")
    assert vector.shape == (dimension,)
    assert vector.dtype == np.float32
    assert np.allclose(vector, bundled.embed_documents(["既有住宅加装电梯"])[0], atol=1e-5)


def test_two_loads_and_any_batching_agree(bundled, name):
    texts = [f"第{number}条 各级人民政府应当加强节约用水管理" for number in range(40)]
    again = SentenceTransformerEmbedder(name, batch_size=7)
    assert np.allclose(bundled.embed_documents(texts), again.embed_documents(texts), atol=1e-6)


def test_the_fast_model_is_what_sentence_transformers_makes_of_its_folder():
    bundled = SentenceTransformerEmbedder(FAST)
    texts = ["今年的主要任务", "housing policy", "", "😀", "9" * 5000, "中" * 500]
    texts += [text for pair in ENGLISH_CHINESE for text in pair]
    model = SentenceTransformer(str(FAST_FOLDER), device="cpu")
    assert np.allclose(bundled.embed_documents(texts), model.encode_document(texts), atol=1e-5)
    assert np.allclose(bundled.embed_query(texts[0]), model.encode_query(texts[0]), atol=1e-5)


def test_a_folder_of_the_fast_model_that_is_not_whole_is_reported(tmp_path):
    for name in ("tokenizer.json", "model.safetensors"):
        whole = (FAST_FOLDER / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(ModelUnavailable, match="重新安装"):
            StaticModel.load(tmp_path)


def test_a_folder_of_the_transformer_that_is_not_whole_is_reported(tmp_path):
    shutil.copytree(TRANSFORMER_FOLDER, tmp_path, dirs_exist_ok=True)
    for name in ("onnx/model.onnx", "onnx/words.bin", "tokenizer.json"):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(ModelUnavailable, match="重新安装"):
            TransformerModel.load(tmp_path)
        (tmp_path / name).write_bytes(whole)


def test_no_texts_give_no_rows(bundled, dimension):
    assert bundled.embed_documents([]).shape == (0, dimension)


@pytest.mark.parametrize("text", ["", " \n\t", "😀🎉", "\0", "，。！？", "한국어", "\ud83d"])
def test_text_without_known_words_gives_a_zero_row(bundled, text):
    assert not bundled.embed_query(text).any()
    rows = bundled.embed_documents([text, "预算"])
    assert not rows[0].any()
    assert np.isclose(np.linalg.norm(rows[1]), 1, atol=1e-5)


@pytest.mark.parametrize(
    "text", ["中" * 100_000, "a" * 100_000, "9" * 100_000, "预算 2025 \0 budget" * 5_000]
)
def test_very_long_text_is_embedded(bundled, text):
    assert np.isclose(np.linalg.norm(bundled.embed_query(text)), 1, atol=1e-4)


def test_traditional_characters_do_not_fail(bundled):
    assert np.isclose(np.linalg.norm(bundled.embed_query("經濟發展與環境保護")), 1, atol=1e-5)


def test_width_and_case_make_no_difference(bundled):
    assert np.allclose(bundled.embed_query("ＧＤＰ２０２５"), bundled.embed_query("gdp2025"), atol=1e-6)


def test_numbers_are_told_apart(bundled):
    asked = bundled.embed_query("2023年的预算")
    right, wrong = bundled.embed_documents(["2023年预算安排", "2019年预算安排"])
    assert asked @ right > asked @ wrong


def test_each_english_sentence_is_nearest_its_chinese_translation(bundled):
    english = bundled.embed_documents([pair[0] for pair in ENGLISH_CHINESE])
    chinese = bundled.embed_documents([pair[1] for pair in ENGLISH_CHINESE])
    nearest = (english @ chinese.T).argmax(axis=1)
    assert nearest.tolist() == list(range(len(ENGLISH_CHINESE)))


def test_a_query_costs_little(bundled):
    bundled.embed_query("预热")
    times = []
    for _ in range(50):
        started = time.perf_counter()
        bundled.embed_query("国内生产总值增长目标是多少？")
        times.append(time.perf_counter() - started)
    assert float(np.median(times)) < 0.01


def test_name_of_a_bundled_model_is_the_hash_of_its_weights(bundled, name):
    digest = hashlib.sha256(b"".join((FOLDERS[name] / file).read_bytes() for file in FILES[name]))
    assert bundled.name == f"{name}@{digest.hexdigest()[:12]}"


def test_name_of_another_model_is_as_given():
    assert SentenceTransformerEmbedder("some/model").name == "some/model"


def test_a_bundled_folder_stays_small(name):
    files = [path for path in FOLDERS[name].rglob("*") if path.is_file()]
    beside = [path for path in files if path.suffix == ".onnx" and path.name != "model.onnx"]
    assert sum(path.stat().st_size for path in files) - sum(path.stat().st_size for path in beside) <= LIMIT
    # What reads with the same words costs its layers alone.
    assert all(path.stat().st_size <= LIMIT / 5 for path in beside)


def test_nothing_heavy_is_imported_before_the_first_text():
    code = (
        "import sys; from vectorstore.embedding import SentenceTransformerEmbedder as E; "
        "E('bundled-fast').name; "
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_threads_load_the_model_once():
    embedder = SentenceTransformerEmbedder(FAST)
    seen = []
    gate = threading.Barrier(4)

    def embed() -> None:
        gate.wait()
        embedder.embed_query("预算")
        seen.append(id(embedder._loaded))

    threads = [threading.Thread(target=embed) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 4
    assert len(set(seen)) == 1


@pytest.mark.parametrize("model", ["no-such/model-anywhere", "/no/such/folder"])
def test_a_missing_model_is_named_with_the_way_out(model):
    with pytest.raises(ModelUnavailable) as caught:
        SentenceTransformerEmbedder(model).embed_query("你好")
    assert model in str(caught.value)
    assert "bundled" in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_damaged_folder_is_reported(tmp_path):
    (tmp_path / "modules.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelUnavailable):
        SentenceTransformerEmbedder(str(tmp_path)).embed_documents(["你好"])


@pytest.fixture
def with_prompts(tmp_path: Path) -> Path:
    """A real model folder of three words, a direction each, that asks for prompts and does not normalise."""
    tokenizer = Tokenizer(models.WordLevel({"ask": 0, "tell": 1, "word": 2, "?": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 2], [0, 0, 0]], dtype=np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)],
        prompts={"query": "ask ", "document": "tell "},
        device="cpu",
    )
    model.save(str(tmp_path / "model"), create_model_card=False)
    assert json.loads((tmp_path / "model" / "config_sentence_transformers.json").read_text())["prompts"]
    return tmp_path / "model"


def test_prompts_of_the_model_are_respected(with_prompts):
    embedder = SentenceTransformerEmbedder(str(with_prompts))
    half = np.sqrt(0.5)
    assert np.allclose(embedder.embed_query("word"), [half, 0, half], atol=1e-6)
    assert np.allclose(embedder.embed_documents(["word"]), [[0, half, half]], atol=1e-6)
