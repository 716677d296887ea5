"""What a document named says of its own beginning."""

import pytest

from rag.datatypes import Evidence, Hit, Inquiry, Paragraph, Passage, Question
from rag.matching.commencement import of_itself_first, tells_of_itself
from rag.query.question import understand
from rag.reading.decision import SAID_OF_ITSELF, confidence
from rag.scope import Aim

FORCE = "第二十三条 本条例自2016年1月1日起施行。"
HEAD = "2016年1月1日 施行"
OTHER = "本条例施行前各地已发放的居住证，自2016年1月1日起60日内换领。"
TEXTS = (OTHER, HEAD, FORCE)


def asked(text: str, *, within: bool = True) -> Question:
    question = understand(Inquiry(text), history_turns=0)
    return Question(
        question.text,
        question.standalone,
        question.query,
        question.kind,
        Aim(within=frozenset({"d"}) if within else frozenset()),
    )


def evidence() -> Evidence:
    hits = tuple(
        Hit(Paragraph("d", n, text, 0, len(text)), "居住证暂行条例", 1.0) for n, text in enumerate(TEXTS, 1)
    )
    return Evidence(hits, tuple(Passage(n, 0, len(text), text) for n, text in enumerate(TEXTS, 1)))


WHEN = ["什么时候施行？", "自何时起施行？", "从哪天开始实施？", "几号生效？", "的施行日期是哪天？"]


@pytest.mark.parametrize("when", WHEN)
def test_what_it_says_of_the_whole_goes_first_and_is_sure(when: str) -> None:
    question = asked(f"居住证暂行条例{when}")
    found = of_itself_first(question, evidence())
    assert found.passages[0].text == FORCE
    assert len(found.passages) == len(TEXTS)
    assert confidence(question, found) == SAID_OF_ITSELF


def test_of_no_document_nothing_is_sure() -> None:
    question = asked("居住证什么时候施行？", within=False)
    assert of_itself_first(question, evidence()) == evidence()
    assert not tells_of_itself(question, FORCE)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("居住证暂行条例什么时候公布？", "2015年11月26日 国务院令第663号公布"),
        ("居住证暂行条例是哪天通过的？", "2015年10月21日 国务院第109次常务会议通过"),
    ],
)
def test_issued_and_passed_are_told_apart(question: str, text: str) -> None:
    assert tells_of_itself(asked(question), text)
    assert not tells_of_itself(asked(question), FORCE)


def test_other_questions_ask_for_something_else() -> None:
    assert not tells_of_itself(asked("居住证暂行条例规定居住证多久签注一次？"), FORCE)
