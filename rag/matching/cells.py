"""The cells of a table's row, and which of them a question asks for by its header.

May import the core.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from rag.datatypes import Paragraph, Question, QuestionKind
from rag.language.chinese import normalise
from rag.language.contacts import asks_contact
from rag.language.names import Span
from rag.language.numerals import YEAR, quantities
from rag.query.question import focus_words

_CELL = re.compile(r"(?:^|；)(?P<header>[^；：]{1,40})：")
_FIGURE = re.compile(r"\d")
_MEASURE = re.compile(r"[（(][^（）()]{1,12}[)）]$")
# How many are asked for, or how much is to be paid.
_PEOPLE = re.compile(r"(?:多少|几)(?:个?人|名|位)|招(?:聘|录|收)?(?:多少|几)个")
_PRICE = re.compile(r"多少钱|什么价|怎么(?:收费|卖)|收费|价格|how much")
_CALLED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (_PEOPLE, re.compile(r"人数|名额|计划数")),
    (_PRICE, re.compile(r"价|费(?!单位)|金额|租金")),
)
_OF_KIND: dict[QuestionKind, re.Pattern[str]] = {
    "date": re.compile(r"时间|日期|时限|期限"),
    "person": re.compile(r"姓名|(?:负责|责任|联系|经办)人|^人员$"),
    "place": re.compile(r"地[址点]|位置|场所|房间|办公室"),
    "department": re.compile(r"单位|部门|科室|机构"),
}
_CONTACT = re.compile(r"电话|手机|邮箱|网址|传真|联系方式")
# A header counts as asked for when so much of it, or of what is asked, agrees.
_ENOUGH = 0.5
_WHOLE, _SUITS, _OTHER_YEAR = 1.0, 0.5, 2.0


@dataclass(frozen=True, slots=True)
class RowCell:
    """A header and where its value stands in the text of the row."""

    header: str
    value: Span


def cells(text: str) -> tuple[RowCell, ...]:
    """The cells of a row, `表头：值；…`, in order; what has no header belongs to the one before."""
    found = [*_CELL.finditer(text)]
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        RowCell(match["header"], Span(text[match.end() : end], match.end(), end))
        for match, end in zip(found, ends, strict=True)
    )


def asked_cell(question: Question, text: str, paragraph: Paragraph) -> Span | None:
    """The value that a question asks for by its header in the row of a table; `None` where no header says."""
    if paragraph.attributes.kind != "row":
        return None
    scored = [
        (_asked(question, cell) + _WHOLE * _told_inside(question, cell), cell.value)
        for cell in cells(text)
        if cell.value.text.strip()
        and normalise(cell.value.text.strip()) not in question.query
        and (question.kind != "number" or _FIGURE.search(cell.value.text))
    ]
    best = max(scored, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] >= _ENOUGH else None


def _told_inside(question: Question, cell: RowCell) -> bool:
    """Whether a remark tells the figure itself, with a word of the question: 年卡1800元."""
    if question.kind != "number":
        return False
    told = normalise(cell.value.text)
    if not any(one.unit for one in quantities(told)):
        return False
    return any(word in told for word in focus_words(question.query))


def _asked(question: Question, cell: RowCell) -> float:
    """How much of a header the question says, and whether values under it are of the kind asked for."""
    query = question.query
    header = normalise(_MEASURE.sub("", cell.header))
    pairs = ["".join(pair) for pair in pairwise(header)] or [header]
    said = sum(pair in query for pair in pairs) / len(pairs)
    suits = any(asked.search(query) and called.search(header) for asked, called in _CALLED)
    if asks_contact(query):
        suits = _CONTACT.search(header) is not None
    elif question.kind in _OF_KIND:
        suits = suits or _OF_KIND[question.kind].search(header) is not None
    years = set(YEAR.findall(header))
    elsewhere = bool(years) and years.isdisjoint(YEAR.findall(query)) and bool(YEAR.search(query))
    return said + _WHOLE * (header in query) + _SUITS * suits - _OTHER_YEAR * elsewhere
