"""Words of a dictionary in CC-CEDICT's form."""

import gzip
from pathlib import Path

import pytest

from eval.cedict import Entry, entries
from rag.errors import UnreadableFile

LINES = """# CC-CEDICT
支票 支票 [zhi1 piao4] /check (bank)/cheque/CL:本[ben3]/
改稱 改称 [gai3 cheng1] /to rename/see 改名[gai3 ming2]/
3C 3C [san1 C] /computers, communications, and consumer electronics/
趙 赵 [Zhao4] /surname Zhao/to surpass (old)/
"""


def test_words_come_with_their_syllables_and_plain_senses(tmp_path: Path) -> None:
    file = tmp_path / "cedict.gz"
    with gzip.open(file, "wt", encoding="utf-8") as written:
        written.write(LINES)
    assert list(entries(file)) == [
        Entry("支票", ("zhi1", "piao4"), ("check (bank)", "cheque")),
        Entry("改称", ("gai3", "cheng1"), ("to rename",)),
        Entry("赵", ("zhao4",), ("to surpass (old)",)),
    ]


def test_a_dictionary_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cedict.gz"
    file.write_text("支票", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"cedict\.gz"):
        list(entries(file))
