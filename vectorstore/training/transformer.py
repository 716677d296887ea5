"""Trains the bundled transformer: `python -m vectorstore.training.transformer --data DIR --out DIR`.

The story of the recipe from top to bottom; each step is a module of this package. The run can be stopped at
any time and goes on from its last checkpoint in `--out`; bundle.py makes the model folder of it. Data as in
static.py.
"""

import argparse
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from vectorstore.training import body, corpora, initial, lessons, measures, pieces, vocabulary
from vectorstore.training.checkpoint import Training, Truncated
from vectorstore.training.lessons import Batch

SEED = 20261121
TEMPERATURE = 0.05
# How much nearness to the teacher's own vector counts beside being told from the others.
TEACHER = 2.0
BODY_RATE = 1.0e-4
TABLE_RATE = 6.0e-4
LONGEST_TEXT = 112
SAVE_EVERY = 250
HELD_OUT_QUESTIONS = 400

_log = logging.getLogger(__name__)


def loss_of(
    encode: Callable[[Sequence[str]], Tensor], teach: Callable[[Sequence[str]], Tensor], batch: Batch
) -> Tensor:
    """How far the texts of a batch are from what they should be near to."""
    left = encode([lesson.left for lesson in batch.lessons])
    rights = [lesson.right for lesson in batch.lessons]
    goal = teach(rights) if batch.is_taught else encode(rights)
    truth = torch.arange(len(left))
    likeness = left @ goal.T / TEMPERATURE
    loss = functional.cross_entropy(likeness.T, truth)
    if any(lesson.wrong for lesson in batch.lessons):
        wrong = encode([lesson.wrong for lesson in batch.lessons])
        likeness = torch.cat([likeness, left @ wrong.T / TEMPERATURE], dim=1)
    loss = (loss + functional.cross_entropy(likeness, truth)) / 2
    if batch.is_taught:
        loss = loss + TEACHER * (1 - (left * goal).sum(1)).mean()
    return loss


def held_out_recall(encode: Callable[[Sequence[str]], Tensor], reading: corpora.ReadingSet) -> float:
    """Recall@1 on questions about paragraphs that are in no lesson."""
    cuts = lessons.cut_into_windows(reading)
    asked = reading.questions[:HELD_OUT_QUESTIONS]
    with torch.no_grad():
        texts = [text for _, text in cuts]
        rows = torch.cat([encode(texts[at : at + 128]) for at in range(0, len(texts), 128)])
        questions = encode([question.text for question in asked])
    truth = np.array([question.paragraph for question in asked])
    likeness = (questions @ rows.T).numpy()
    return measures.recall(likeness, np.array([row for row, _ in cuts]), truth, 1)


def prepare(folder: Path) -> tuple[pieces.Pieces, Mapping[str, Sequence[str]]]:
    """The tokens of the model, and the glosses of the dictionary's words."""
    entries = corpora.read_dictionary(folder / corpora.DICTIONARY)
    meanings = {entry.word: found for entry in entries if (found := initial.meanings(entry))}
    words = vocabulary.choose(folder, entries, vocabulary.Size())
    return pieces.choose(words, body.english_tokens(), pieces.Size()), meanings


def make(folder: Path, out: Path, *, share: float, threads: int) -> None:
    """From the data folder to the model folder."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    chosen, meanings = prepare(folder)
    model = body.Encoder(body.load_body(), body.first_table(chosen, meanings))
    teacher = initial.teacher()
    cut = Truncated(pieces.build(chosen), LONGEST_TEXT)
    order = lessons.batches(folder, meanings, SEED, share=share)
    _log.info("%d tokens, %d batches", len(chosen.tokens), len(order))
    training = Training.begin(model, out, steps=len(order), body_rate=BODY_RATE, table_rate=TABLE_RATE)

    def encode(texts: Sequence[str]) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors: Tensor = model(*body.padded(cut(texts)))
        return vectors

    def teach(texts: Sequence[str]) -> Tensor:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            return initial.encode_tensor(teacher, texts)

    training.run(order[training.step :], lambda batch: loss_of(encode, teach, batch), save_every=SAVE_EVERY)
    model.eval()
    _log.info("held-out R@1 %.3f", held_out_recall(encode, lessons.held_out(folder)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the bundled transformer embedding model.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and of the model")
    parser.add_argument("--share", type=float, default=1.0, help="share of the lessons, for a shorter run")
    parser.add_argument("--threads", type=int, default=2, help="one is faster than two on a busy machine")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    make(corpora.data_folder(arguments.data), arguments.out, share=arguments.share, threads=arguments.threads)


if __name__ == "__main__":
    main()
