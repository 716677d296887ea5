"""Of sentences about as good as the best, which one is told first, and which beside it.

May import the core. The general rule goes before its exception (作出决定 within 60日 before 15日 for the
simple),
what is denied before what is allowed, where the question denies, the sentence that holds a time where one is
asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.datatypes import Evidence, Passage, Question
from rag.language.chinese import normalise
from rag.language.times import lasting
from rag.matching.expected import leads_to_cases
from rag.query.question import focus_words
from rag.reading.decision import SEEN

# Sentences that score so much less than the best are about as good; those of one rule may score less.
_NEAR, _OF_ONE_RULE, _FITTING = 2.0, 4.0, 5.0
_LIKE = 0.02
_MOST = 3
_DENIES = re.compile(r"不得|不能|不可以?|不予|不许|禁止|不享受|不适用")
_WHICH = re.compile(r"(?:哪些|什么|哪几个)(?P<things>[\u4e00-\u9fff]{2,4})[?]?$")
_HOW_LONG = re.compile(r"多久|多长时间|几(?:天|日|个月)|多少(?:天|日|个月|个?工作日)|时限|期限|how long")
# What is done within a period: so many characters of it in common make it the same.
_SAME = 4
_DEED = re.compile(r"^(?:个?工作日)?(?:以?内|之内)?[，,]?(?P<deed>[^，。；]{2,60})")


def in_order(question: Question, evidence: Evidence) -> Evidence:
    """The evidence with the sentence first that goes before, and `points` where one belongs beside it."""
    if not evidence.passages:
        return evidence
    choices = (_fitting, _denying, _announcing, _general)
    first = next(filter(None, (choose(question, evidence) for choose in choices)), None)
    if first is not None:
        evidence = evidence.led_by(first)
    rule = _periods(question, evidence)
    if len(rule) < 2:
        return evidence
    return replace(evidence.led_by(rule[0]), points=tuple(rule[:_MOST]))


def _fitting(question: Question, evidence: Evidence) -> Passage | None:
    """The first sentence with a time, where the best has none and says no more of what is asked."""
    best = evidence.passages[0]
    if question.kind != "date" or best.fits or best.read >= SEEN:
        return None
    return next(
        (
            passage
            for passage in evidence.passages[1:]
            if passage.fits
            and passage.figures == 1.0
            and passage.likeness >= best.likeness - _LIKE
            and best.score - passage.score <= _FITTING
            and _document(evidence, passage) == _document(evidence, best)
        ),
        None,
    )


def _denying(question: Question, evidence: Evidence) -> Passage | None:
    """The sentence that denies, where cases are asked for in which something must not be."""
    best = evidence.passages[0]
    if _DENIES.search(question.query) is None or _DENIES.search(best.text) is not None:
        return None
    return next((one for one in _leading(question, evidence) if _DENIES.search(one.text)), None)


def _announcing(question: Question, evidence: Evidence) -> Passage | None:
    """The sentence that counts the things asked for, where the best does not name them: 三个方面的问题."""
    best = evidence.passages[0]
    asked = _WHICH.search(question.query)
    if question.kind != "list" or asked is None or asked["things"] in best.text:
        return None
    counted = re.compile(rf"[两二三四五六七八九十\d][个项大点条](?:方面的?|主要|突出|重点)*{asked['things']}")
    return next(
        (
            passage
            for passage in evidence.passages[1:]
            if counted.search(normalise(passage.text))
            and _document(evidence, passage) == _document(evidence, best)
        ),
        None,
    )


def _general(question: Question, evidence: Evidence) -> Passage | None:
    """The first of several lists of one article, none of which the question means by a word of its own."""
    best = evidence.passages[0]
    kin = [one for one in _leading(question, evidence) if _article(evidence, one) == _article(evidence, best)]
    if len(kin) < 2 or best not in kin or _meant(question, kin):
        return None
    return min(kin, key=lambda one: _place(evidence, one))


def _leading(question: Question, evidence: Evidence) -> list[Passage]:
    best = evidence.passages[0]
    return [
        passage
        for passage in evidence.passages
        if best.score - passage.score <= _NEAR and leads_to_cases(question.query, passage.text)
    ]


def _periods(question: Question, evidence: Evidence) -> list[Passage]:
    """The sentences of one article that say within what time the same is done, in order of the text."""
    best = evidence.passages[0]
    if question.kind not in ("date", "number") or not _HOW_LONG.search(question.query):
        return []
    deed = _deed(best.text)
    kin = [
        passage
        for passage in evidence.passages
        if best.score - passage.score <= _OF_ONE_RULE
        and _article(evidence, passage) == _article(evidence, best)
        and (passage is best or _alike(deed, _deed(passage.text)))
    ]
    if not deed or len(kin) < 2 or _meant(question, kin):
        return []
    return sorted(kin, key=lambda one: _place(evidence, one))


def _deed(text: str) -> str:
    """What a sentence says is done within a period: 应当在15日内作出决定 -> 作出决定."""
    told = lasting(text)
    match = _DEED.match(text[told[-1].end :]) if told else None
    return match["deed"] if match else ""


def _alike(one: str, other: str) -> bool:
    return len(min(one, other, key=len)) >= _SAME and (
        one[:_SAME] == other[:_SAME] or one[-_SAME:] == other[-_SAME:]
    )


def _meant(question: Question, passages: Sequence[Passage]) -> bool:
    """Whether the question says a word that some of the sentences say and others do not."""
    texts = [normalise(passage.text) for passage in passages]
    return any(0 < sum(word in text for text in texts) < len(texts) for word in focus_words(question.query))


def _document(evidence: Evidence, passage: Passage) -> str:
    return evidence.hits[passage.handle - 1].paragraph.document_id


def _article(evidence: Evidence, passage: Passage) -> tuple[str, ...]:
    paragraph = evidence.hits[passage.handle - 1].paragraph
    return paragraph.document_id, *paragraph.section


def _place(evidence: Evidence, passage: Passage) -> tuple[int, int]:
    return evidence.hits[passage.handle - 1].paragraph.number, passage.start
