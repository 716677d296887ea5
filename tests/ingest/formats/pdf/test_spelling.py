"""How lines join: blanks between words, none between characters, hyphens healed."""

import pytest

from ingest.formats.pdf.spelling import join_texts


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["推进共同", "富裕"], "推进共同富裕"),
        (["增长5", "%以上"], "增长5%以上"),
        (["2024年1", "2月"], "2024年12月"),
        (["the quick", "fox"], "the quick fox"),
        (["the end.", "Next"], "the end. Next"),
        (["inter-", "national"], "international"),
        (["inter\u00ad", "national"], "international"),
        (["Sino-", "American"], "Sino-American"),
        (["（PM2.", "5）"], "（PM2.5）"),
        (["in 2024", "100 people"], "in 2024 100 people"),
        (["称为App", "应用"], "称为App应用"),
    ],
)
def test_lines_join_as_they_were_written(lines: list[str], joined: str) -> None:
    assert join_texts(lines) == joined
