"""The five founding documents, paragraph by paragraph: what a careful reader finds in them.

May import `ingest` and `rag`.
"""

import re

import pytest

from rag.citing.alignment import locate
from rag.language.chinese import sentences, squeeze
from tests.ingest.seeds import (
    DEBATE,
    FOLDER,
    NAMES,
    PLENUM,
    SPEECH,
    STUDY,
    TASKS,
    beginning,
    paragraphs,
    parsed,
)

TITLES = {
    TASKS: "杭州市拱墅区人民政府办公室关于印发区2024年政府工作报告重点工作责任分解的通知",
    STUDY: "拱墅掀起深入学习贯彻区委一届六次全会精神热潮（四）",
    PLENUM: "为全面高质量建成运河沿岸名区而努力奋斗",
    DEBATE: "解放思想勇开拓 争先创优敢担当 加快实现大城北崛起",
    SPEECH: "高水平打造时尚之都数字新城运河明珠 奋力开创拱墅新时代高质量发展共同富裕示范新局面",
}
SIGNED_DEBATE = [
    ("区残联", "谢建青", "党组书记、理事长"),
    ("区商务局", "俞志栋", "党委书记、局长"),
    ("区司法局", "葛彤", "党委书记、局长、区委政法委委员"),
    ("区招商局", "朱永红", "党委书记、局长（主任）"),
    ("区住建局", "陈劲松", "党委书记、局长（主任）"),
    ("区教育局", "徐旭勇", "党委书记"),
    ("区教育局", "赵群筠", "局长"),
    ("区人力社保局", "郑国庆", "党委书记、局长、区委组织部副部长（兼）"),
    ("区财政局", "黄仁", "党委书记、局长"),
    ("区民政局", "陈小蕾", "党委书记、局长"),
]
SIGNED_STUDY = [
    *("区教育局", "区民政局", "区人力社保局", "区住建局", "区文广旅体局"),
    *("区卫健局", "区退役军人局", "区应急管理局", "区综合行政执法局", "区大运办"),
]
DEPARTMENTS_PLENUM = [
    *("区城改办", "区民政局", "区住建局", "区文广旅体局", "区三方办"),
    *("区发改经信局", "区商务局", "区城管局", "区数据资源局", "区科技工业区委"),
]
LEADERS = {
    range(1, 5): "冯晶区长",
    range(5, 40): "黄飞常务副区长",
    range(40, 60): "樊峥常委",
    range(60, 72): "张建明常委",
    range(72, 74): "徐晓东副区长",
    range(74, 93): "许雷挺副区长",
    range(93, 121): "沈建立副区长",
    range(121, 139): "王一平副区长",
    range(139, 157): "贾元元副区长",
}


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_ink_is_in_exactly_one_paragraph(name):
    document = parsed(name).document
    found = parsed(name).paragraphs
    assert [p.number for p in found] == list(range(1, len(found) + 1))
    assert "".join(squeeze(p.text) for p in found) == squeeze(document.text)
    for p in found:
        assert squeeze(document.text[p.start : p.end]) == squeeze(p.text)
        assert p.document_id == document.id


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_and_every_unit_is_found_again_in_the_raw_text(name):
    raw = parsed(name).document.text
    for p in parsed(name).paragraphs:
        for start, end in sentences(p.text):
            first, last = locate(p, raw, start, end)
            assert p.start <= first < last <= p.end
            assert squeeze(raw[first:last]) == squeeze(p.text[start:end])


@pytest.mark.parametrize("name", NAMES)
def test_no_stray_blank_or_line_break_is_left(name):
    for p in parsed(name).paragraphs:
        if p.attributes.kind in ("body", "signature"):
            assert "\n" not in p.text
        if p.attributes.kind == "body":
            assert not re.search(r"[\u4e00-\u9fff，。、]\s[\u4e00-\u9fff]", p.text), p.text


@pytest.mark.parametrize("name", NAMES)
def test_the_title_is_found_in_the_text(name):
    assert parsed(name).document.title == TITLES[name]


def test_metadata_of_the_notice():
    metadata = parsed(TASKS).document.metadata
    assert (metadata.year, metadata.issuer, metadata.kind) == (2024, "杭州市拱墅区人民政府办公室", "通知")


def test_signatures_close_their_blocks_in_the_debate():
    signed = paragraphs(DEBATE, "signature")
    assert [
        (p.attributes.department, p.attributes.person, p.attributes.post) for p in signed
    ] == SIGNED_DEBATE
    owner = iter(SIGNED_DEBATE)
    current = next(owner)
    for p in paragraphs(DEBATE)[2:]:
        attributes = p.attributes
        assert (attributes.department, attributes.person, attributes.post) == current, p.text
        assert p.section[0] == f"{current[0]} {current[1]}"
        if attributes.kind == "signature":
            current = next(owner, current)


def test_units_sign_their_blocks_in_the_study_page():
    body = [p for p in paragraphs(STUDY, "body") if p.text != "运河大剧院"]
    assert [p.attributes.department for p in body] == SIGNED_STUDY
    assert [p.text for p in paragraphs(STUDY, "signature")] == SIGNED_STUDY
    assert all(p.text.startswith("一是") and p.text.endswith("。") for p in body)
    assert all(p.section == (p.attributes.department,) for p in body)


def test_headings_with_arrows_name_the_department_in_markdown():
    body = paragraphs(PLENUM, "body")
    assert [p.attributes.department for p in body] == [None, *DEPARTMENTS_PLENUM]
    assert body[2].section == (
        "全区各部门贯彻落实区委七届十一次全会精神",
        "区民政局",
        "聚焦五个方面 高质量推进民政事业发展",
    )
    assert beginning(PLENUM, "### ▶ 区民政局").attributes.kind == "heading"


