"""The lines above a speech that name who gives it are known as such, in one line or in two."""

import pytest

from ingest.parsing import parse

BODY = "各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n"


@pytest.mark.parametrize(
    ("lines", "speaker"),
    [
        (("省长　梁惠玲",), ("梁惠玲", "省长")),
        (("自治区主席 蓝天立",), ("蓝天立", "自治区主席")),
        (("国务院总理", "李克强"), ("李克强", "国务院总理")),
    ],
)
def test_the_speaker_is_known(lines: tuple[str, ...], speaker: tuple[str, str]) -> None:
    text = "\n".join(("2025年政府工作报告", "——2025年1月13日在人民代表大会上", *lines, BODY))
    signed = [
        paragraph.attributes
        for paragraph in parse(text.encode(), "报告.txt").paragraphs
        if paragraph.attributes.person
    ]
    assert len(signed) == len(lines)
    assert {(one.kind, one.person, one.post) for one in signed} == {("signature", *speaker)}


@pytest.mark.parametrize("line", ["来源：广西日报", "一、2024年工作回顾", "会议由副主席 张三主持。"])
def test_other_lines_name_no_speaker(line: str) -> None:
    text = f"2025年政府工作报告\n\n{line}\n\n{BODY}"
    assert not any(paragraph.attributes.person for paragraph in parse(text.encode(), "报告.txt").paragraphs)
