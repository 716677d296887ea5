"""Trains the bundled reader: `python -m vectorstore.training.reader --data DIR --out DIR`.

The body is that of the bundled encoder, its table of words as it is: all models of the folder read the same
file of words. Question and window go through the body together; what is learnt is where the answer begins and
ends, the first token standing for "not here". The run can be stopped at any time and goes on from its last
checkpoint in `--out`. Data as in static.py.
"""

import argparse
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from vectorstore.graphs import TRANSFORMER_FOLDER
from vectorstore.reader import headed, offsets, readable
from vectorstore.training import body, corpora, recovered, spans
from vectorstore.training.checkpoint import FILE, Training
from vectorstore.training.graph import ENCODER, GRAPHS, READER
from vectorstore.training.official import Reading
from vectorstore.training.transformer import prepare

SEED = 20261121
BATCH = 24
BODY_RATE = 1.2e-4
# Of the rate, where a run goes on from another.
AGAIN = 0.8
PASSES = 2
# Questions asked again in word-by-word English.
ENGLISH = 0.06
SAVE_EVERY = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """Lessons of about one length."""

    readings: Sequence[Reading]
    kind: str = "span"


class SpanReader(nn.Module):
    """Question and window read together: for each token how likely the answer begins and ends there."""

    def __init__(self, encoder: body.Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        encoder.table.weight.requires_grad_(False)
        self.span = nn.Linear(encoder.body.config.hidden_size, 2)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Scores, shape (texts, tokens, 2)."""
        scores: Tensor = self.span(self.encoder.read(ids, mask, kinds).float())
        return scores


def begun(start: Path | None) -> SpanReader:
    """A new reader over the bundled encoder, or the one of an earlier run or of a model folder."""
    graphs = TRANSFORMER_FOLDER / GRAPHS
    if start is None:
        return SpanReader(recovered.encoder(graphs, ENCODER))
    if (start / FILE).exists():
        model = SpanReader(recovered.encoder(graphs, ENCODER))
        model.load_state_dict(torch.load(start / FILE, weights_only=True)["model"])
        return model
    model = SpanReader(recovered.encoder(start / GRAPHS, READER))
    head = recovered.linear(start / GRAPHS, READER)
    model.span.load_state_dict({name: torch.from_numpy(value) for name, value in head.items()})
    return model


def batches(made: Sequence[Reading], chance: random.Random) -> list[Batch]:
    """The lessons of one pass in batches, in random order."""
    drawn = chance.sample(list(made), len(made))
    cut: list[Batch] = []
    for start in range(0, len(drawn), 40 * BATCH):
        part = sorted(drawn[start : start + 40 * BATCH], key=lambda each: len(each.window))
        cut += [Batch(part[at : at + BATCH]) for at in range(0, len(part), BATCH)]
    chance.shuffle(cut)
    return cut


def place(found: Encoding, reading: Reading) -> tuple[int, int]:
    """The first and the last token of the answer, the first of all where there is none or it was cut off."""
    if reading.end == 0:
        return 0, 0
    before = len(headed(reading.heading, ""))
    start, end = before + reading.start, before + reading.end
    inside = [
        row
        for row, (kind, (left, right)) in enumerate(zip(found.type_ids, offsets(found), strict=True))
        if kind and left < end and right > start and right > left
    ]
    return (inside[0], inside[-1]) if inside else (0, 0)


def loss_of(model: SpanReader, tokenizer: Tokenizer, batch: Batch) -> Tensor:
    """How improbable the right beginnings and ends are held to be, as cross-entropy."""
    found = tokenizer.encode_batch(
        [(each.question, headed(each.heading, each.window)) for each in batch.readings]
    )
    ids, mask = body.padded([each.ids for each in found])
    kinds, _ = body.padded([each.type_ids for each in found])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(ids, mask, kinds)
    scores = scores.masked_fill(~_answerable(kinds, mask).unsqueeze(-1), -1e4)
    right = torch.tensor([place(each, reading) for each, reading in zip(found, batch.readings, strict=True)])
    return functional.cross_entropy(scores, right)


def _answerable(kinds: Tensor, mask: Tensor) -> Tensor:
    """Tokens at which an answer may stand: those of the window, and the first of all."""
    allowed = (kinds == 1) & (mask == 1)
    allowed[:, 0] = True
    return allowed


def make(folder: Path, out: Path, *, passes: float, threads: int, start: Path | None = None) -> None:
    """From the data folder, and an earlier run or a model folder if `start` names one, to the checkpoint.

    A run that goes on where another ended draws other windows and learns more carefully.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    chance = random.Random(SEED + (start is not None))
    tokenizer = readable(TRANSFORMER_FOLDER)
    model = begun(start)
    _, meanings = prepare(folder)
    order: list[Batch] = []
    while passes > 0:
        made = spans.readings(folder, chance)
        made += spans.glossed(made, ENGLISH, meanings, chance)
        chosen = batches(made, chance)
        order += chosen[: round(min(1.0, passes) * len(chosen))]
        passes -= 1
    _log.info("%d batches", len(order))
    rate = BODY_RATE if start is None else AGAIN * BODY_RATE
    training = Training.begin(model, out, steps=len(order), body_rate=rate, table_rate=0.0)
    training.run(
        order[training.step :], lambda batch: loss_of(model, tokenizer, batch), save_every=SAVE_EVERY
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the bundled reader.")
    parser.add_argument("--data", type=Path, help="folder of the public data (default: $RAG_DATA)")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints")
    parser.add_argument("--start", type=Path, help="folder of a run or of a model to go on from")
    parser.add_argument("--passes", type=float, default=PASSES, help="how often each question is seen")
    parser.add_argument("--threads", type=int, default=2, help="one is faster than two on a busy machine")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder = corpora.data_folder(arguments.data)
    make(
        folder,
        arguments.out,
        passes=arguments.passes,
        threads=arguments.threads,
        start=arguments.start,
    )


if __name__ == "__main__":
    main()