def test_all_tasks_of_the_plan_with_their_units_as_written():
    raw = parsed(TASKS).document.text
    written = re.split(r"^(\d{1,3})\.", raw, flags=re.MULTILINE)[1:]
    units = {
        int(number): re.findall(r"牵头单位：([^（\n]+)", text)
        for number, text in zip(written[::2], written[1::2], strict=True)
    }
    found = {p.attributes.task.number: p for p in paragraphs(TASKS, "task") if p.attributes.task}
    assert list(found) == list(range(1, 157)) == list(units)
    for number, p in found.items():
        task = p.attributes.task
        shared = units[number] or units[4]
        assert task is not None
        assert "、".join(task.lead_units) == shared[0].strip()
        assert p.attributes.department == task.lead_units[0]
        assert task.leader == next(leader for numbers, leader in LEADERS.items() if number in numbers)
        assert p.attributes.person is not None
        assert f"{p.attributes.person}{p.attributes.post}" == task.leader
        assert p.text.startswith(f"{number}.{task.text}")


def test_a_task_and_its_unit_are_one_paragraph():
    assert beginning(TASKS, "5.").text == "5.地区生产总值增长5.5%。\n牵头单位：区发改经信局"
    assert beginning(TASKS, "89.").text.endswith("（间）。\n牵头单位：区住建局")
    first = beginning(TASKS, "1.").attributes.task
    assert first is not None
    assert first.lead_units == ("区政府办公室", "区政府各部门", "各街道办事处")


def test_the_heading_without_its_numeral_stands_among_its_siblings():
    annex = "2024年区政府工作报告重点工作责任分解"
    assert beginning(TASKS, annex).attributes.kind == "heading"
    assert beginning(TASKS, "沈建立副区长").attributes.kind == "heading"
    assert beginning(TASKS, "93.").section == (annex, "沈建立副区长牵头工作")
    assert beginning(TASKS, "92.").section == (annex, "六、许雷挺副区长牵头工作")
    assert beginning(TASKS, "121.").section == (annex, "八、王一平副区长牵头工作")


def test_the_letter_is_signed_and_its_copies_belong_to_no_leader():
    assert beginning(TASKS, "2024年2月29日").attributes.kind == "signature"
    assert [p.text for p in paragraphs(TASKS, "signature")][0] == "杭州市拱墅区人民政府办公室"
    copies = beginning(TASKS, "抄送：")
    assert (copies.section, copies.attributes.person, copies.attributes.kind) == ((), None, "body")
    assert beginning(TASKS, "（此件公开发布）").attributes.department is None


@pytest.mark.parametrize(
    ("start", "end", "section"),
    [
        (
            "一、坚持问题导向，认清开展大讨论活动的必要性。深入",
            "更好的服务残疾人群体。",
            ("区残联 谢建青", "一、坚持问题导向，认清开展大讨论活动的必要性"),
        ),
        ("五、立足“新八景”，发展", "独特性。", ("区商务局 俞志栋", "五、立足“新八景”，发展文化旅游")),
        ("通过开展“解放思想", "新局面。", ("区残联 谢建青", "三、坚持目标导向，认清开展大讨论活动的创新性")),
        ("为深入学习贯彻习近平新时代中国特色社会主义思想", "大讨论活动。", ("区教育局 徐旭勇",)),
        (
            "三、大力实施党员作用发挥工程。",
            "次数和时限。",
            ("区教育局 徐旭勇", "三、大力实施党员作用发挥工程"),
        ),
        ("着力抓好四项重点。突出", "招商吸引力。", ("区招商局 朱永红",)),
        ("一、坚持思想引领，勇于担当。", "引领的动力。", ("区民政局 陈小蕾", "一、坚持思想引领，勇于担当")),
    ],
)
def test_broken_lines_are_one_paragraph_again(start, end, section):
    p = beginning(DEBATE, start)
    assert p.text.endswith(end)
    assert p.section == section


def test_blanks_inside_words_are_gone_and_meant_ones_stay():
    text = beginning(DEBATE, "三、大力实施党员作用").text
    assert "在文渊小学和锦绣育才教育集团各成立“领雁工作室”" in text
    assert "面向“80后”年轻干部开展竞岗，民主选拔校级干部25名" in text
    assert "局党委对全部216名干部因私出入境证件信息均登记在案" in text
    assert beginning(DEBATE, "区财政局").text == "区财政局党委书记、局长 黄仁"


def test_paragraphs_broken_across_columns_are_mended_and_headings_left_alone():
    assert "应用场景功能,进一步打通数据壁垒" in beginning(SPEECH, "加快完善“精准智达").text
    assert beginning(SPEECH, "人民群众对美好生活").text.endswith("让城市更有温度。")
    assert beginning(SPEECH, "4.要持之以恒").text.endswith("风清气正的政治生态。")
    heading = beginning(SPEECH, "5.聚焦优质均衡")
    assert heading.attributes.kind == "heading"
    assert heading.text == "5.聚焦优质均衡、普及普惠,倾情建设幸福生活示范区"
    assert beginning(SPEECH, "做优“一老一小").section == (heading.text,)
    assert beginning(SPEECH, "2.要锻造").section == (
        "四、加强党的全面领导和全面加强党的建设",
        "2.要锻造全面过硬的铁军队伍",
    )
    assert len(paragraphs(SPEECH)) == 26


def test_the_files_are_read_as_they_lie():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(NAMES)
