"""Trains the bundled static embedding model: `python -m vectorstore.training.static --data DIR --out DIR`.

The story of the recipe from top to bottom; each step is a module of this package. Runs on two cores.

`--data` (or the environment variable RAG_DATA) names a folder with public data:
cedict/ CC-CEDICT (mdbg.net, CC BY-SA 4.0), cmrc2018/ (github.com/ymcui/cmrc2018, CC BY-SA 4.0),
parallel/ sentence pairs of Tatoeba (CC BY 2.0 FR) and of software documentation (licence per project),
corpus/ Chinese laws and government work reports (official documents), and for the benchmark
drcd/ (CC BY-SA 3.0) and xquad/ (CC BY-SA 4.0).
"""

import argparse
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.training import contrast, corpora, export, initial, pairs, segmenter, vocabulary

SEED = 20261121
DIMENSION = 256
THREADS = 2
SAMPLE_TEXTS = 50_000
OFFICIAL_GLOSSES = 30_000
# How often each kind of pair is seen. The widest in subject are seen most: everyday sentences and questions.
PASSES = {
    "everyday": 2.0,
    "technical": 1.0,
    "question": 4.0,
    "question-gloss": 3.0,
    "text-gloss": 0.7,
    "dictionary": 1.0,
    "neighbour": 0.5,
    "article": 0.5,
}

_log = logging.getLogger(__name__)


def collect(
    folder: Path, meanings: Mapping[str, Sequence[str]], tokenizer: Tokenizer
) -> dict[str, list[corpora.Pair]]:
    """All training pairs by kind; no text of a benchmark is among them."""

    def cut(text: str) -> Sequence[str]:
        return list(tokenizer.encode(text).tokens)

    forbidden = pairs.benchmark_texts(folder)
    everyday, technical = pairs.translations(folder, forbidden)
    reading = pairs.reading(folder, forbidden)
    answered = pairs.answered(reading)
    near = pairs.document_neighbours(folder, SEED)
    articles = pairs.law_articles(folder)
    texts = [pair.right for pair in answered]
    texts += [pair.right for pair in (near + articles)[:: max(1, len(near + articles) // OFFICIAL_GLOSSES)]]
    asked = pairs.glossed((pair.left for pair in answered), cut, meanings, SEED)
    read = pairs.glossed(texts, cut, meanings, SEED + 1)
    return {
        "everyday": everyday,
        "technical": technical,
        "question": answered,
        "question-gloss": list(map(corpora.Pair, asked, (pair.right for pair in answered))),
        "text-gloss": list(map(corpora.Pair, read, texts)),
        "dictionary": pairs.defined(meanings),
        "neighbour": near + pairs.cloze(reading.paragraphs, SEED),
        "article": articles,
    }


def tokenized(kinds: Mapping[str, list[corpora.Pair]], tokenizer: Tokenizer) -> list[contrast.Source]:
    """The pairs as token ids, with the number of passes over each kind."""
    sources: list[contrast.Source] = []
    for name, found in kinds.items():
        left = contrast.Bags.of(tokenizer, [pair.left for pair in found])
        right = contrast.Bags.of(tokenizer, [pair.right for pair in found])
        sources.append(contrast.Source(name, left, right, PASSES[name]))
        _log.info("%s: %d pairs, %d tokens", name, len(found), len(left.ids) + len(right.ids))
    return sources


def sampled(rows: NDArray[np.float32], sources: Sequence[contrast.Source]) -> NDArray[np.float32]:
    """Unit vectors of training texts of all kinds, the sample the reduction is fitted on."""
    chance = np.random.default_rng(SEED)
    table = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(rows))
    share = SAMPLE_TEXTS // (2 * len(sources))
    vectors = [
        torch.nn.functional.normalize(table(*side.take(chance.choice(source.usable, share)))).numpy()
        for source in sources
        for side in (source.left, source.right)
    ]
    return np.concatenate(vectors)


def make(folder: Path, out: Path) -> None:
    """From the data folder to the model folder."""
    torch.set_num_threads(THREADS)
    entries = corpora.read_dictionary(folder / corpora.DICTIONARY)
    words = vocabulary.choose(folder, entries, vocabulary.Size())
    tokenizer = segmenter.build(words)
    _log.info("vocabulary: %d words", len(words.words))
    first = initial.first_vectors(words, entries, SEED) * initial.rarity(words)[:, None]
    meanings = {entry.word: found for entry in entries if (found := initial.meanings(entry))}
    sources = tokenized(collect(folder, meanings, tokenizer), tokenizer)
    # Reduced before training rather than after it: the training then makes the best of what is kept.
    small = export.reduced(first, sampled(first, sources), DIMENSION)
    rows = contrast.train(small, sources, contrast.Plan(seed=SEED))
    rows[0] = 0  # what is in no vocabulary must not pull texts together
    export.write(out, tokenizer, rows)
    _log.info("written: %s", out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the bundled static embedding model.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument("--out", type=Path, required=True, help="folder the model is written to")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    make(corpora.data_folder(arguments.data), arguments.out)


if __name__ == "__main__":
    main()
