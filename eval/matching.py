"""Whether a text says an answer: one spelling for numbers, widths and punctuation, then containment.

May import `rag`; never a sibling room. Numerals are read here anew, not with the assistant's own
reader, so that the measure does not share its mistakes.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rag.language.chinese import normalise

_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_LONE_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_NO_INK = re.compile(r"[^\w%.]+|_+")
_LONE_BLANK = re.compile(r"(?<!\d) | (?!\d)")
_WITH_UNIT = re.compile(r"(\d+)(?:\.(\d+))?([万亿]+)")

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千]+")
_PERCENT = re.compile(r"百分之([零〇一二两三四五六七八九十\d.]+)")


def canonical(text: str) -> str:
    """The spelling two texts are compared in.

    NFKC, simplified, lower case; blanks and punctuation gone, a blank staying where it keeps two
    numbers apart; thousands separators gone; 万 and 亿 written out.

    >>> canonical("固定资产投资 740亿元 以上！")
    '固定资产投资74000000000元以上'
    >>> canonical("１．５萬方，增長５％；1,238户；3、4号线")
    '15000方增长5%1238户3 4号线'
    """
    plain = _THOUSANDS.sub("", normalise(text))
    plain = _LONE_BLANK.sub("", _NO_INK.sub(" ", _LONE_POINT.sub(" ", plain)))
    return _WITH_UNIT.sub(_written_out, plain)


def _written_out(match: re.Match[str]) -> str:
    whole, part, units = match[1], match[2] or "", match[3]
    shift = 4 * units.count("万") + 8 * units.count("亿")
    digits = whole + part.ljust(shift, "0")[:shift]
    rest = part[shift:].rstrip("0")
    return (digits.lstrip("0") or "0") + (f".{rest}" if rest else "")


def arabic(text: str) -> str:
    """Chinese numerals as digits where they are well formed, 万 and 亿 left as units.

    >>> arabic("二〇二三年三十八条，百分之六十，十点，一百零五条，三万人")
    '2023年38条，60%，10点，105条，3万人'
    """
    percents = _PERCENT.sub(r"\1%", text)
    return _NUMERAL.sub(lambda match: _value(match[0]) or match[0], percents)


def _value(run: str) -> str | None:
    """The digits of one run of numerals, or None when it is no number.

    >>> [_value(run) for run in ("二〇二三", "十", "四百一十二", "百", "二十三十")]
    ['2023', '10', '412', None, None]
    """
    if not any(character in _TENS for character in run):
        return "".join(str(_DIGITS[character]) for character in run)
    total, digit, last = 0, 1 if run[0] == "十" else None, 10_000
    for character in run:
        if character in _DIGITS:
            digit = _DIGITS[character] or None
        elif digit is None or _TENS[character] >= last:
            return None
        else:
            last = _TENS[character]
            total, digit = total + digit * last, None
    return str(total + (digit or 0))


def says(text: str, answer: str) -> bool:
    """Whether `text` holds `answer` in any spelling; a number never matches inside a longer one.

    >>> says("完成法律援助案件412件", "４１２件"), says("共1412件", "412件"), says("增长15.5%", "5.5%")
    (True, False, False)
    >>> says("投资15000方", "1.5万方"), says("晚10点", "十点"), says("随便", "，")
    (True, True, False)
    """
    return _contains(canonical(text), canonical(answer)) or _contains(
        canonical(arabic(normalise(text))), canonical(arabic(normalise(answer)))
    )


def found_share(text: str, items: Sequence[str]) -> float:
    """Share of the items that the text says.

    >>> found_share("数字经济、生命健康", ["数字经济", "生命健康", "新制造", "电竞文娱"])
    0.5
    """
    return sum(says(text, item) for item in items) / len(items)


def character_f1(given: str, expected: str) -> float:
    """Harmonic mean of the shares of characters in common, counted with repeats.

    "区住建局" for "住建局": precision 3/4, recall 3/3, F1 = 2 * 0.75 * 1 / 1.75 = 6/7.

    >>> round(character_f1("区住建局", "住建局"), 4), character_f1("黄仁", "车俊")
    (0.8571, 0.0)
    """
    left, right = Counter(canonical(given)), Counter(canonical(expected))
    common = (left & right).total()
    return 2 * common / (left.total() + right.total()) if common else 0.0


def _contains(text: str, answer: str) -> bool:
    return bool(answer) and any(
        not _cuts_number(text, start, start + len(answer)) for start in _places(text, answer)
    )


def _places(text: str, answer: str) -> Iterator[int]:
    start = text.find(answer)
    while start >= 0:
        yield start
        start = text.find(answer, start + 1)


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether the span begins or ends in the middle of a number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    begins = text[start].isdigit() and re.search(r"\d\.?$", before)
    ends = text[end - 1].isdigit() and re.match(r"\.?\d|%", after)
    return bool(begins or ends)
