"""A training run that can be stopped at any time: its optimisers, its place, what it keeps on disk.

Imports nothing of this project. The body learns with AdamW, the table of words with a sparse Adam, which
touches only the rows of the words that a step has seen.
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

_log = logging.getLogger(__name__)

LOG_EVERY = 25
RISE = 0.05
CLIP = 1.0
FILE = "checkpoint.pt"


class Kind(Protocol):
    """What a step is about, for the log."""

    @property
    def kind(self) -> str:
        """Its name."""
        ...


Step = TypeVar("Step", bound=Kind)


class Truncated:
    """Texts to token ids, cut to a length."""

    def __init__(self, tokenizer: Tokenizer, longest: int) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(longest)

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text."""
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]


class Training:
    """A model with its optimisers and the number of steps it has taken."""

    def __init__(self, model: nn.Module, folder: Path, steps: int) -> None:
        self.step = 0
        self._model = model
        self._file = folder / FILE
        self._steps = steps
        self._optimisers: list[tuple[torch.optim.Optimizer, float]] = []

    @classmethod
    def begin(
        cls, model: nn.Module, folder: Path, *, steps: int, body_rate: float, table_rate: float
    ) -> "Training":
        """A new run of `steps`, or the one whose checkpoint stands in the folder."""
        made = cls(model, folder, steps)
        named = [(name, each) for name, each in model.named_parameters() if each.requires_grad]
        dense = [each for name, each in named if not name.startswith("table.")]
        sparse = [each for name, each in named if name.startswith("table.")]
        made._optimisers.append((torch.optim.AdamW(dense, lr=body_rate, weight_decay=0.01), body_rate))
        if sparse and table_rate:
            made._optimisers.append((torch.optim.SparseAdam(sparse, lr=table_rate), table_rate))
        folder.mkdir(parents=True, exist_ok=True)
        made._resume()
        return made

    def run(self, steps: Sequence[Step], loss_of: Callable[[Step], Tensor], *, save_every: int) -> None:
        """Take the steps that are left, and save every so many."""
        losses: dict[str, list[float]] = {}
        started, first = time.monotonic(), self.step
        self._model.train()
        for each in steps:
            loss = loss_of(each)
            self._learn(loss)
            losses.setdefault(each.kind, []).append(float(loss.detach()))
            self.step += 1
            if self.step % LOG_EVERY == 0:
                left = (time.monotonic() - started) / (self.step - first) * (self._steps - self.step)
                means = " ".join(
                    f"{kind}={sum(all_) / len(all_):.3f}" for kind, all_ in sorted(losses.items())
                )
                _log.info("step %d/%d, %.0f min left, loss %s", self.step, self._steps, left / 60, means)
                losses.clear()
            if self.step % save_every == 0:
                self.save()
        self.save()

    def _learn(self, loss: Tensor) -> None:
        share = min((self.step + 1) / (RISE * self._steps), 1 - self.step / self._steps)
        for optimiser, rate in self._optimisers:
            optimiser.param_groups[0]["lr"] = rate * max(share, 1e-3)
            optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._optimisers[0][0].param_groups[0]["params"], CLIP)
        for optimiser, _ in self._optimisers:
            optimiser.step()

    def save(self) -> None:
        """Write the checkpoint beside the old one, then put it in its place."""
        state = {
            "step": self.step,
            "model": self._model.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser, _ in self._optimisers],
        }
        torch.save(state, self._file.with_suffix(".new"))
        self._file.with_suffix(".new").replace(self._file)

    def _resume(self) -> None:
        if not self._file.exists():
            return
        state = torch.load(self._file, weights_only=True)
        self.step = state["step"]
        self._model.load_state_dict(state["model"])
        for (optimiser, _), kept in zip(self._optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(kept)
        _log.info("going on from step %d", self.step)
