"""Which of sentences about as good is told first."""

from collections.abc import Sequence

from rag.datatypes import Evidence, Hit, Inquiry, Paragraph, Passage
from rag.query.question import understand
from rag.reading.precedence import in_order

RULE = "社会保险行政部门应当自受理工伤认定申请之日起60日内作出工伤认定的决定，并书面通知职工。"
EXCEPTION = "社会保险行政部门对事实清楚的工伤认定申请，应当在15日内作出工伤认定的决定。"
ELSE = "社会保险行政部门应当在10日内将名单送交统计机构。"


def evidence(*told: tuple[str, float], fits: Sequence[bool] = ()) -> Evidence:
    """Paragraphs of one article in order, each a passage with its score, best first."""
    hits = tuple(
        Hit(Paragraph("d", number, text, 0, len(text), section=("第二十条",)), "条例", 1.0)
        for number, (text, _) in enumerate(told, 1)
    )
    passages = [
        Passage(
            number,
            0,
            len(text),
            text,
            score=score,
            likeness=1.0,
            figures=1.0,
            fits=fits[number - 1] if fits else True,
        )
        for number, (text, score) in enumerate(told, 1)
    ]
    return Evidence(hits, tuple(sorted(passages, key=lambda passage: -passage.score)))


def ordered(question: str, found: Evidence) -> Evidence:
    return in_order(understand(Inquiry(question), history_turns=0), found)


def test_the_general_period_comes_first_and_the_exception_beside_it() -> None:
    found = ordered("工伤认定多久作出决定？", evidence((RULE, 8.0), (EXCEPTION, 9.0), (ELSE, 7.0)))
    assert found.passages[0].text == RULE
    assert [point.text for point in found.points] == [RULE, EXCEPTION]


def test_the_exception_alone_where_it_is_asked_for() -> None:
    found = ordered("事实清楚的工伤认定多久作出决定？", evidence((RULE, 8.0), (EXCEPTION, 9.0)))
    assert found.passages[0].text == EXCEPTION
    assert not found.points


def test_of_the_lists_of_an_article_the_first_unless_another_is_named() -> None:
    lists = (
        ("办理结婚登记的内地居民应当出具下列证件和证明材料：", 9.5),
        ("办理结婚登记的外国人应当出具下列证件和证明材料：", 10.0),
    )
    assert "内地" in ordered("结婚登记要带什么证件？", evidence(*lists)).passages[0].text
    assert "外国人" in ordered("外国人结婚登记要带什么证件？", evidence(*lists)).passages[0].text


def test_what_is_denied_where_the_question_denies() -> None:
    cases = (
        ("劳动者有下列情形之一的，用人单位可以解除劳动合同：", 10.0),
        ("劳动者有下列情形之一的，用人单位不得解除劳动合同：", 9.0),
    )
    assert "不得" in ordered("哪些情形用人单位不得解除劳动合同？", evidence(*cases)).passages[0].text
    assert "可以" in ordered("哪些情形用人单位可以解除劳动合同？", evidence(*cases)).passages[0].text


def test_a_time_is_looked_for_before_none_is_told() -> None:
    told = (("对申请，行政机关分别作出答复。", 9.0), ("应当自收到申请之日起20个工作日内予以答复。", 6.0))
    found = ordered("申请多久答复？", evidence(*told, fits=(False, True)))
    assert "20个工作日" in found.passages[0].text


def test_the_sentence_that_counts_what_is_asked_for() -> None:
    told = (("全年完成加装电梯136台。", 9.0), ("当前存在三个方面的问题：一是意见难统一；二是费用高。", 1.0))
    assert "三个方面" in ordered("加装电梯有哪些问题？", evidence(*told)).passages[0].text
