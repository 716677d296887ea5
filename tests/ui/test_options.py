"""Options grouped in a record, on a command line like any others."""

import inspect
from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from ui.options import spread


@dataclass(frozen=True)
class Bounds:
    years: Annotated[list[int] | None, typer.Option("--year")] = None
    section: str = ""


@dataclass(frozen=True)
class Place:
    host: Annotated[str, typer.Option()]


def search(
    question: str, bounds: Bounds, place: Place, explain: Annotated[bool, typer.Option()] = False
) -> None:
    typer.echo(f"{question} {bounds} {place} {explain}")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--host", "h", "问"), "问 Bounds(years=None, section='') Place(host='h') False"),
        (
            ("问", "--year", "2023", "--year", "2024", "--section", "附则", "--host", "h", "--explain"),
            "问 Bounds(years=[2023, 2024], section='附则') Place(host='h') True",
        ),
    ],
)
def test_a_record_is_filled_from_options_of_its_own(given: tuple[str, ...], said: str) -> None:
    program = typer.Typer()
    program.command()(spread(search))
    result = CliRunner().invoke(program, given)
    assert result.output == f"{said}\n", result.output


def test_a_field_without_a_default_must_be_given() -> None:
    program = typer.Typer()
    program.command()(spread(search))
    assert CliRunner().invoke(program, ["问"]).exit_code == 2


def test_a_command_without_records_stays_as_it_is() -> None:
    def plain(question: str, limit: int = 3) -> str:
        return question * limit

    assert spread(plain)(question="问", limit=2) == "问问"
    assert list(inspect.signature(spread(plain)).parameters) == ["question", "limit"]
