"""Paragraphs too long to be read as one.

May import `ingest` and `rag`.
"""

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.splitting import LONGEST_PARAGRAPH, split_long
from rag.language.chinese import squeeze

PIECES = st.lists(
    st.sampled_from(["好" * 700 + "。", "一句话。", " \n", "长" * 4000]), min_size=1, max_size=8
)


@given(PIECES.map("".join).filter(str.strip))
def test_parts_follow_one_another_and_say_the_same(raw):
    block = Block("".join(raw.split()), 0, len(raw), Mark.PLAIN)
    parts = list(split_long(block, raw))
    assert "".join(squeeze(part.text) for part in parts) == squeeze(raw)
    assert all(len(part.text) <= LONGEST_PARAGRAPH for part in parts)
    for part in parts:
        assert squeeze(raw[part.start : part.end]) == squeeze(part.text)
    assert all(first.end <= second.start for first, second in zip(parts, parts[1:], strict=False))


def test_a_short_paragraph_is_left_alone():
    block = Block("短。", 0, 2, Mark.PLAIN)
    assert list(split_long(block, "短。")) == [block]
