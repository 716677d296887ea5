"""Quantities in Chinese text, in one form to compare: `6000万元`, `0.6亿元` and `六千万元` are equal.

Imports nothing of ours. (cn2an converts numerals too, but to floats and without their places in the
text, which a citation check needs; its wheel also installs stray `build` and `src` packages.)

What is read as a quantity:

- Arabic digits, with thousands separators, decimals, 万/亿 and the unit that follows.
- A Chinese numeral of two or more characters that is well formed (十五, 三千五百, 两万, 二〇二四).
- A single Chinese digit, or multipliers alone (百亿), only with a unit of the table behind it.

Not read, because the characters only look like numbers: 一 before a general measure word (一个, 一批),
numerals inside words (三中全会, 一体化, 统一, 十分, 万一, 第一, 四有), neighbours that name no number
(七八个, 十四五), and list numbering at the head of a line.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# A year in figures, and no part of a longer number.
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_MULTIPLIERS = _SMALL | _LARGE
_NUMERAL = "".join(_DIGITS) + "".join(_MULTIPLIERS)

# Each spelling of a unit and the one it is compared in, longest spelling first when matched.
_UNITS = {
    spelling: unit
    for unit, spellings in {
        "%": "%",
        "‰": "‰",
        "百分点": "个百分点 百分点",
        "年": "年 年度",
        "月": "月 月份",
        "日": "日",
        "号": "号",
        "季度": "季度",
        "个月": "个月",
        "天": "天",
        "小时": "小时",
        "分钟": "分钟",
        "周年": "周年",
        "周": "周 个星期",
        "元": "元 块钱 元人民币",
        "美元": "美元",
        "人": "人 名 位 人次",
        "户": "户",
        "亩": "亩",
        "公顷": "公顷",
        "平方米": "平方米 平米 m² ㎡ m2 平方",
        "平方公里": "平方公里 平方千米 km²",
        "立方米": "立方米 m³ 方",
        "公里": "公里 千米 km",
        "米": "米",
        "吨": "吨",
        "公斤": "公斤 千克 kg",
        "千瓦": "千瓦 kw",
        "千瓦时": "千瓦时 度 kwh",
        "倍": "倍",
        "岁": "岁",
        "届": "届",
        "时": "时",
        "条": "条",
        "章": "章",
        "款": "款",
        "级": "级",
        "层": "层",
        "期": "期",
        "批": "批",
        "个": "个 家 项 次 件 所 座 处 幢 栋 台 套 辆 部 份 种 类 支 场 张 间 只 组 方面 大类 "
        "大项 起 轮 篇 门 块 片 宗 场次 家次 盏 棵 株 对 副 床 班 例 笔 站 点",
    }.items()
    for spelling in spellings.split()
}
_SPELLINGS = "|".join(re.escape(spelling) for spelling in sorted(_UNITS, key=len, reverse=True))
# 一 before these is an article, not a count.
_ARTICLE = re.compile(
    r"(?:个(?!月|百分点)|家|项|次|件|处|种|类|批|套|场|组|起|轮|支|位|名|条|部|片|块|点|方面|方|对|度|期|级|时)"
)

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,40})(?:\.\d{1,40})?"
_ARABIC = re.compile(rf"{_NUMBER}(?:\s?[余多]?[十百千万亿]{{1,4}})?(?:{_NUMBER}[百千万亿]{{1,4}}){{0,4}}")
_PIECE = re.compile(rf"({_NUMBER})\s?[余多]?([十百千万亿]{{0,4}})")
_CHINESE = re.compile(rf"[{_NUMERAL}]+(?:[余多][万亿]+|点[{''.join(_DIGITS)}]+[万亿]*)?")
_FRACTION = re.compile(
    rf"(百|千|[{_NUMERAL}]{{1,12}})分之([{_NUMERAL}]{{1,12}}(?:点[{''.join(_DIGITS)}]+)?|{_NUMBER})"
)
_ISO_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\d.])")
_UNIT = re.compile(rf"[余多]?\s?({_SPELLINGS})")
_LETTERS = re.compile(r"[a-z]+")
_BULLET = re.compile(r"(?m)^[ \t\u3000]{0,20}(?:\d{1,3}[.、)](?!\d)|\(\d{1,3}\))")
_YEAR_DIGITS = 4
_LONGEST_NUMERAL = 24
# The articles of a law are numbered alike in every law.
_REMEMBERED = 4_096
# A paragraph that is found is read when it is ranked, and again when it answers.
_READ = 2_048


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in the spelling it is compared in; `text[start:end]` of the original.

    General measure words (个, 家, 项) are all compared as 个; a number without any has the unit "".
    """

    value: Decimal
    unit: str
    start: int
    end: int


