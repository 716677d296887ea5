"""The HTML report: everything is in it, nothing in it runs, reaches out or breaks the page."""

import doctest
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import drawing, markup
from eval.calibration import Bin, Point
from eval.comparison import compare
from eval.drawing import reliability_plot, risk_plot
from eval.markup import element
from eval.outcome import EvaluationReport
from eval.page import render_page, save_page
from rag.errors import ServiceError

HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(2)>\" onload='x' &lt; 食堂"


class Reader(HTMLParser):
    """What a browser sees: elements, attributes, text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_examples_hold():
    assert doctest.testmod(markup).failed == doctest.testmod(drawing).failed == 0


def test_every_failure_can_be_read_with_what_it_rests_on(report: EvaluationReport):
    seen = Reader(render_page(report))
    for said in ("small.jsonl", "6 问", "答错、简答误或违约 4 问", "答对 2 问", "命令：rag eval"):
        assert said in seen.text
    for outcome in report.outcomes:
        assert outcome.question in seen.text
        if not outcome.faultless:
            assert outcome.text in seen.text
            assert all(cited.quote in seen.text for cited in outcome.citations)
            assert all(found.text in seen.text for found in outcome.found)
            assert all(item.quote in seen.text for item in outcome.evidence)
            assert all(wanted in seen.text for wanted in outcome.expected)
    assert seen.elements.count("svg") == 2
    assert seen.elements.count("article") == 4


def test_what_changed_is_shown(report: EvaluationReport):
    worse = replace(report.outcomes[0], share=0.0, correct=False)
    after = replace(report, outcomes=(worse, *report.outcomes[1:]))
    text = Reader(render_page(after, comparison=compare(report, after))).text
    assert "变差 1" in text
    assert "n1 新建食堂几个？" in text


def test_hostile_texts_stay_texts(report: EvaluationReport):
    first, *others = report.outcomes
    cited = replace(report.outcomes[1].citations[0], document=HOSTILE, quote=HOSTILE)
    found = replace(first.found[0], document=HOSTILE, text=HOSTILE)
    bad = replace(
        first,
        correct=False,
        id=HOSTILE,
        question=HOSTILE,
        standalone=HOSTILE + "？",
        text=HOSTILE,
        short_answer=HOSTILE,
        expected=(HOSTILE,),
        citations=(cited,),
        found=(found,),
        unsupported=(HOSTILE,),
        violations=(HOSTILE,),
        judgement=HOSTILE,
    )
    whole = replace(report, outcomes=(bad, *others), questions=HOSTILE, command=HOSTILE, answerers=(HOSTILE,))
    seen = Reader(render_page(whole))
    assert not {"script", "img"} & set(seen.elements)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert seen.text.count(HOSTILE) >= 12


def test_the_page_needs_nothing_else(report: EvaluationReport):
    seen = Reader(render_page(report))
    assert not {"link", "script", "iframe", "object"} & set(seen.elements)
    assert all(value.startswith("#") for name, value in seen.attributes if name in ("href", "src"))
    assert any("default-src 'none'" in (value or "") for _, value in seen.attributes)


def test_it_is_written_even_with_half_characters(report: EvaluationReport, tmp_path: Path):
    broken = replace(report.outcomes[1], text="半个\ud83d字")
    save_page(replace(report, outcomes=(broken,)), tmp_path / "new" / "report.html")
    assert "半个?字" in (tmp_path / "new" / "report.html").read_text("utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ServiceError, match="file"):
        save_page(report, tmp_path / "file" / "report.html")


def test_nothing_asked_makes_a_page_too(report: EvaluationReport):
    assert "答错、简答误或违约 0 问" in Reader(render_page(replace(report, outcomes=()))).text


@given(st.text(), st.text())
def test_an_element_gives_back_its_texts(child: str, value: str):
    seen = Reader(element("p", child, title=value))
    assert seen.elements == ["p"]
    assert seen.text == child
    assert seen.attributes == [("title", value)]


@given(
    st.lists(st.builds(Bin, st.integers(1, 99), st.floats(0, 1), st.floats(0, 1)), max_size=10),
    st.lists(st.builds(Point, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=10),
)
def test_everything_drawn_stands_within_the_plot(bins: list[Bin], curve: list[Point]):
    for plot in (reliability_plot(bins), risk_plot(curve)):
        seen = Reader(plot)
        places = [
            float(value) for name, value in seen.attributes if name in ("cx", "cy", "x1", "y1", "x2", "y2")
        ]
        points = [value for name, value in seen.attributes if name == "points"]
        places += [float(one) for line in points for pair in line.split() for one in pair.split(",")]
        assert all(0 <= place <= drawing.SIZE for place in places)
