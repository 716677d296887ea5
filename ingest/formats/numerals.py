"""Numbers as office files write them before a paragraph: 一 壹 甲 ① IV b; by the names of their formats.

May import nothing of ours.
"""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Word repeats the letter beyond z (aa, bbb); nobody counts further than this.
_MOST = 9999


def write_number(number: int, style: str) -> str:
    """A number in one of Word's number formats; an unknown format counts 1, 2, 3."""
    return _STYLES.get(style, str)(number) if 0 < number <= _MOST else str(number)


def _counted(digits: str, units: tuple[str, str, str, str]) -> Callable[[int], str]:
    """Chinese counting: 十二, 一百零三."""

    def write(number: int) -> str:
        written, gap = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if digit:
                written += digits[0].replace("〇", "零") * (gap and bool(written))
                written += digits[digit] + units[power]
            gap = not digit
        short = 10 <= number < 20 and units[1] == "十"
        return written[1:] if short else written

    return write


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _sexagenary(number: int) -> str:
    return _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number)


def _letter(number: int) -> str:
    repeats, index = divmod(number - 1, len(_LETTERS))
    return _LETTERS[index] * min(repeats + 1, 30)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _from(first: str, last: int, *, otherwise: str = "{}") -> Callable[[int], str]:
    """Signs that follow each other from `first` on, as far as the number `last`."""
    return lambda number: chr(ord(first) + number - 1) if number <= last else otherwise.format(number)


def _circled(number: int) -> str:
    if number <= 20:
        return chr(ord("①") + number - 1)
    return chr(ord("㉑") + number - 21) if number <= 35 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


def _ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


_counting = _counted(_DIGITS, ("", "十", "百", "千"))
_formal = _counted(_FORMAL, ("", "拾", "佰", "仟"))
_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20, otherwise="{}."),
    "decimalEnclosedParen": _from("⑴", 20, otherwise="({})"),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
}
