"""Training that is stopped goes on as if it had not been."""

from dataclasses import dataclass

import pytest
import torch
from torch import Tensor, nn

from vectorstore.training.checkpoint import Training


@dataclass(frozen=True)
class Step:
    kind: str
    number: int


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.table = nn.Embedding(10, 4, sparse=True)
        self.body = nn.Linear(4, 1)

    def loss(self, step: Step) -> Tensor:
        return (self.body(self.table(torch.tensor([step.number % 10]))) - 1).square().mean()


STEPS = [Step("only", number) for number in range(12)]


def _train(folder, until: int) -> Model:
    model = Model()
    training = Training.begin(model, folder, steps=len(STEPS), body_rate=0.1, table_rate=0.1)
    training.run(STEPS[training.step : until], model.loss, save_every=5)
    return model


def test_a_stopped_run_ends_where_a_whole_one_does(tmp_path):
    whole = _train(tmp_path / "whole", 12)
    _train(tmp_path / "parts", 7)
    parts = _train(tmp_path / "parts", 12)
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.allclose(one, other)


def test_training_brings_the_loss_down(tmp_path):
    before = sum(Model().loss(step).item() for step in STEPS)
    model = _train(tmp_path, 12)
    assert sum(model.loss(step).item() for step in STEPS) < before


def test_what_needs_no_gradient_stays(tmp_path):
    model = Model()
    model.table.weight.requires_grad_(False)
    kept = model.table.weight.clone()
    training = Training.begin(model, tmp_path, steps=12, body_rate=0.1, table_rate=0.0)
    training.run(STEPS, model.loss, save_every=100)
    assert torch.equal(model.table.weight, kept)
    assert (tmp_path / "checkpoint.pt").exists()


def test_a_checkpoint_of_another_shape_is_refused(tmp_path):
    _train(tmp_path, 12)
    other = nn.ModuleDict({"table": nn.Embedding(3, 4, sparse=True), "body": nn.Linear(4, 1)})
    with pytest.raises(RuntimeError, match="size mismatch"):
        Training.begin(other, tmp_path, steps=12, body_rate=0.1, table_rate=0.1)
