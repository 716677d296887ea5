"""Whether a sentence stands in what it cites, without a model: figures, dates, numbers, names, wording.

May import the Chinese text, numerals and markers of this room.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.language.chinese import bigrams, normalise, squeeze, words
from rag.language.names import BARE, LEVELS, LONGEST_SHORT, SMALLEST_CORE, long_form, organisations, persons
from rag.language.numerals import Quantity, quantities
from rag.markers import clean, strip

# Share of a sentence's wording that must be found in the cited text; `tests/rag/test_support.py`
# measures both sides on the founding documents (sentences against their own and against other text).
MINIMUM_OVERLAP = 0.4

_COUNTED = frozenset({"个", "人", "户", "条"})
_DATE_UNITS = ("年", "月", "日")
_INK = re.compile(r"[^\w%]+")
# What may stand before and after a clause.
_EDGES = "。，；、！？,;!?:：.…"
_QUOTED = re.compile(r"《([^《》]{1,80})》|“([^“”]{1,80})”|「([^「」]{1,80})」|\"([^\"]{2,80})\"")
_DOCUMENT_NUMBER = re.compile(r"[〔\[(【]((?:19|20)\d\d)[〕\])】]第?(\d{1,6})号")

_NEGATED = re.compile(
    r"(不得|不再|不能|不会|不予|不准|不是|不|未能|未|无需|无须|没有|禁止|严禁|停止|取消)([\u4e00-\u9fff]{2})"
)


# Words that carry no claim of their own.
_IDLE = frozenset(
    "以及 包括 主要 其中 进行 根据 通过 同时 此外 另外 分别 具体 方面 相关 有关 可以 需要 文件 段落 提到 "
    "指出 表示".split()
)


@dataclass(frozen=True, slots=True)
class Support:
    """How far a sentence stands in its cited texts.

    `missing` lists the figures, dates, document numbers, quotations, names and denials of the sentence
    that the cited texts do not hold, as written; `overlap` is the share of its wording found there.
    """

    supported: bool
    missing: tuple[str, ...]
    overlap: float


def check(sentence: str, cited: Sequence[str], *, minimum_overlap: float = MINIMUM_OVERLAP) -> Support:
    """Check one sentence, markers or not, against the texts it cites.

    A cited text should carry what a reader of the source sees: title, section and signature too.
    """
    claim = strip(clean(sentence, 0))
    source = "\n".join(cited)
    plain, held = _plain(claim), _plain(source)
    if _stands_as_it_is(plain, _plain(source.replace("\n", "。"))):
        return Support(supported=True, missing=(), overlap=1.0)
    parts = [*_missing_figures(claim, source), *_missing_names(plain, held), *_reversed(plain, held)]
    missing = tuple(dict.fromkeys(parts))
    overlap = _overlap(claim, held) if _INK.sub("", plain) else 0.0
    return Support(not missing and overlap >= minimum_overlap, missing, overlap)


def _plain(text: str) -> str:
    return squeeze(normalise(text))


def _stands_as_it_is(claim: str, source: str) -> bool:
    """Whether whole clauses of the source are the claim, word by word: what most answers are."""
    words = re.escape(claim.strip(_EDGES))
    return bool(words) and re.search(rf"(?<!\w)(?<!\d[.,]){words}(?![\w%]|[.,]\d)", source) is not None


def _wording(text: str) -> tuple[str, int]:
    """The text without its figures, which are compared by value, and how many characters they took."""
    out, position, taken = [], 0, 0
    for quantity in quantities(text):
        out.append(text[position : quantity.start])
        position = quantity.end
        taken += quantity.end - quantity.start
    return " ".join([*out, text[position:]]), taken


def _missing_figures(claim: str, source: str) -> Iterator[str]:
    """Figures of the claim without an equal in the source; dates of several parts as a whole."""
    stated, held = quantities(claim), quantities(source, numbering=True)
    dates, held_dates = [date for date in _dates(stated) if len(date) > 1], _dates(held)
    parts = {quantity for date in dates for quantity in date if quantity.unit != "年"}
    for quantity in stated:
        if quantity not in parts and not any(_equal(quantity, other) for other in held):
            yield claim[quantity.start : quantity.end]
    for date in dates:
        if not any(_same_date(date, other) for other in held_dates):
            yield claim[date[0].start : date[-1].end]


def _equal(stated: Quantity, held: Quantity) -> bool:
    """Equal values in the same unit; no unit fits any, and things counted may be counted in another word."""
    units = {stated.unit, held.unit}
    return stated.value == held.value and (len(units) == 1 or "" in units or units <= _COUNTED)


def _dates(found: Sequence[Quantity]) -> list[tuple[Quantity, ...]]:
    """Runs of year, month, day that stand next to each other."""
    dates: list[tuple[Quantity, ...]] = []
    for quantity in found:
        if quantity.unit not in _DATE_UNITS:
            continue
        last = dates[-1][-1] if dates else None
        follows = (
            last is not None
            and quantity.start - last.end <= 1
            and _DATE_UNITS.index(quantity.unit) == _DATE_UNITS.index(last.unit) + 1
        )
        if follows:
            dates[-1] += (quantity,)
        else:
            dates.append((quantity,))
    return dates


def _same_date(stated: tuple[Quantity, ...], held: tuple[Quantity, ...]) -> bool:
    """No part differs and the finest part is there; a year left out of the source may stand elsewhere."""
    mine = {quantity.unit: quantity.value for quantity in stated}
    theirs = {quantity.unit: quantity.value for quantity in held}
    shared = mine.keys() & theirs.keys()
    needed = mine.keys() - {"年"}
    return needed <= shared and all(mine[unit] == theirs[unit] for unit in shared)


def _missing_names(claim: str, source: str) -> Iterator[str]:
    yield from _missing_document_numbers(claim, source)
    inked = _INK.sub("", source)
    for match in _QUOTED.finditer(claim):
        quoted = next(group for group in match.groups() if group is not None)
        if _INK.sub("", quoted) not in inked:
            yield match[0]
    for organisation in organisations(claim):
        if not _organisation_stands(organisation.text, source):
            yield organisation.text
    for person in persons(claim):
        if person.text not in source:
            yield person.text


def _missing_document_numbers(claim: str, source: str) -> Iterator[str]:
    held = {match.groups() for match in _DOCUMENT_NUMBER.finditer(source)}
    for match in _DOCUMENT_NUMBER.finditer(claim):
        if match.groups() not in held:
            yield match[0]


def _reversed(claim: str, source: str) -> Iterator[str]:
    """What the claim denies and the source says, or the other way round (不收取 for 收取)."""
    denied = {match[2]: match[0] for match in _NEGATED.finditer(claim)}
    denied_there = {match[2]: match[0] for match in _NEGATED.finditer(source)}
    for stem, words_used in denied.items():
        if stem in source and stem not in denied_there:
            yield words_used
    for stem, words_there in denied_there.items():
        if stem in claim and stem not in denied and source.count(stem) == source.count(words_there):
            yield stem


def _organisation_stands(name: str, source: str) -> bool:
    """Whether a name, less words that ran into its front, or its long form stands in the source."""
    if name in source:
        return True
    for start in range(1, len(name) - 1):
        tail = name[start:]
        if len(BARE.sub("", tail)) < SMALLEST_CORE:
            break
        if tail in source:
            level = name[start - 1] if name[start - 1] in LEVELS else ""
            return not level or _without_other_level(tail, level, source)
    shorts = {name, *(name[start:] for start, character in enumerate(name) if character in LEVELS)}
    return any(
        SMALLEST_CORE < len(short) <= LONGEST_SHORT and long_form(short).search(source) for short in shorts
    )


def _without_other_level(tail: str, level: str, source: str) -> bool:
    """区教育局 does not stand where only 市教育局 does; a bare 教育局 serves."""
    fronts = {source[found.start() - 1 : found.start()] for found in re.finditer(re.escape(tail), source)}
    return level in fronts or not fronts <= LEVELS


def _overlap(claim: str, source: str) -> float:
    """Share of the claim's words and bigrams found in the source, words weighing their length.

    Figures count as found, by their length: one that is not makes the claim unsupported anyway.
    """
    wording, figures = _wording(claim)
    wanted = _weights(wording)
    total = figures + sum(wanted.values())
    if not total:
        return float(_INK.sub("", _plain(wording)) in _INK.sub("", source))
    held = _weights(source).keys()
    return (figures + sum(weight for term, weight in wanted.items() if term in held)) / total


def _weights(text: str) -> dict[str, int]:
    normalised = normalise(text)
    weights = dict.fromkeys(bigrams(normalised), 1)
    for word in words(normalised):
        if len(word) > 1:
            weights[word] = weights.get(word, 0) + len(word)
    return {term: weight for term, weight in weights.items() if term not in _IDLE}
