"""Signs that office files write by their place in a symbol font, as the characters a reader sees.

May import nothing of ours.
"""

_GREEK = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
)


def _signs(codes: str, signs: str) -> dict[int, str]:
    return dict(zip(bytes.fromhex(codes), signs, strict=True))


_SYMBOL = {ord(latin): greek for latin, greek in _GREEK.items()} | _signs(
    "a3 a5 a8 ac ad ae af b0 b1 b3 b4 b7 b8 b9 bb bc d6 e5", "≤∞♦←↑→↓°±≥×•÷≠≈…√∑"
)
_WINGDINGS = _signs(
    "28 2a 46 6c 6e 6f 71 75 76 77 9e 9f a1 a7 a8 ab d8 e0 e8 f0 fb fc fd fe", "☎✉☞●■□❑◆❖◆·•○▪□★➢→➔⇨✗✓☒☑"
) | _signs("81 82 83 84 85 86 87 88 89 8a", "①②③④⑤⑥⑦⑧⑨⑩")
_WINGDINGS_2 = _signs("50 52 53 54 97 98 a3", "✓☑☒☒●•□")
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
# Where symbol fonts keep their signs in Unicode's private area.
_PRIVATE, _PRIVATE_END = 0xE000, 0xF8FF


def read_symbol(code: int, font: str) -> str:
    """The character that a font shows for a code; "" where nobody but that font could tell."""
    signs = _FONTS.get(font.strip().lower())
    if signs is not None:
        return signs.get(code & 0xFF, "")
    return "" if _PRIVATE <= code <= _PRIVATE_END or not 0x20 <= code < 0xD800 else chr(code)


def read_bullet(text: str, font: str = "") -> str:
    """The bullet of a list as a plain character: • for those of symbol fonts that are not known."""
    if font.strip().lower() not in _FONTS and not any(_PRIVATE <= ord(sign) <= _PRIVATE_END for sign in text):
        return text.strip()
    return "".join(read_symbol(ord(sign), font) for sign in text).strip() or "•"
