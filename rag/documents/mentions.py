"""The documents a question speaks of: by a whole name, by a phrase of one, by their year and kind.

May import the core.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.documents.shelf import LONGEST_NAME, SHORTEST_NAME, Label, Shelf, stem
from rag.language.years import named
from rag.query.question import focus_words

_NOUN = (
    "报告|责任分解|条例|规定|办法|细则|规则|决定|决议|通知|通告|公告|通报|公报|意见|方案|规划|纲要|讲话|致辞|发言|文章|标准|指南|"
    "指引|白皮书|年鉴|宪法|法典|法"
)
# What any document may be called, where its year tells which.
_ANY = "文件|材料|文稿|资料"
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})年?"
_YEARS = rf"(?P<years>{_YEAR}(?:[和与、及到至~-]{_YEAR})*)(?:度|版)?"
# What may stand between a year and the name of a document: who issued it.
_ISSUER = r"(?:[\u4e00-\u9fff]{0,6}(?:国|省|市|区|县|院|局|厅|部|委|府|总理|[省市区县局]长|书记|主任))?"
_BEFORE = re.compile(rf"{_YEARS}(?:的|修订的?|修正的?|发布的?|印发的?)?{_ISSUER}的?$")
_BEHIND = re.compile(rf"^[》]?(?:\(?{_YEARS}(?:修订|修正|发布|公布|印发)?(?:版|稿)?\)?)(?!\d)")
# A question asks for what stands in a document when such words follow its name.
_THERE = re.compile(
    rf"》?(?:的?(?:{_NOUN}))?(?:的?(?:里面?|中(?!的?哪)|内|上|原文|全文|正文|附则|总则|落款|标题)"
    r"|(?:是怎么|怎么|如何|都|还|又|也|具体|明确|特别|主要|一共|总共|点名|专门)*"
    r"(?:说|讲|提|写|要求|规定|指出|强调|部署|明确|列|把|对|将|定义|用|称|点名)|第[一二三四五六七八九十百千\d]+[条章节款项编部]"
    r"|》?是?(?:从|自)?(?:什么时候|何时|几时|哪一?[年天日]|几月几[号日]|几号)[起才]?(?:开始|正式)?"
    r"(?:施行|实施|执行|生效|通过|公布|发布|颁布|印发)"
    r"|》?的?(?:施行|生效|公布|发布|印发)(?:日期|时间)|》?(?:一共|总共|共)?有?(?:多少|几)[章条款]|》?的?适用(?:于|范围|对象))"
)
# Another text than the one named, or what becomes of it.
_ANOTHER = re.compile(r"》?(?:草案|修正案|实施|起草|编制|修订工作|出台|解读)")
_QUOTED = re.compile(r"《(?P<name>[^《》]{2,60})》")
_PHRASE = re.compile(rf"[\u4e00-\u9fff]{{0,24}}?(?:{_NOUN})")
_DATED = re.compile(
    rf"{_YEARS}的?(?P<issuer>{_ISSUER})的?(?P<noun>{_NOUN}|{_ANY})(?=里|中|内|上|说|讲|提|写|要求|规定|指出|强调|部署|明确|把|是|有|的|[,，。?？]|$)"
)
# A meeting, spoken of as the time when something was said.
_MEETING = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,12}(?:会|讨论|活动|座谈|论坛))(?:的?时候?|那[年时]|期间|召开[时后]|[之以]?后|上)"
)
# What joins a name to what is asked of it.
_INSIDE = re.compile(r"》?(?:里面?|中|内|上)?的?[，, ]*")
_IS_TEXT = re.compile(_NOUN)
_TEXT_FOLLOWS = re.compile(rf"》?的?(?:{_NOUN})")
# A name so long is no other thing's.
_SURE = 6
# The shortest part of a phrase that is looked for inside the names of documents.
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """Documents that one name may mean, the years said with it, whether it is asked what they say."""

    labels: tuple[Label, ...]
    years: tuple[int, ...]
    there: bool


def mentions(query: str, shelf: Shelf) -> list[Mention]:
    """The documents that a normalised question speaks of: by name, else described, dated, or as a meeting."""
    return (
        [*_called(query, shelf)]
        or [*_described(query, shelf)]
        or [*_dated(query, shelf)]
        or [*_met(query, shelf)]
    )


def without_names(query: str, shelf: Shelf) -> str:
    """What a normalised question asks of documents that it calls by name; all of it if nothing is left.

    Once the document is known, its name is no word to be looked for: half of its paragraphs repeat it.
    """
    rest, end = "", 0
    for start, stop, labels in _whole_names(query, shelf):
        if _mention(query, start, stop, labels).there:
            before = _BEFORE.search(query[:start].rstrip("《"))
            rest += query[end : before.start() if before else start].rstrip("《")
            end = stop
            if (behind := _INSIDE.match(query, stop)) is not None:
                end = behind.end()
    rest += query[end:]
    return rest if focus_words(rest) else query


def _whole_names(query: str, shelf: Shelf) -> Iterator[tuple[int, int, list[Label]]]:
    """Where whole names stand, the longest at each place, with the documents that are called so."""
    taken = 0
    for start in range(len(query)):
        if start < taken or not shelf.begins(query[start : start + SHORTEST_NAME]):
            continue
        for end in range(min(len(query), start + LONGEST_NAME), start + SHORTEST_NAME - 1, -1):
            if labels := shelf.called(query[start:end]):
                yield start, end, labels
                taken = end
                break


def _called(query: str, shelf: Shelf) -> Iterator[Mention]:
    """Documents called by a whole name, the longest at each place, or by a part of one in quotation marks."""
    taken = 0
    for start, end, labels in _whole_names(query, shelf):
        yield _mention(query, start, end, labels)
        taken = end
    for match in _QUOTED.finditer(query):
        name = stem(match["name"])
        if match.end("name") <= taken or len(name) < SHORTEST_NAME:
            continue
        labels = shelf.called(name) or (shelf.holding(name) if len(name) >= _SHORTEST_PART else [])
        if labels:
            yield _mention(query, match.start() + 1, match.end("name"), labels, said=named(match["name"]))


def _described(query: str, shelf: Shelf) -> Iterator[Mention]:
    """Documents whose names hold the longest part of a phrase that ends like a name: 区政府工作报告."""
    for match in _PHRASE.finditer(query):
        phrase = match[0]
        labels = shelf.holding(phrase[-_SHORTEST_PART:]) if len(phrase) >= _SHORTEST_PART else []
        for start in range(len(phrase) - _SHORTEST_PART + 1):
            if held := [label for label in labels if label.holds(phrase[start:])]:
                yield _mention(query, match.start() + start, match.end(), held)
                break


def _dated(query: str, shelf: Shelf) -> Iterator[Mention]:
    """Documents told by year and kind alone: 2023年的报告, 2018年区长讲话中."""
    for match in _DATED.finditer(query):
        years = _years(match["years"])
        noun = "" if re.fullmatch(_ANY, match["noun"]) else match["noun"]
        labels = [label for label in shelf.labels if label.year in years and label.is_kind(noun)]
        if labels:
            yield Mention(tuple(labels), years, there=True)


def _met(query: str, shelf: Shelf) -> Iterator[Mention]:
    """Documents told by the meeting that their names hold: 一届六次全会后, 大讨论时."""
    for match in _MEETING.finditer(query):
        name = match["name"]
        for start in range(len(name) - SHORTEST_NAME + 1):
            if labels := shelf.holding(name[start:]):
                # What came of a meeting may stand elsewhere too.
                yield Mention(tuple(labels), (), there=False)
                break


def _mention(
    query: str, start: int, end: int, labels: Sequence[Label], *, said: tuple[int, ...] = ()
) -> Mention:
    before, behind = _BEFORE.search(query[:start].rstrip("《")), _BEHIND.match(query[end:])
    years = dict.fromkeys(said)
    for match in filter(None, (before, behind)):
        years |= dict.fromkeys(_years(match["years"]))
    rest = query[end + (behind.end() if behind else 0) :]
    # 二十大 is an event before it is a report.
    is_text = end - start >= _SURE or any((_IS_TEXT.search(query[start:end]), _TEXT_FOLLOWS.match(rest)))
    asked = bool(years) or _THERE.match(rest) is not None
    there = is_text and asked and _ANOTHER.match(rest) is None
    return Mention(tuple(labels), tuple(years), there)


def _years(text: str) -> tuple[int, ...]:
    """Years as a question joins them: 2023和2024年."""
    return named(re.sub(rf"({_YEAR})(?<!年)", r"\1年", text))
