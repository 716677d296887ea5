"""The lessons of a small corpus: every maker finds what it looks for, under its document's heading."""

import gzip
import json
import random

import pytest

pytest.importorskip("sklearn", reason="development-only package of the training recipe")

from vectorstore.training import documents

REPORT = """各位代表：
一、2015年工作回顾
国内生产总值增长6.9%。新建高速公路6500公里。发展旅游、文化、体育等消费。
二、2016年重点工作
着力稳定市场预期。完善减税降费政策，减轻企业负担。发放育儿补贴两千元。
"""
LAW = """# 河南省绿化条例
## 第一章 总则
第一条 本条例所称绿地，是指供公众休憩的场所。
第二条 绿化工作由市园林绿化部门负责日常监督管理工作。
第三条 擅自占用绿地的，处一千元以上五千元以下的罚款。
第四条 本条例自2021年3月1日起施行。
"""


@pytest.fixture
def folder(tmp_path):
    files = {
        documents.REPORTS: [
            ("2016年中华人民共和国国务院政府工作报告", REPORT),
            ("2024年中华人民共和国国务院政府工作报告", REPORT.replace("6.9%", "5.2%")),
        ],
        documents.LAWS: [("河南省绿化条例", LAW)],
    }
    for name, texts in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            for title, text in texts:
                file.write(json.dumps({"title": title, "text": text}) + "\n")
    return tmp_path


def test_all_kinds_of_questions_come_of_documents(folder) -> None:
    made = [one for seed in range(8) for one in documents.readings(folder, random.Random(seed))]
    assert {one.kind for one in made} >= set(documents.COUNT) - {"amount"}
    assert all(one.window[one.start : one.end] for one in made if one.kind != "elsewhere")
    assert any("第一章 总则" in one.heading for one in made)
    assert any("一、2015年工作回顾" in one.heading for one in made)


def test_what_settings_are_chosen_with_is_not_learnt_from(folder) -> None:
    made = [one for seed in range(8) for one in documents.readings(folder, random.Random(seed))]
    assert any("6.9%" in one.window for one in made)
    assert not any("5.2%" in one.window for one in made)
