"""Contrastive training: the two texts of a pair must find each other among all texts of their batch.

Imports torch and nothing of this project. One batch holds pairs of one source only, so that nothing but
meaning tells its texts apart.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

_log = logging.getLogger(__name__)

LONGEST_TEXT = 160
LOG_EVERY = 100


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as rows of token ids, laid end to end."""

    ids: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, tokenizer: Tokenizer, texts: Sequence[str]) -> "Bags":
        """Tokenized texts, each cut to the longest length trained on."""
        rows = [each.ids[:LONGEST_TEXT] for each in tokenizer.encode_batch_fast(list(texts))]
        ids = np.array([token for row in rows for token in row], dtype=np.int64)
        return cls(ids, np.cumsum([len(row) for row in rows], dtype=np.int64))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many tokens each text has."""
        return np.diff(self.ends, prepend=0)

    def take(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """The tokens of the chosen texts and where each text starts, as an embedding bag wants them."""
        lengths = self.lengths[rows]
        starts = np.cumsum(lengths) - lengths
        shift = np.repeat(self.ends[rows] - lengths - starts, lengths)
        return torch.from_numpy(self.ids[np.arange(lengths.sum()) + shift]), torch.from_numpy(starts)


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one kind and how often each is seen."""

    name: str
    left: Bags
    right: Bags
    passes: float

    @property
    def usable(self) -> NDArray[np.int64]:
        """Rows with at least one token on both sides."""
        return np.flatnonzero((self.left.lengths > 0) & (self.right.lengths > 0))


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of a training run."""

    batch: int = 1024
    rate: float = 2e-3
    temperature: float = 0.08
    seed: int = 20261121


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one source."""

    source: Source
    rows: NDArray[np.int64]


def batches(sources: Sequence[Source], plan: Plan) -> list[Batch]:
    """All batches of the run in random order; a last incomplete batch of a source is left out."""
    chance = np.random.default_rng(plan.seed)
    made: list[Batch] = []
    for source in sources:
        rows = source.usable
        drawn = np.concatenate([chance.permutation(rows) for _ in range(int(np.ceil(source.passes)))])
        drawn = drawn[: int(len(rows) * source.passes)]
        size = min(plan.batch, len(rows))
        made += [Batch(source, drawn[at : at + size]) for at in range(0, len(drawn) - size + 1, size)]
    return [made[row] for row in chance.permutation(len(made))]


def contrast(left: Tensor, right: Tensor, temperature: float) -> Tensor:
    """Symmetric cross-entropy of every text against the texts on the other side."""
    likeness = functional.normalize(left) @ functional.normalize(right).T / temperature
    truth = torch.arange(len(likeness))
    return (functional.cross_entropy(likeness, truth) + functional.cross_entropy(likeness.T, truth)) / 2


def _report(losses: dict[str, list[float]], step: int, total: int) -> None:
    means = " ".join(f"{name}={np.mean(values):.3f}" for name, values in sorted(losses.items()))
    _log.info("step %d/%d loss %s", step, total, means)
    losses.clear()


def _rates(plan: Plan, total: int) -> Iterator[float]:
    """Linear decay to zero after a short rise."""
    rise = max(1, total // 20)
    return (plan.rate * min((step + 1) / rise, 1 - step / total) for step in range(total))


def train(first: NDArray[np.float32], sources: Sequence[Source], plan: Plan) -> NDArray[np.float32]:
    """The word vectors after training; the same input gives the same output."""
    torch.manual_seed(plan.seed)
    table = nn.EmbeddingBag.from_pretrained(torch.from_numpy(first.copy()), freeze=False, sparse=True)
    optimiser = torch.optim.SparseAdam(table.parameters(), lr=plan.rate)
    order = batches(sources, plan)
    losses: dict[str, list[float]] = {}
    for step, (batch, rate) in enumerate(zip(order, _rates(plan, len(order)), strict=True), start=1):
        optimiser.param_groups[0]["lr"] = rate
        optimiser.zero_grad()
        left, right = batch.source.left.take(batch.rows), batch.source.right.take(batch.rows)
        loss = contrast(table(*left), table(*right), plan.temperature)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()  # type: ignore[no-untyped-call]
        losses.setdefault(batch.source.name, []).append(loss.item())
        if step % LOG_EVERY == 0 or step == len(order):
            _report(losses, step, len(order))
    return np.asarray(table.weight.detach().numpy(), dtype=np.float32)