@lru_cache(maxsize=_READ)
def quantities(text: str, *, numbering: bool = False) -> tuple[Quantity, ...]:
    """The quantities of a text in order, never overlapping; with `numbering` the heads of lists too."""
    folded = _fold(text)
    bullets = () if numbering else tuple(match.span() for match in _BULLET.finditer(folded))
    return normalised_quantities(folded, without=bullets)


def normalised_quantities(folded: str, *, without: Iterable[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """The quantities of a text in half width and lower case, none in the spans left out."""
    taken = bytearray(len(folded))
    for start, end in without:
        taken[start:end] = b"x" * (end - start)
    found: list[Quantity] = []
    for read in (_dates, _fractions, _arabic, _chinese):
        for quantity in read(folded):
            if not any(taken[quantity.start : quantity.end]):
                found.append(quantity)
        for quantity in found:
            taken[quantity.start : quantity.end] = b"x" * (quantity.end - quantity.start)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


class _Folds(dict[int, str]):
    """Half width and lower case of each character met so far, one character for one."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


_FOLDS = _Folds()
# A full-width comma separates thousands only between full-width digits.
_WIDE_SEPARATOR = re.compile("(?<=[０-９])，(?=[０-９])")


def _fold(text: str) -> str:
    """Half width and lower case, one character for one, so that offsets stay true."""
    return _WIDE_SEPARATOR.sub(",", text).translate(_FOLDS)


def _folded(character: str) -> str:
    if character.isdecimal():
        return str(int(character))
    if character in "，㎡²³":
        return character
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 and not folded.isdigit() else character


def _dates(text: str) -> list[Quantity]:
    found = []
    for match in _ISO_DATE.finditer(text):
        for group, unit in ((1, "年"), (3, "月"), (4, "日")):
            found.append(Quantity(Decimal(match[group]), unit, *match.span(group)))
    return found


def _fractions(text: str) -> list[Quantity]:
    found = []
    for match in _FRACTION.finditer(text) if "分之" in text else ():
        whole, part = _value(match[1]), _value(match[2])
        if not whole or part is None:
            continue
        scale, unit = (Decimal(1), "%") if match[1] == "百" else (1 / whole, "")
        found.append(Quantity(part * scale, unit, *match.span()))
    return found


def _value(numeral: str) -> Decimal | None:
    if numeral[0].isdecimal():
        return Decimal(numeral.replace(",", ""))
    return Decimal(_MULTIPLIERS[numeral]) if numeral in _MULTIPLIERS else _chinese_value(numeral)


def _arabic(text: str) -> list[Quantity]:
    found = []
    for match in _ARABIC.finditer(text):
        value = sum(
            (
                Decimal(number.replace(",", "")) * _product(scale)
                for number, scale in _PIECE.findall(match[0])
            ),
            start=Decimal(0),
        )
        unit, end = _unit(text, match.end())
        found.append(Quantity(value, unit, match.start(), end))
    return found


def _product(multipliers: str) -> int:
    product = 1
    for character in multipliers:
        product *= _MULTIPLIERS[character]
    return product


def _unit(text: str, position: int) -> tuple[str, int]:
    """The unit at a position and where it ends; letters such as the g of 5g count as one."""
    if (match := _UNIT.match(text, position)) is not None:
        return _UNITS[match[1]], match.end()
    if (letters := _LETTERS.match(text, position)) is not None:
        return letters[0], letters.end()
    return "", position


def _chinese(text: str) -> list[Quantity]:
    found = []
    for match in _CHINESE.finditer(text):
        numeral = match[0].replace("余", "").replace("多", "")
        unit, end = _unit(text, match.end())
        has_unit = end > match.end() and text[match.end()] not in "abcdefghijklmnopqrstuvwxyz"
        value = _chinese_value(numeral)
        if value is not None and _means_number(text, match, has_unit=has_unit):
            found.append(Quantity(value, unit, match.start(), end))
    return found


def _means_number(text: str, match: re.Match[str], *, has_unit: bool) -> bool:
    numeral = match[0]
    if numeral == "一":
        ordinal = text[match.start() - 1 : match.start()] == "第"
        return has_unit and (ordinal or _ARTICLE.match(text, match.end()) is None)
    counts = any(character in _DIGITS or character == "十" for character in numeral)
    if len(numeral) == 1 or not counts:
        return has_unit
    return True


@lru_cache(maxsize=_REMEMBERED)
def _chinese_value(numeral: str) -> Decimal | None:
    """The value of a well-formed numeral; `None` for anything else."""
    if len(numeral) > _LONGEST_NUMERAL:
        return None
    whole, _, decimals = numeral.partition("点")
    if decimals:
        return _decimal_value(whole, decimals)
    if len(whole) == _YEAR_DIGITS and all(character in _DIGITS and character != "两" for character in whole):
        return Decimal("".join(str(_DIGITS[character]) for character in whole))
    if whole in ("百", "千", "万", "亿"):
        return None
    value = _section_value(whole)
    return None if value is None else Decimal(value)


def _decimal_value(whole: str, decimals: str) -> Decimal | None:
    scale = decimals.lstrip("".join(_DIGITS))
    digits = decimals[: len(decimals) - len(scale)]
    value = _section_value(whole)
    if value is None:
        return None
    fraction = "".join(str(_DIGITS[character]) for character in digits)
    return Decimal(f"{value}.{fraction}") * _product(scale)


def _section_value(numeral: str) -> int | None:
    """Value by descending multipliers: 亿 and 万 scale all before them, 千百十 the digit before them."""
    for character, scale in (("亿", _LARGE["亿"]), ("万", _LARGE["万"])):
        head, found, tail = numeral.rpartition(character)
        if found:
            left = _section_value(head) if head else None
            right = _section_value(tail) if tail else 0
            if left is None or right is None or right >= scale:
                return None
            return left * scale + _short_form(numeral, tail, right, scale)
    return _small_value(numeral)


def _short_form(numeral: str, tail: str, value: int, scale: int) -> int:
    """两万五 is 25000: a single digit right after 万 or 亿 counts the next multiplier down."""
    return value * (scale // 10) if len(tail) == 1 and tail in _DIGITS and len(numeral) > 1 else value


def _small_value(numeral: str) -> int | None:
    """Below ten thousand; multipliers alone (百, 千) count once, as in 百亿."""
    total, last, pending = 0, 10_000, None
    for character in numeral:
        if character in _DIGITS:
            if pending not in (None, 0):
                return None
            pending = _DIGITS[character]
            continue
        scale = _SMALL.get(character)
        if scale is None or scale >= last or pending == 0 and total == 0:
            return None
        alone = pending is None or pending == 0
        if alone and total:
            pending = 1 if scale == _SMALL["十"] else None
            if pending is None:
                return None
        total += (1 if pending is None else pending) * scale
        last, pending = scale, None
    if pending is None:
        return total
    short = last in (_SMALL["百"], _SMALL["千"]) and numeral[-2:-1] in _SMALL
    return total + pending * (last // 10 if short else 1)
