"""The kind of thing a question asks for, and where a text holds one: numbers, dates, departments, people.

May import the core's records and numerals.
"""

import re

from rag.datatypes import Paragraph, Question
from rag.numerals import Quantity, quantities

_ASKED_UNIT = re.compile(r"(?:多少|几)(?P<unit>[\u4e00-\u9fff])")
_COUNTS = {
    word: count
    for count, words in enumerate(("一", "二两", "三", "四", "五", "六", "七", "八", "九", "十"), 1)
    for word in words
}
_ASKED_COUNT = re.compile(rf"(?P<count>[{''.join(_COUNTS)}])(?:个|项|大|条|点|方面|种|类|步|环节|“)")
_ASKED_SHARE = re.compile(r"比例|占比|百分|增速|增幅|增长率|增长多少|percent|share|rate")
# A unit stands for its family: 多少家 may be answered in 个, 多少套 in 间.
_FAMILIES = (
    "个家所座处项条宗场次件名位人套间台户笔张篇",
    "亩公顷平方米",
    "元亿万",
    "年月日天",
    "公里米",
    "%％",
)
_UNIT_AFTER = re.compile(r"[\d.,余多几+ （(]")

DATE = re.compile(
    r"(?:(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?|底|末|初|上半年|下半年)?(?:底|末|初|前|以前|之前)*"
    r"|(?<!\d)\d{1,2}月(?:\d{1,2}日|中旬|上旬|下旬|底|初)?|[一二三四]季度|“?十[三四五六]五”?(?:时期|期间|末))"
)
ORGANISATION = re.compile(
    r"(?:大运河数智未来城管委会|(?:省|市|区|县|国家)?[\u4e00-\u9fff]{0,10}?"
    r"(?:人民政府办公室|办公室|委员会|管委会|管理局|事务局|执法局|分局|集团|大队|总工会|残联|红十字会|街道|局|办|委))"
)
PERSON_AFTER_POST = re.compile(
    r"(?:书记|局长|主任|理事长|区长|常委|市长|省长|主席|总理|部长|院长|校长|处长|科长|会长)[\s、，]*"
    r"(?P<name>[\u4e00-\u9fff]{2,3})(?![\u4e00-\u9fff]?[部局委办])"
)
PERSON_BEFORE_POST = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,3})(?:同志|常务副区长|副区长|区长|常委|书记|局长|主任|市长|省长)"
)


def asked_count(query: str) -> int | None:
    """How many things a question asks to be named (哪三个理念: 3), `None` if it does not say."""
    match = _ASKED_COUNT.search(query)
    return _COUNTS[match["count"]] if match else None


def asked_unit(query: str) -> str | None:
    """The measure word a question asks in, `%` for a share or a growth rate, `None` if it names none."""
    if _ASKED_SHARE.search(query):
        return "%"
    match = _ASKED_UNIT.search(query)
    return match["unit"] if match and any(match["unit"] in family for family in _FAMILIES) else None


def unit_agrees(asked: str | None, text: str, quantity: Quantity) -> bool:
    """Whether a quantity of a text may be the answer in the unit asked for; any may if none was."""
    if asked is None:
        return True
    family = next((family for family in _FAMILIES if asked in family), asked)
    return any(
        character in family for character in _UNIT_AFTER.sub("", text[quantity.start : quantity.end + 2])
    )


def holds_expected(question: Question, text: str, paragraph: Paragraph) -> bool:
    """Whether a sentence, or the paragraph's own attributes, hold the kind of thing asked for."""
    match question.kind:
        case "number":
            unit = asked_unit(question.query)
            return any(unit_agrees(unit, text, quantity) for quantity in quantities(text))
        case "date":
            return DATE.search(text) is not None
        case "department":
            attributes = paragraph.attributes
            return bool(attributes.task or attributes.department) or ORGANISATION.search(text) is not None
        case "person":
            return bool(paragraph.attributes.person) or PERSON_AFTER_POST.search(text) is not None
        case _:
            return False
