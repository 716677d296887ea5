"""Which stretches of the paragraphs found are read, and in which order they come back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Attributes, Evidence, Hit, Inquiry, Paragraph
from rag.language.chinese import squeeze
from rag.query.question import understand
from rag.reading.evidence import (
    MAX_PASSAGES,
    EvidenceReader,
    PassageWeights,
    context,
    in_context,
    may_answer,
    units,
)
from tests.rag.letters import Letters, matcher
from tests.rag.shelf import PLAN, SPEECHES, Shelf

SHELF = Shelf(PLAN, SPEECHES)
READER = EvidenceReader(Letters(), matcher())
EMPTY = PassageWeights(coverage=0, likeness=0, figures=0, similarity=0, fits=0, paragraph=0, read=0)


def read(text: str, *hits: Hit, reader: EvidenceReader = READER) -> Evidence:
    return reader.read(understand(Inquiry(text), history_turns=0), hits)


def hit(text: str, *, number: int = 1, score: float = 1.0, attributes: Attributes = Attributes()) -> Hit:  # noqa: B008 - frozen
    return Hit(Paragraph("d", number, text, 0, len(text), attributes=attributes), "文件", score)


def test_the_sentence_that_answers_comes_first_with_its_place() -> None:
    evidence = read("加装多少台电梯？", hit("新增学位5600个。加装电梯200台。组织送餐。"))
    best = evidence.passages[0]
    assert (best.text, best.handle, best.start, best.end) == ("加装电梯200台。", 1, 10, 19)
    assert best.fits
    assert not next(passage for passage in evidence.passages if passage.text == "组织送餐。").fits
    assert len(evidence.passages) == 3


def test_a_task_is_read_whole_with_its_lead_unit() -> None:
    hits = SHELF.hits(("plan", 3), ("speeches", 3))
    evidence = read("谁牵头加装电梯？", *hits)
    whole = [passage for passage in evidence.passages if passage.handle == 1]
    assert [passage.text for passage in whole] == [hits[0].paragraph.text]
    assert len([passage for passage in evidence.passages if passage.handle == 2]) == 2


def test_a_row_of_a_table_is_read_whole_whatever_joins_its_cells() -> None:
    row = hit("姓名：吴芳；电话：0571-88005678；单位：县审计局", attributes=Attributes("row"))
    evidence = read("吴芳的电话是多少？", row)
    assert [passage.text for passage in evidence.passages] == [row.paragraph.text]
    assert evidence.passages[0].fits


@pytest.mark.parametrize("kind", ["title", "heading"])
def test_titles_and_headings_are_not_read(kind: str) -> None:
    heading = hit("加装电梯200台。", attributes=Attributes(kind))
    evidence = read("加装多少台电梯？", heading, hit("新增学位5600个。", number=2))
    assert [passage.handle for passage in evidence.passages] == [2]
    assert len(evidence.hits) == 2


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("区教育局局长是谁？", True),
        ("什么时候印发？", True),
        ("怎样提高站位？", False),
        ("有多少学位？", False),
    ],
)
def test_a_signature_is_read_when_it_is_asked_who_or_when(text: str, is_read: bool) -> None:  # noqa: FBT001 - a table's column
    evidence = read(text, *SHELF.hits(("speeches", 2)))
    assert bool(evidence.passages) is is_read


def test_no_hits_no_passages() -> None:
    assert read("加装多少台电梯？") == Evidence()


def test_hits_without_a_passage_are_kept() -> None:
    heading = hit("加装电梯", attributes=Attributes("heading"))
    assert read("加装多少台电梯？", heading) == Evidence((heading,))


def test_no_more_passages_are_read_than_bounded_and_the_best_paragraphs_go_first() -> None:
    long = "加装电梯。" * (MAX_PASSAGES - 3)
    evidence = read("加装电梯？", hit(long), hit("新增学位。" * 10, number=2), hit("送餐。", number=3))
    handles = [passage.handle for passage in evidence.passages]
    assert len(handles) == MAX_PASSAGES
    assert (handles.count(1), handles.count(2), handles.count(3)) == (MAX_PASSAGES - 3, 3, 0)
    assert len(evidence.hits) == 3


def test_a_paragraph_of_endless_sentences_is_bounded() -> None:
    assert len(read("加装电梯？", hit("好。" * 50_000)).passages) == MAX_PASSAGES


def test_equal_scores_stand_in_the_order_of_the_hits_and_the_text() -> None:
    reader = EvidenceReader(Letters(), matcher(), weights=EMPTY)
    evidence = read("加装电梯？", hit("甲。乙。"), hit("丙。加装电梯。", number=2), reader=reader)
    assert [passage.text for passage in evidence.passages] == ["甲。", "乙。", "丙。", "加装电梯。"]


@pytest.mark.parametrize("part", ["coverage", "likeness", "figures", "similarity", "fits"])
def test_each_part_counts_with_its_weight(part: str) -> None:
    reader = EvidenceReader(Letters(), matcher(), weights=replace(EMPTY, **{part: 2.0}))
    text = "2024年加装电梯200台。新增学位。2024年。"
    for passage in read("2024年加装多少台电梯？", hit(text), reader=reader).passages:
        assert passage.score == pytest.approx(2.0 * getattr(passage, part))


def test_a_passage_pays_for_its_paragraph_lying_behind() -> None:
    reader = EvidenceReader(Letters(), matcher(), weights=replace(EMPTY, paragraph=3.0))
    hits = (hit("甲。", score=5.0), hit("乙。", number=2, score=3.5))
    assert [passage.score for passage in read("加装电梯？", *hits, reader=reader).passages] == [0.0, -4.5]


def test_headings_and_signer_count_as_said() -> None:
    signed = hit("深化五育融合。", attributes=Attributes(department="区教育局", person="徐勇", post="局长"))
    without = hit("深化五育融合。")
    asked = "区教育局怎样深化五育融合？"
    assert read(asked, signed).passages[0].coverage > read(asked, without).passages[0].coverage


def test_context_names_title_headings_signer_unit_and_leader() -> None:
    task = SHELF.hits(("plan", 3))[0]
    assert context(task).splitlines() == [
        "责任分解",
        "许挺副区长牵头工作",
        "区住建局",
        "许挺",
        "许挺副区长",
        "区住建局",
    ]
    assert in_context(task, "某句") == (context(task), "某句")
    assert context(hit("字")) == "文件"


def test_what_a_sentence_and_its_headings_miss_most_is_told() -> None:
    (whole,) = read("加装电梯？", hit("加装电梯。")).passages
    assert whole.missing == 0.0
    (part,) = read("加装电梯 新增学位？", hit("加装电梯。")).passages
    assert part.missing > 0.0


@given(st.lists(st.text("加装电梯2。！\n 学位；”", min_size=1, max_size=30), max_size=5), st.integers(0, 3))
def test_passages_are_spans_of_their_paragraphs_sorted_by_score(texts: list[str], best: int) -> None:
    hits = tuple(hit(text, number=n, score=float(best - n)) for n, text in enumerate(texts, 1))
    evidence = read("加装多少台电梯？", *hits)
    assert evidence.hits == hits
    order = [(-passage.score, passage.handle, passage.start) for passage in evidence.passages]
    assert order == sorted(order)
    for passage in evidence.passages:
        assert hits[passage.handle - 1].paragraph.text[passage.start : passage.end] == passage.text
    for number, one in enumerate(hits, 1):
        spans = sorted(units(one.paragraph))
        told = "".join(one.paragraph.text[start:end] for start, end in spans)
        assert squeeze(told) == squeeze(one.paragraph.text)
        assert spans == sorted((p.start, p.end) for p in evidence.passages if p.handle == number)


def test_what_may_answer_by_its_kind() -> None:
    def kinds(text: str) -> list[str]:
        question = understand(Inquiry(text), history_turns=0)
        every = ("body", "task", "title", "heading", "signature")
        return [
            kind for kind in every if may_answer(question, hit("字", attributes=Attributes(kind)).paragraph)
        ]

    assert kinds("加装多少台电梯？") == ["body", "task"]
    assert kinds("局长是谁？") == kinds("什么时候印发？") == ["body", "task", "signature"]


def test_the_sentence_that_leads_to_the_cases_asked_for_goes_first() -> None:
    lead = "职工有下列情形之一的，可以提取住房公积金账户内的存储余额："
    bonds = "在保证住房公积金提取的情况下，可以将住房公积金用于购买国债。"
    found = read("什么情况下可以提取住房公积金？", hit(bonds), hit(lead, number=2))
    assert found.passages[0].text == lead
    assert len(found.passages) == 2
