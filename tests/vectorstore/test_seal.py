import os
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.seal import seal

names = st.text(st.sampled_from("abc"), min_size=1, max_size=3)
contents = st.dictionaries(names, st.binary(min_size=1, max_size=50), min_size=1, max_size=4)


def folder_of(path, files):
    path.mkdir()
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path


@given(files=contents, others=contents)
@settings(max_examples=50, deadline=None)
def test_two_folders_have_one_seal_only_if_they_are_the_same(tmp_path_factory, files, others):
    root = tmp_path_factory.mktemp("seals")
    same = seal(folder_of(root / "a", files)) == seal(folder_of(root / "b", others))
    assert same == (files == others)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "here" / "deep").mkdir(parents=True)
    (tmp_path / "here" / "large").write_bytes(bytes(range(256)) * 400)
    (tmp_path / "here" / "deep" / "small").write_bytes(b"words")
    (tmp_path / "here" / "lock").touch()
    return tmp_path / "here"


def test_a_copy_has_the_same_seal(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    (tmp_path / "copy" / "lock").unlink()
    assert seal(tmp_path / "copy") == seal(folder)


@pytest.mark.parametrize("place", [0, -1])
def test_a_change_at_either_end_of_a_file_breaks_it(folder, place):
    before = seal(folder)
    content = bytearray((folder / "large").read_bytes())
    content[place] ^= 1
    (folder / "large").write_bytes(content)
    assert seal(folder) != before


def test_a_file_cut_or_gone_breaks_it(folder):
    whole = seal(folder)
    os.truncate(folder / "large", 51_200)
    cut = seal(folder)
    (folder / "deep" / "small").unlink()
    assert len({whole, cut, seal(folder)}) == 3


def test_a_folder_that_is_not_there_has_the_seal_of_an_empty_one(tmp_path):
    (tmp_path / "empty").mkdir()
    assert seal(tmp_path / "empty") == seal(tmp_path / "nowhere")
