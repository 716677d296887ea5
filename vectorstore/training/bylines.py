"""Questions who holds a post and when a report was made, of invented people at real places.

Imports the questions about official documents of this package, and the provinces of `rag`. The corpora name
too few people to learn from; so the names are drawn from usual surnames and given names, and the sentences
are of the shapes that reports, notices and newspapers write.
"""

import random

from rag.language.provinces import PROVINCES
from rag.reading.windows import WINDOW
from vectorstore.training.official import Reading, stretches

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建国华志永红玉春海燕新民生立宏光东林波斌宁凯丹梅琳"
    "萍鹏飞宇浩天成龙德义庆云峰山川江河胜利卫忠仁安康才良正清晓彬昌荣福祥瑞"
)
POSTS = (
    "省长",
    "市长",
    "主席",
    "代省长",
    "副省长",
    "局长",
    "主任",
    "区长",
    "县长",
    "厅长",
    "书记",
    "秘书长",
    "副市长",
    "院长",
)
UNITS = (
    "发展改革委",
    "财政局",
    "教育局",
    "民政局",
    "住建局",
    "卫生健康委",
    "人力资源社会保障局",
    "交通运输局",
    "统计局",
    "水务局",
)

_SENTENCES = (
    "{place}人民政府{post} {name}\n",
    "{place}{post}{name}作政府工作报告。",
    "{place}{post}{name}代表{place}人民政府，向大会作政府工作报告。",
    "{place}人民政府{post}{name}同志主持会议并讲话。",
    "会上，{place}{unit}{post}{name}介绍了有关情况。",
    "“我们将抓好落实。”{unit}{post}{name}说。",
    "——{day}在{place}第十四届人民代表大会第三次会议上\n{place}人民政府{post} {name}\n",
    "{post}：{name}\n",
)
_WHO = (
    "{place}{post}是谁？",
    "{place}的{post}叫什么名字？",
    "{post}是哪位？",
    "谁是{place}{post}？",
    "{unit}{post}是谁？",
    "谁作的报告？",
)
_POST = ("{name}是什么职务？", "{name}担任什么职务？", "{name}是谁？")
_WHEN = (
    "报告是哪天作的？",
    "会议是几月几号开的？",
    "{place}的政府工作报告是什么时候作的？",
    "哪一天作的报告？",
)


def byline(window: str, chance: random.Random) -> Reading | None:
    """An invented byline among the sentences of a window, asked about; of a name, its post, or its day."""
    said = _invented(chance)
    line = chance.choice(_SENTENCES).format(**said)
    asked, wanted = chance.choice(
        [(_WHO, "name"), (_WHO, "name"), (_WHO, "name"), (_POST, "post")]
        if said["day"] not in line
        else [(_WHEN, "day"), (_WHO, "name")]
    )
    fitting = [text for text in asked if all(said[key] in line for key in said if f"{{{key}}}" in text)]
    rest = next(stretches(window), "")[: WINDOW - len(line)]
    if not fitting or any(said[key] in rest for key in ("name", "day")):
        return None
    text = rest + line if chance.random() < 0.5 and rest.endswith("。") else line + rest
    start = text.index(said[wanted], text.index(line))
    return Reading("byline", chance.choice(fitting).format(**said), text, start, start + len(said[wanted]))


def _invented(chance: random.Random) -> dict[str, str]:
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))
    return {
        "name": name,
        "place": chance.choice(PROVINCES).full,
        "post": chance.choice(POSTS),
        "unit": chance.choice(UNITS),
        "day": f"{chance.randint(1990, 2026)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
    }
