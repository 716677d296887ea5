"""Signs of symbol fonts, against the tables of those fonts.

May import `ingest` and `rag`.
"""

import pytest

from ingest.formats.symbols import read_bullet, read_symbol


@pytest.mark.parametrize(
    ("code", "font", "sign"),
    [
        (0xF0FC, "Wingdings", "✓"),
        (0xFC, " wingdings ", "✓"),
        (0xF0A8, "Wingdings", "□"),
        (0xF052, "Wingdings 2", "☑"),
        (0xF061, "Symbol", "α"),
        (0x57, "Symbol", "Ω"),
        (0xF0B3, "Symbol", "≥"),
        (0xF0FF, "Wingdings", ""),
        (0xF0FC, "Nobody's", ""),
        (0x4E2D, "宋体", "中"),
        (0x07, "宋体", ""),
        (0xD800, "宋体", ""),
        (0x110000 - 1, "宋体", ""),
    ],
)
def test_a_sign_is_what_its_font_shows(code: int, font: str, sign: str) -> None:
    assert read_symbol(code, font) == sign


@pytest.mark.parametrize(
    ("text", "font", "bullet"),
    [
        ("●", "", "●"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf06c", "Wingdings", "●"),
        ("\uf0ff", "", "•"),
        ("- ", "", "-"),
    ],
)
def test_a_bullet_is_always_a_plain_sign(text: str, font: str, bullet: str) -> None:
    assert read_bullet(text, font) == bullet
