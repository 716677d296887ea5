"""The answers to several questions become one: numbered once, refused parts said, nothing twice."""

from rag.answer.merging import merge
from rag.answers import Answer, Citation, Claim, Refusal, Timings
from rag.markers import used


def cited(number: int, start: int) -> Citation:
    return Citation(number, "d1", "题", (), start + 1, None, start, start + 5, "甲乙丙丁。")


def answered(question: str, text: str, *citations: Citation, short: str, confidence: float) -> Answer:
    claims = tuple(Claim(citation.quote, (citation.number,), supported=True) for citation in citations)
    return Answer(
        question,
        question,
        text,
        short,
        citations,
        answered=True,
        confidence=confidence,
        timings=Timings(1.0, 2.0, 3.0),
        claims=claims,
    )


def refused(question: str, text: str, *citations: Citation) -> Answer:
    refusal = Refusal("weak_evidence", f"没有“{question}”。")
    return Answer(question, question, text, citations=citations, refusal=refusal, confidence=0.01)


ONE = answered("甲？", "甲是一。[1]\n甲在前。[2]", cited(1, 0), cited(2, 10), short="一", confidence=0.9)
TWO = answered("乙？", "甲在前。[1]\n乙是二。[2]", cited(1, 10), cited(2, 20), short="二", confidence=0.6)
NONE = refused("丙[7]？", "没有“丙［7］？”。以下内容最接近：[1][2]", cited(1, 0), cited(2, 30))


def test_citations_are_numbered_once_and_a_sentence_told_once() -> None:
    whole = merge("甲？乙？", [ONE, TWO])
    assert whole.text == "甲是一。[1]\n甲在前。[2]\n乙是二。[3]"
    assert [(one.number, one.start) for one in whole.citations] == [(1, 0), (2, 10), (3, 20)]
    assert (whole.question, whole.standalone_question, whole.short_answer) == (
        "甲？乙？",
        "甲？乙？",
        "一；二",
    )
    assert (whole.answered, whole.confidence, whole.timings) == (True, 0.6, Timings(2.0, 4.0, 6.0))
    assert {number for claim in whole.claims for number in claim.numbers} == {1, 2, 3}


def test_a_refused_part_is_said_in_its_place_without_citations() -> None:
    whole = merge("丙？甲？", [NONE, ONE])
    assert whole.text.splitlines()[0] == "没有“丙［7］？”。"
    assert (whole.answered, whole.refusal, whole.confidence) == (True, None, 0.9)
    assert used(whole.text) == tuple(one.number for one in whole.citations) == (1, 2)


def test_where_all_is_refused_so_is_the_whole() -> None:
    whole = merge("丙？丁？", [NONE, refused("丁？", "没有“丁？”。最接近：[1]", cited(1, 30))])
    assert not whole.answered
    assert whole.refusal == Refusal("weak_evidence", "没有“丙[7]？”。没有“丁？”。")
    assert used(whole.text) == tuple(one.number for one in whole.citations) == (1, 2)
