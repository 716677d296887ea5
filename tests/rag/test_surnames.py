"""Where a name ends: by what goes on after it, and by how the text goes on after it elsewhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.surnames import NAME, name_length


def length(text: str, *ends: int) -> int:
    match = re.match(NAME, text)
    assert match is not None
    return name_length(text, 0, match[0], frozenset(ends))


@pytest.mark.parametrize(
    ("text", "ends", "name"),
    [
        ("李殿勋作政府工作报告", (2,), "李殿勋"),
        ("殷勇同志作报告", (2,), "殷勇"),
        ("黄仁的讲话", (3,), "黄仁"),
        ("黄仁代表大家发言", (2,), "黄仁"),
        ("张永强在会上", (2,), "张永强"),
        ("许雷挺牵头，许雷挺负责", (2,), "许雷挺"),
        ("许雷挺牵头，许雷负责", (3,), "许雷"),
        ("欧阳明德，", (2,), "欧阳明德"),
    ],
)
def test_a_name_ends(text: str, ends: tuple[int, ...], name: str) -> None:
    assert text[: length(text, *ends)] == name


@given(st.text("李殿勋作在的强欧阳报告同志，", max_size=12), st.frozensets(st.integers(1, 5)))
def test_a_name_is_never_longer_than_what_was_read(text: str, ends: frozenset[int]) -> None:
    for match in re.finditer(NAME, text):
        assert 2 <= name_length(text, match.start(), match[0], ends) <= len(match[0])
