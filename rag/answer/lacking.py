"""What a refusal can say is missing: another year, a name that nothing mentions, the kind of thing asked for.

May import the core. Every sentence is checked against the paragraphs that it speaks of.
"""

import re

from rag.datatypes import Evidence, Hit, Passage, Question, QuestionKind
from rag.language.chinese import normalise
from rag.language.names import organisations, same_office
from rag.language.regions import regions
from rag.language.years import agreement, named, spoken, told
from rag.matching.expected import measure
from rag.query.question import focus_words, named_years
from rag.query.topic import RELATIONAL, YEAR_SAID, focus
from rag.reading.evidence import in_context

_KINDS: dict[QuestionKind, str] = {
    "number": "数字",
    "date": "时间",
    "person": "人名",
    "department": "单位",
}
# What is counted in these is called by its own name.
_MEASURED = {
    "元": "金额",
    "%": "比例",
    "人": "人数",
    "户": "户数",
    "亩": "面积",
    "平方米": "面积",
    "平方公里": "面积",
    "公顷": "面积",
    "天": "时长",
}
_QUOTED = re.compile(r"[“「《]([^“”「」《》]{2,20})[”」》]")
# A subject longer than this does not read as one.
_LONGEST = 24
_WORD = 2


def lacking(question: Question, evidence: Evidence) -> str:
    """What was looked for and is not in the nearest paragraphs, as a sentence; "" where it cannot be told."""
    if names := unmentioned(question, evidence):
        return f"相近的段落里没有提到{'、'.join(names)}。"
    if evidence.passages and (words := evidence.passages[0].unsaid):
        return f"相近的段落里没有“{'、'.join(words)}”的数字。"
    kind = _KINDS.get(question.kind)
    if kind is None or any(passage.fits for passage in evidence.passages):
        return ""
    if question.kind == "number":
        kind = _MEASURED.get(measure(question.query).unit or "", kind)
    return f"相近的段落里没有所问的{kind}。"


def another_year(question: Question, evidence: Evidence) -> str:
    """That the same is said of other years alone, with every word of the question; "" otherwise."""
    asked = tuple(map(int, named_years(question.query)))
    subject = YEAR_SAID.sub("", focus(question.standalone)).strip("的，, ")
    words = [word for word in focus_words(question.query) if not word.isdigit() and word not in RELATIONAL]
    if len(asked) != 1 or not words or not _WORD <= len(subject) <= _LONGEST:
        return ""
    same = [
        (passage, evidence.hits[passage.handle - 1])
        for passage in evidence.passages
        if _says_all(words, passage, evidence.hits[passage.handle - 1])
        and (passage.fits or question.kind not in _KINDS)
    ]
    years = [spoken(passage.text, hit.paragraph.section, hit.year) for passage, hit in same]
    # A passage of several years, or of none known, leaves open which of them it speaks of.
    if not years or any(len(each) != 1 for each in years):
        return ""
    others = sorted(frozenset.union(*years))
    if asked[0] in others:
        return ""
    if any(agreement(asked, passage.text, hit.paragraph.section, hit.year) > 0 for passage, hit in same):
        return ""
    told_of = "、".join(f"{year}年" for year in others)
    return f"文件库中没有找到{asked[0]}年{subject}，只找到{told_of}的。"


def _says_all(words: list[str], passage: Passage, hit: Hit) -> bool:
    """Whether a passage with its headings says every word, and most of them itself."""
    around, text = map(normalise, in_context(hit, passage.text))
    own = sum(word in text for word in words)
    return 2 * own > len(words) and all(word in text or word in around for word in words)


def unmentioned(question: Question, evidence: Evidence) -> tuple[str, ...]:
    """The years, regions, offices and names in quotation marks that no paragraph found mentions."""
    text = normalise(
        "\n".join(piece for hit in evidence.hits for piece in in_context(hit, hit.paragraph.text))
    )
    offices = organisations(text)
    spoken = {
        year
        for hit in evidence.hits
        for piece in (*hit.paragraph.section, hit.paragraph.text)
        for year in (hit.year, *named(piece), *told(piece, hit.year))
    }
    missing = [f"{year}年" for year in named_years(question.query) if int(year) not in spoken]
    quoted = _QUOTED.findall(question.standalone)
    missing += [f"“{name}”" for name in quoted if normalise(name) not in text]
    missing += [span.text for span in regions(question.query) if span.text not in text]
    missing += [
        span.text
        for span in organisations(question.query)
        if span.text not in text and not any(same_office(span.text, one.text) for one in offices)
    ]
    return tuple(
        name
        for name in dict.fromkeys(missing)
        if not any(name != other and name.strip("“”") in other for other in missing)
    )
