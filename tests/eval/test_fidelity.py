"""The measures of fidelity: an exact copy is perfect, each kind of damage counts as itself."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import fidelity, inkline
from eval.fidelity import Fidelity, Known, Share, f1, measure
from eval.inkline import Inkline
from rag.datatypes import Document, Paragraph
from rag.language.chinese import squeeze

KNOWN = (
    Known("title", "供水条例", ()),
    Known("heading", "第一章 总则", ()),
    Known("body", "第一条 为了规范供水，制定本条例。", ("第一章 总则", "第一条")),
    Known("heading", "第二章 用水", ()),
    Known("body", "第二条 用水应当节约。①", ("第二章 用水", "第二条")),
    Known("note", "节约的含义见释义。", ("第二章 用水", "第二条")),
    Known("row", "单位：水务局；电话：123", ("第二章 用水", "第二条")),
)


def _read(known, *, title="供水条例"):
    """Known paragraphs as if read without fault: a document and its paragraphs."""
    text = "\n".join(each.text for each in known)
    paragraphs = []
    start = 0
    for number, each in enumerate(known, 1):
        end = start + len(each.text)
        paragraphs.append(Paragraph("d", number, each.text, start, end, section=each.section))
        start = end + 1
    return Document("d", title, "d.txt", "text/plain", text), paragraphs


def _measure(read, **options):
    return measure(KNOWN, *_read(read, **options))


def _changed(place, **changes):
    fields = {name: getattr(KNOWN[place], name) for name in ("kind", "text", "section")}
    return (*KNOWN[:place], Known(**fields | changes), *KNOWN[place + 1 :])


def test_an_exact_copy_is_perfect():
    figures = _measure(KNOWN)
    assert (figures.errors, figures.error_rate, figures.f1) == (0, 0, 1)
    assert figures.paths == Share(3, 3)
    assert figures.titles == Share(1, 1)
    assert figures.trips.right == figures.trips.of == 4 * len(KNOWN)
    assert figures.characters == sum(len(squeeze(each.text)) for each in KNOWN) - len("①")


def test_wrong_missing_and_added_characters_each_count_one():
    figures = _measure(_changed(2, text="第一条 为子规范供水，制定条例。。"))
    assert figures.errors == 3
    assert figures.f1 == 1


def test_a_paragraph_that_falls_apart_adds_a_boundary():
    halves = (
        Known("body", "第一条 为了规范供水，", KNOWN[2].section),
        Known("body", "制定本条例。", KNOWN[2].section),
    )
    figures = _measure((*KNOWN[:2], *halves, *KNOWN[3:]))
    assert figures.errors == 0
    assert figures.found == Share(5, 5)
    assert figures.true == Share(5, 6)


def test_two_paragraphs_run_together_lose_a_boundary():
    joined = Known("body", KNOWN[1].text + KNOWN[2].text, ())
    figures = _measure((KNOWN[0], joined, *KNOWN[3:]))
    assert figures.found == Share(4, 5)
    assert figures.true == Share(4, 4)


def test_a_running_head_within_the_body_counts_as_characters_and_as_one_boundary_too_many():
    figures = _measure((*KNOWN[:3], Known("body", "—3—", ()), *KNOWN[3:]))
    assert figures.errors == 3
    assert figures.true == Share(5, 6)


def test_a_note_may_stand_anywhere_but_not_be_missing():
    body = [each for each in KNOWN if each.kind != "note"]
    assert _measure((*body, KNOWN[5])).errors == 0
    missing = _measure(body)
    assert missing.errors == len(KNOWN[5].text)
    assert missing.f1 == 1


def test_a_note_too_many_stays_in_the_body():
    assert _measure((*KNOWN[:6], KNOWN[5], KNOWN[6])).errors == len(KNOWN[5].text)


def test_a_wrong_heading_above_counts_against_its_paragraph_only():
    assert _measure(_changed(4, section=("第一章 总则", "第二条"))).paths == Share(2, 3)


def test_labels_are_compared_without_blanks_punctuation_and_width():
    assert _measure(_changed(4, section=("▶ 第二章　用水", "第二条 "))).paths == Share(3, 3)


def test_a_heading_run_into_its_text_counts_only_where_it_is_known():
    assert _measure(_changed(4, section=("第二章 用水", "第二条", "用水应当节约"))).paths == Share(3, 3)


def test_a_paragraph_wrongly_taken_for_a_heading_counts():
    assert _measure(_changed(4, section=("第二章 用水", "第二条", KNOWN[2].text))).paths == Share(2, 3)


def test_the_title_is_no_part_of_a_path():
    assert _measure(_changed(2, section=("供水条例", "第一章 总则", "第一条"))).paths == Share(3, 3)
    assert _measure(KNOWN, title="第一章 总则").titles == Share(0, 1)


def test_a_quote_that_is_not_at_its_place_is_no_round_trip():
    document, paragraphs = _read(KNOWN)
    moved = Paragraph("d", 1, "供水办法", 0, 4)
    assert fidelity.round_trips(document.text, [moved, *paragraphs[1:]]).right < 4 * len(paragraphs)


def test_nothing_read_loses_everything():
    figures = measure(KNOWN, Document("", "", "", "", ""), ())
    assert (figures.error_rate, figures.f1, figures.paths) == (1, 0, Share(0, 3))


def test_documents_add_up():
    one = _measure(KNOWN)
    assert (one + one).characters == 2 * one.characters
    assert one + Fidelity() == one


PIECES = st.lists(st.text("甲乙丙丁", min_size=1, max_size=6), min_size=1, max_size=8)


@given(PIECES, PIECES)
def test_the_distance_is_that_of_the_textbook_table(read, known):
    assert Inkline(read=read, known=known).distance == _levenshtein("".join(read), "".join(known))


@given(PIECES)
def test_the_same_pieces_hold_one_another(pieces):
    line = Inkline(read=pieces, known=pieces)
    assert line.boundaries == line.read_boundaries
    assert line.holders() == list(range(len(pieces)))


@given(PIECES, PIECES)
def test_every_read_boundary_has_one_place_in_the_known_text(read, known):
    places = Inkline(read=read, known=known).read_boundaries
    assert len(places) == len(read) - 1
    assert all(0 <= place <= sum(map(len, known)) for place in places)


@given(st.floats(0, 1), st.floats(0, 1))
def test_f1_lies_between_its_parts(precision, recall):
    assert min(precision, recall) - 1e-9 <= f1(precision, recall) <= max(precision, recall) + 1e-9


@pytest.mark.parametrize("module", [fidelity, inkline])
def test_examples_hold(module):

    assert doctest.testmod(module).failed == 0


def _levenshtein(one, other):
    """Wagner and Fischer's table, row by row."""
    row = list(range(len(other) + 1))
    for place, character in enumerate(one, 1):
        above = row
        row = [place]
        for column, against in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (character != against)))
    return row[-1]
