"""Trains the bundled reranker: `python -m vectorstore.training.reranker --data DIR --encoder DIR --out DIR`.

The body is that of the transformer (`--encoder`, the folder of its checkpoint), of which the first layers are
kept, and its table of words as it is: both models read the same file of words. Question and window go
through the body together; what is learnt is which of a few windows that share words holds the answer.
The run can be stopped at any time and goes on from its last checkpoint in `--out`. Data as in static.py.
"""

import argparse
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from vectorstore.training import body, corpora, lessons, pairs, pieces
from vectorstore.training.checkpoint import FILE, Training
from vectorstore.training.corpora import Pair
from vectorstore.training.export import quantised
from vectorstore.training.transformer import prepare
from vectorstore.training.windows import windows

SEED = 20261121
LAYERS = 4
# The right window among so many.
CHOICES = 4
QUESTIONS = 12
# Windows as long as those that are read of a paragraph; see vectorstore/reranker.py.
WINDOW = 80
LONGEST = 96
BODY_RATE = 1.5e-4
SAVE_EVERY = 250
COUNT = {"answer": 8_500, "english": 2_500, "official": 1_500, "translation": 1_500}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """A question and windows, of which the first is the right one."""

    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Choices of one kind."""

    kind: str
    choices: Sequence[Choice]


class CrossEncoder(nn.Module):
    """Question and text read together: one number, larger the better the text answers."""

    def __init__(self, encoder: body.Encoder, layers: int) -> None:
        super().__init__()
        self.encoder = encoder
        encoder.body.encoder.layer = encoder.body.encoder.layer[:layers]
        encoder.table.weight.requires_grad_(False)
        self.score = nn.Linear(encoder.body.config.hidden_size, 1)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Scores, shape (texts,)."""
        states = self.encoder.read(ids, mask, kinds)
        scores: Tensor = self.score(states[:, 0].float()).squeeze(1)
        return scores


def choices(
    folder: Path, meanings: Mapping[str, Sequence[str]], chance: random.Random
) -> dict[str, list[Choice]]:
    """All choices by kind; no text of a benchmark is among them."""
    forbidden = pairs.benchmark_texts(folder)
    reading = pairs.reading(folder, forbidden)
    answered = _answered(reading)
    english = pairs.glossed((pair.left for pair in answered), lessons.words, meanings, SEED)
    laws, duties = pairs.law_articles(folder), pairs.duties(folder)
    half = COUNT["official"] // 2
    official = chance.sample(laws, half) + chance.sample(duties, min(half, len(duties)))
    official = [Pair(pair.left, windows(pair.right, WINDOW)[0]) for pair in official]
    everyday, _ = pairs.translations(folder, forbidden)
    parallel = [pair for pair in everyday if len(pair.left) > 8][: COUNT["translation"]]
    glossed = list(map(Pair, english, (pair.right for pair in answered)))
    return {
        "answer": _choices(answered, answered, chance),
        "english": _choices(glossed, answered, chance, near=answered),
        "official": _choices(official, official, chance),
        "translation": _choices(
            [Pair(p.right, p.left) for p in parallel],
            [Pair(p.left, p.left) for p in parallel],
            chance,
            near=[Pair(p.left, p.left) for p in parallel],
        ),
    }


def _answered(reading: corpora.ReadingSet) -> list[Pair]:
    made: list[Pair] = []
    for question in reading.questions:
        cuts = windows(reading.paragraphs[question.paragraph], WINDOW)
        made += [Pair(question.text, cut) for cut in cuts if question.answers[0] in cut][:1]
    return made


def _choices(
    asked: Sequence[Pair], answered: Sequence[Pair], chance: random.Random, near: Sequence[Pair] | None = None
) -> list[Choice]:
    """Each question with its window and others that share its words, or those of what `near` asks."""
    texts = sorted({pair.right for pair in answered})
    found = lessons.nearest([pair.left for pair in near or asked], texts, lessons.NEAREST, lessons.words)
    made: list[Choice] = []
    for pair, rows in zip(asked, found, strict=True):
        others = [texts[row] for row in rows if texts[row] != pair.right]
        made.append(Choice(pair.left, (pair.right, *chance.sample(others, CHOICES - 1))))
    return made


def batches(kinds: Mapping[str, Sequence[Choice]], chance: random.Random) -> list[Batch]:
    """All batches of a run in their order."""
    made: list[Batch] = []
    for kind, found in kinds.items():
        times = -(-COUNT[kind] // len(found))
        drawn = [choice for _ in range(times) for choice in chance.sample(list(found), len(found))]
        drawn = drawn[: COUNT[kind]]
        for start in range(0, len(drawn), 20 * QUESTIONS):
            part = sorted(drawn[start : start + 20 * QUESTIONS], key=lambda each: sum(map(len, each.texts)))
            made += [Batch(kind, part[at : at + QUESTIONS]) for at in range(0, len(part), QUESTIONS)]
    chance.shuffle(made)
    return made


def loss_of(model: CrossEncoder, tokenizer: Tokenizer, batch: Batch) -> Tensor:
    """How probable the right window of each question is held to be, as cross-entropy."""
    found = tokenizer.encode_batch([(each.question, text) for each in batch.choices for text in each.texts])
    ids, mask = body.padded([each.ids for each in found])
    kinds, _ = body.padded([each.type_ids for each in found])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(ids, mask, kinds)
    rows = scores.reshape(len(batch.choices), CHOICES)
    return functional.cross_entropy(rows, torch.zeros(len(rows), dtype=torch.long))


def load_encoder(folder: Path, rows: int) -> body.Encoder:
    """The transformer from its checkpoint, its words as the bundled file has them: in 8 bits."""
    made = body.Encoder(body.empty_body(), torch.zeros(rows, body.WIDTH).numpy())
    made.load_state_dict(torch.load(folder / FILE, weights_only=True)["model"])
    small, steps = quantised(made.table.weight.detach().numpy())
    made.table.weight.data.copy_(torch.from_numpy(small * steps[:, None]))
    return made


def make(folder: Path, encoder: Path, out: Path, *, threads: int) -> None:
    """From the data folder and the transformer's checkpoint to the model's graph."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    chosen, meanings = prepare(folder)
    tokenizer = pieces.build(chosen)
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    model = CrossEncoder(load_encoder(encoder, len(chosen.tokens)), LAYERS)
    order = batches(choices(folder, meanings, chance), chance)
    _log.info("%d batches", len(order))
    training = Training.begin(model, out, steps=len(order), body_rate=BODY_RATE, table_rate=0.0)
    training.run(
        order[training.step :], lambda batch: loss_of(model, tokenizer, batch), save_every=SAVE_EVERY
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the bundled reranker.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the transformer's checkpoint")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and of the graph")
    parser.add_argument("--threads", type=int, default=2, help="one is faster than two on a busy machine")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder = corpora.data_folder(arguments.data)
    make(folder, arguments.encoder, arguments.out, threads=arguments.threads)


if __name__ == "__main__":
    main()
