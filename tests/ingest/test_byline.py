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
    text = "\n".join(("2025年政府工作报告", "来源：人民日报", *lines, BODY))
    signed = [
        paragraph.attributes
        for paragraph in parse(text.encode(), "报告.txt").paragraphs
        if paragraph.attributes.person
    ]
    assert len(signed) == len(lines)
    assert {(one.kind, one.person, one.post) for one in signed} == {("signature", *speaker)}


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("2025年1月18日在第三次会议上河南省人民政府省长王凯作政府工作报告", ("王凯", "省长")),
        ("2025年1月14日在第三次会议上北京市市长 殷勇同志作政府工作报告。", ("殷勇", "市长")),
        ("——2025年1月14日海南省省长 刘小明在第四次会议上的讲话", ("刘小明", "省长")),
        ("湖北省人民政府代省长李殿勋作政府工作报告。", ("李殿勋", "代省长")),
    ],
)
def test_the_speaker_is_known_from_a_sentence(line: str, speaker: tuple[str, str]) -> None:
    text = "\n\n".join(("2025年政府工作报告", "来源：人民日报", line, BODY))
    told = [one for one in parse(text.encode(), "报告.txt").paragraphs if one.attributes.person]
    assert [(one.attributes.person, one.attributes.post) for one in told] == [speaker]
    assert told[0].text.split() == line.split() or told[0].text == "".join(line.split())
    assert told[0].attributes.kind != "signature"


@pytest.mark.parametrize("lines", [("自治区主席 蓝天立",), ("国务院总理", "李克强")])
def test_where_and_who_are_read_together(lines: tuple[str, ...]) -> None:
    where = "2025年1月13日在第十四届人民代表大会第三次会议上"
    parsed = parse("\n".join(("2025年政府工作报告", where, *lines, BODY)).encode(), "报告.txt")
    (told,) = [one for one in parsed.paragraphs if one.attributes.person]
    assert "".join(told.text.split()) == "".join("".join((where, *lines)).split())
    assert "".join(parsed.document.text[told.start : told.end].split()) == "".join(told.text.split())


def test_the_speaker_is_known_below_the_source() -> None:
    text = "\n".join(("2025年政府工作报告", "来源：广西日报", "自治区主席 蓝天立", BODY))
    told = [one for one in parse(text.encode(), "报告.txt").paragraphs if one.attributes.person]
    assert [(one.text, one.attributes.person) for one in told] == [("自治区主席 蓝天立", "蓝天立")]


@pytest.mark.parametrize("line", ["来源：广西日报", "一、2024年工作回顾", "会议由副主席 张三主持。"])
def test_other_lines_name_no_speaker(line: str) -> None:
    text = f"2025年政府工作报告\n\n{line}\n\n{BODY}"
    assert not any(paragraph.attributes.person for paragraph in parse(text.encode(), "报告.txt").paragraphs)
