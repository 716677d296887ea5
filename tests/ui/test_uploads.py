"""Names that arrive, bytes that arrive."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.uploads import LONGEST_NAME, NAMELESS, FileTooLarge, display_name, receive


@given(st.text())
def test_any_name_becomes_one_short_printable_part(given_name: str):
    shown = display_name(given_name)
    assert 0 < len(shown) <= LONGEST_NAME
    assert not set(shown) & set('/\\:*?"<>|\n\r\t\x00\x1b\u202e')
    assert shown not in (".", "..")
    assert display_name(shown) == shown


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (None, NAMELESS),
        ("", NAMELESS),
        ("...", NAMELESS),
        ("../", NAMELESS),
        ("规定（试行）.md", "规定（试行）.md"),
        ("a\x07b\x1b[31m\n.txt", "ab[31m.txt"),
        ("很" * 300 + ".txt", "很" * 116 + ".txt"),
    ],
)
def test_names(sent: str | None, shown: str):
    assert display_name(sent) == shown


@given(st.binary(max_size=100), st.integers(0, 100))
def test_what_is_received_is_read_from_its_beginning(content: bytes, read: int):
    sent = BytesIO(content)
    sent.seek(read)
    assert receive(sent, "名.txt", max_bytes=100).content.read() == content


def test_one_byte_too_many_is_refused_by_name_and_limit():
    with pytest.raises(FileTooLarge, match=r"名\.txt.*101.*100"):
        receive(BytesIO(b"x" * 101), "名.txt", max_bytes=100)
