"""Office files damaged at random: each is read, whole, or refused by name; nothing else happens.

May import `ingest` and `rag`.
"""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.loading import load
from rag.errors import UnreadableFile
from tests.ingest.formats.office import FILES, check_whole, repacked

NAMES = ("mixed.docx", "page.docx", "briefing.pptx")
READ = (
    "document",
    "numbering",
    "styles",
    "footnotes",
    "presentation.xml",
    "slides/",
    "notesSlides/",
    ".rels",
)
VALUES = st.sampled_from(["", "-1", "--3", "9" * 30, "x", "0", "1", "restart", "九", "true"])


def _parts(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(FILES / name) as file:
        return {each: file.read(each) for each in file.namelist() if any(word in each for word in READ)}


def _try(raw: bytes, name: str) -> None:
    try:
        loaded = load(raw, name)
    except UnreadableFile as error:
        refusal = str(error)
    else:
        check_whole(loaded)
        return
    assert name in refusal


def _change(root: etree._Element, draw: st.DataObject) -> None:
    """One element removed, emptied, renamed, copied elsewhere, or given another value."""
    elements = list(root.iter(etree.Element))
    one, other = (elements[draw.draw(st.integers(0, len(elements) - 1))] for _ in range(2))
    kind = draw.draw(st.sampled_from(["remove", "empty", "rename", "copy", "value"]))
    parent = one.getparent()
    if kind == "remove" and parent is not None:
        parent.remove(one)
    elif kind == "empty":
        one.clear()
    elif kind == "rename":
        one.tag = other.tag
    elif kind == "copy":
        other.append(etree.fromstring(etree.tostring(one)))
    elif kind == "value" and one.attrib:
        one.set(draw.draw(st.sampled_from(sorted(one.attrib))), draw.draw(VALUES))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_changed_elements(name: str, draw: st.DataObject) -> None:
    parts = _parts(name)
    part = draw.draw(st.sampled_from(sorted(parts)))
    root = etree.fromstring(parts[part])
    for _ in range(draw.draw(st.integers(1, 4))):
        _change(root, draw)
    _try(repacked((FILES / name).read_bytes(), {part: etree.tostring(root)}), name)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_changed_bytes(name: str, draw: st.DataObject) -> None:
    raw = bytearray((FILES / name).read_bytes())
    for _ in range(draw.draw(st.integers(1, 4))):
        raw[draw.draw(st.integers(0, len(raw) - 1))] = draw.draw(st.integers(0, 255))
    _try(bytes(raw), name)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(draw=st.data())
def test_files_cut_short(name: str, draw: st.DataObject) -> None:
    raw = (FILES / name).read_bytes()
    _try(raw[: draw.draw(st.integers(1, len(raw) - 1))], name)


def test_parts_lost_one_by_one() -> None:
    for name in NAMES:
        with zipfile.ZipFile(BytesIO((FILES / name).read_bytes())) as file:
            whole = {each: file.read(each) for each in file.namelist()}
        for lost in _parts(name):
            stream = BytesIO()
            with zipfile.ZipFile(stream, "w") as file:
                for each, content in whole.items():
                    if each != lost:
                        file.writestr(each, content)
            _try(stream.getvalue(), name)
