"""Which document a question is about: the place, the year, the title that it names, and the window's heading.

Imports the questions about official documents of this package, and the provinces of `rag`. A window seldom
repeats whose it is; so the reader sees the title and the heading that it stands under, and learns that a
question about another place or another year is not answered there.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.language.provinces import PROVINCES
from vectorstore.training.corpora import Document
from vectorstore.training.official import Reading

# How often a report of the state is made one of a province, a window has its heading, a question its scope,
# and of those with a scope how often it is that of another document.
MOVED = 0.5
HEADED = 0.9
SCOPED = 0.55
ELSEWHERE = 0.2
# A report looks back and ahead by five years: another year is at least so far off.
FAR = range(6, 15)
SHORT = {province.full: province.short for province in PROVINCES}

_YEAR = re.compile(r"(?P<year>\d{4})年")
_PLACE = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,8}?(?:省|市|自治区))")
_HEADING = re.compile(r"(?m)^(?:#+\s*(?P<law>.+)|(?P<report>[一二三四五六七八九十]+、.{2,28}))$")

_OF_REPORT = (
    "{place}{year}年{question}",
    "{year}年{place}{question}",
    "{year}年{question}",
    "{place}{question}",
    "{place}今年{question}",
    "{place}去年{question}",
    "{year}年{place}政府工作报告里，{question}",
    "{place}政府工作报告提出的{question}",
    "今年{question}",
)
_OF_LAW = (
    "《{title}》规定{question}",
    "{title}里，{question}",
    "按照{title}，{question}",
    "{place}{question}",
    "在{place}，{question}",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a document is: its title, and the year and the place in it, "" where it names none."""

    title: str
    year: str
    place: str

    @property
    def is_report(self) -> bool:
        """Reports are asked about by year and place, laws by title too."""
        return "报告" in self.title


def source(title: str) -> Source:
    """What the title of a document says."""
    year, place = _YEAR.search(title), _PLACE.match(title)
    return Source(title, year["year"] if year else "", place["place"] if place else "")


def sections(document: Document) -> Iterator[tuple[str, str]]:
    """The headings of a document, each with the text below it; "" for what stands before the first."""
    heading, start = "", 0
    for match in _HEADING.finditer(document.text):
        yield heading, document.text[start : match.start()]
        heading, start = (match["law"] or match["report"]).strip(), match.end()
    yield heading, document.text[start:]


def scoped(reading: Reading, whose: Source, section: str, chance: random.Random) -> Reading:
    """The lesson with its heading, and mostly with a question that names its scope or, sometimes, another."""
    if whose.is_report and chance.random() < MOVED:
        whose = _moved(whose, chance)
    heading = (
        "，".join(dict.fromkeys(filter(None, (whose.title, section)))) if chance.random() < HEADED else ""
    )
    made = replace(reading, heading=heading)
    shapes = [shape for shape in (_OF_REPORT if whose.is_report else _OF_LAW) if _fits(shape, whose)]
    if not shapes or chance.random() >= SCOPED:
        return made
    shape = chance.choice(shapes)
    if heading and chance.random() < ELSEWHERE and (other := _other(shape, whose, reading.window, chance)):
        question = _filled(shape, reading.question, other, chance)
        return replace(made, kind="elsewhere", question=question, start=0, end=0)
    return replace(made, question=_filled(shape, reading.question, whose, chance))


def _moved(whose: Source, chance: random.Random) -> Source:
    """A report of the state as one of a province."""
    place = chance.choice(PROVINCES).full
    title = chance.choice(
        ("{year}年{place}政府工作报告", "{place}政府工作报告（{year}年）", "{place}政府工作报告")
    )
    return Source(title.format(year=whose.year, place=place), whose.year, place)


def _fits(shape: str, whose: Source) -> bool:
    return bool((whose.year or "{year}" not in shape) and (whose.place or "{place}" not in shape))


def _filled(shape: str, question: str, whose: Source, chance: random.Random) -> str:
    place = chance.choice((whose.place, SHORT.get(whose.place, whose.place)))
    return shape.format(question=question, year=whose.year, place=place, title=whose.title)


def _other(shape: str, whose: Source, window: str, chance: random.Random) -> Source | None:
    """Another document than the window's, in one thing that the shape names."""
    place = chance.choice([full for full in SHORT if full != whose.place])
    year = str(int(whose.year or 0) + chance.choice((-1, 1)) * chance.choice(FAR))
    others = []
    if whose.place and ("{place}" in shape or "{title}" in shape):
        others.append(replace(whose, place=place, title=whose.title.replace(whose.place, place)))
    if "{year}" in shape and year not in window:
        others.append(replace(whose, year=year))
    return chance.choice(others) if others else None
