"""The audit of a library: silent about a sound one, outspoken about everything else."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.ui.conftest import settings_for
from ui.bench.shelf import Audit, Edition, audit
from ui.compose import Application

NAMES = ("甲001", "甲002", "甲003")
FIRST = {name: (Edition(name, 1),) for name in NAMES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


@pytest.fixture
def application(tmp_path: Path, folder: Path) -> Iterator[Application]:
    with Application.open(settings_for(tmp_path / "library"), writable=True) as opened:
        for name in NAMES:
            opened.library.put(Edition(name, 1).parsed(folder))
        yield opened


def test_a_sound_library_has_no_problems(application: Application, folder: Path) -> None:
    assert audit(application, folder, FIRST, Random(1)) == Audit(dict.fromkeys(NAMES, 1), ())


def test_either_of_two_editions_may_be_there(application: Application, folder: Path) -> None:
    either = FIRST | {"甲001": (Edition("甲001", 2), Edition("甲001", 1))}
    assert audit(application, folder, either, Random(1)).versions == dict.fromkeys(NAMES, 1)


def test_a_lost_document_is_a_problem(application: Application, folder: Path) -> None:
    application.library.delete(Edition("甲002", 1).parsed(folder).document.id)
    assert audit(application, folder, FIRST, Random(1)).problems == ("文件丢失或不完整：甲002",)


def test_an_older_edition_than_allowed_is_a_problem(application: Application, folder: Path) -> None:
    wanted = FIRST | {"甲002": (Edition("甲002", 2),)}
    assert audit(application, folder, wanted, Random(1)).problems == ("文件丢失或不完整：甲002",)


def test_a_document_that_should_be_gone_is_a_problem(application: Application, folder: Path) -> None:
    wanted = FIRST | {"甲002": (None,)}
    assert audit(application, folder, wanted, Random(1)).problems == ("文件丢失或不完整：甲002",)


def test_a_document_nobody_put_there_is_a_problem(application: Application, folder: Path) -> None:
    wanted = {name: FIRST[name] for name in NAMES[:2]}
    found = audit(application, folder, wanted, Random(1)).problems
    assert [problem.split("：")[0] for problem in found] == ["多出文件"]


def test_a_document_that_no_index_knows_is_a_problem(application: Application, folder: Path) -> None:
    catalogue = application.library.catalogue
    document_id = Edition("甲003", 1).parsed(folder).document.id
    lost = [edition for edition, each in catalogue.editions().items() if each == document_id]
    with application.library.lexical.current() as lexical, application.library.dense.current() as dense:
        lexical.remove(lost)
        dense.remove(lost)
    found = audit(application, folder, FIRST, Random(1)).problems
    assert any("词语索引" in problem for problem in found)
    assert any("语义索引" in problem for problem in found)
