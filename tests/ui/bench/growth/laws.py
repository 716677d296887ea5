"""A public corpus of twelve laws for tests."""

import gzip
import json
from pathlib import Path

from ui.bench.growth.corpus import LAWS

TEXT = (
    "# {0}条例\n\n第一条 为了加强{0}管理，制定本条例。\n\n"
    "第二条 {0}单位应当保障质量。区人民政府负责{0}规划，监督{0}设施的建设。\n"
)
TITLES = tuple("供水 燃气 绿化 消防 供暖 市容 噪声 养老 托育 停车 电梯 物业".split())


def write_laws(data: Path) -> None:
    file = data / LAWS
    file.parent.mkdir(parents=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for title in TITLES:
            lines.write(json.dumps({"title": f"{title}条例", "text": TEXT.format(title)}) + "\n")
