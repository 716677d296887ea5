"""Lines into paragraphs: by indent, by room, by gap, across columns; titles, headings, lists, notes."""

from ingest.formats.pdf import load
from tests.ingest.formats.pdf.prints import Print, write

LEFT, TOP, EM, PITCH = 60.0, 740.0, 10.0, 15.0
# As wide as a column, ending in the middle of a sentence.
FULL = "these words fill the line from one edge of the column to its other edge and go"


def _lines(texts: list[str], *, indents: dict[int, float] | None = None, top: float = TOP) -> list[Print]:
    indents = indents or {}
    return [(LEFT + indents.get(place, 0), top - PITCH * place, EM, text) for place, text in enumerate(texts)]


def _read(*pages: list[Print]) -> list[tuple[str, str]]:
    loaded = load(write(pages), "paper.pdf")
    return [(each.role, loaded.text[each.start : each.end]) for each in loaded.elements]


def _texts(*pages: list[Print]) -> list[str]:
    return [text for _, text in _read(*pages)]


def test_an_indent_begins_a_paragraph() -> None:
    texts = [FULL[4:], FULL, FULL, FULL[4:], FULL, FULL]
    assert len(_texts(_lines(texts, indents={0: 20, 3: 20}))) == 2


def test_a_short_line_ends_a_paragraph() -> None:
    assert _texts(_lines([FULL, FULL, "on to here.", FULL, FULL, "and to here."])) == [
        f"{FULL} {FULL} on to here.",
        f"{FULL} {FULL} and to here.",
    ]


def test_a_gap_parts_paragraphs() -> None:
    above, below = _lines([FULL] * 4), _lines([FULL] * 4, top=TOP - 4 * PITCH - 8)
    assert len(_texts(above + below)) == 2


def test_a_paragraph_goes_on_over_the_page_unless_it_has_ended() -> None:
    second = _lines([FULL, "ends."], top=TOP - 40)
    assert len(_texts(_lines([FULL] * 5), second)) == 1
    assert len(_texts(_lines([FULL] * 4 + ["and ends here."]), second)) == 2


def test_items_of_a_list_hang_from_their_marks() -> None:
    item, marked = FULL[4:], f"1. {FULL[4:]}"
    lines = _lines([FULL, FULL, "follow:", marked, item, "ends.", f"2{marked[1:]}", item, "ends."])
    hanging = [(x + 11.12 if place in (4, 5, 7, 8) else x, *rest) for place, (x, *rest) in enumerate(lines)]
    assert [text[:2] for text in _texts(hanging)] == ["th", "1.", "2."]


def test_bullets_make_items_and_are_left_out() -> None:
    stream = _lines(["\\267 first thing to do", "\\267 second thing to do"])
    assert _read(_lines([FULL] * 3, top=600) + stream)[:2] == [
        ("item", "first thing to do"),
        ("item", "second thing to do"),
    ]


def test_a_title_over_two_lines_and_headings_by_size() -> None:
    page: list[Print] = [(180, 770, 20, "The Long Title of"), (190, 745, 20, "This Document")]
    page += [(LEFT, 700, 14, "First Part"), *_lines([FULL] * 3, top=680)]
    page += [(LEFT, 610, 12, "A Detail"), *_lines([FULL] * 3, top=590)]
    page += [(LEFT, 520, 14, "Second Part"), *_lines([FULL] * 3, top=500)]
    loaded = load(write([page]), "paper.pdf")
    heads = [
        (each.role, each.level, loaded.text[each.start : each.end])
        for each in loaded.elements
        if each.role != "text"
    ]
    assert heads == [
        ("title", None, "The Long Title of This Document"),
        ("heading", 1, "First Part"),
        ("heading", 2, "A Detail"),
        ("heading", 1, "Second Part"),
    ]


def test_small_print_with_a_mark_at_the_foot_is_a_note_after_the_paragraph() -> None:
    first = [*_lines([FULL] * 6), (LEFT, 60, 7, "1 a footnote in small print")]
    assert _read(first, _lines([FULL, "ends.", FULL, "again."], top=TOP - 40)) == [
        ("text", " ".join([FULL] * 7) + " ends."),
        ("note", "1 a footnote in small print"),
        ("text", f"{FULL} again."),
    ]


def test_entries_of_a_contents_list_stay_apart() -> None:
    texts = [f"Chapter {name} {'.' * 60} {page}" for name, page in (("one", 1), ("two", 12), ("six", 30))]
    assert len(_texts(_lines(texts))) == 3
