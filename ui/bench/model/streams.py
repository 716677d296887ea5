"""Replies as no model should give them, over a hundred: kind by kind, and mixtures of them.

May import the model server.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ui.bench.model.server import Reply

# What the library holds, one paragraph a line, and what is asked of it.
FACTS = (
    "区教育局牵头新增学位5600个，建成学校4所。",
    "区住建局牵头既有住宅加装电梯200台以上，筹集保障性租赁住房5100套。",
    "区商务局牵头农贸市场改造12家，力争8月底前完成。",
    "区卫健局牵头新增养老床位860张。",
)
QUESTION = "既有住宅加装电梯多少台？"
# What the replies make up; none of it stands in the library.
LIES = ("900台", "35亿", "体育局", "2031", "77家", "条例", "不再", "张伟", "火星", "二千", "201", "２０１")

MIXTURES = 25
_TRUE = "区住建局牵头既有住宅加装电梯200台以上"
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Stream:
    """What the model does when it is asked: one reply, or several, for attempt after attempt."""

    kind: str
    replies: tuple[Reply, ...]


def _said(*pieces: str, **options: object) -> tuple[Reply, ...]:
    return (Reply(pieces, **options),)  # type: ignore[arg-type]


def _single(spelling: str) -> tuple[Reply, ...]:
    """A true sentence with a marker so spelt, character by character."""
    return _said(*f"{_TRUE}{spelling}。")


def _events(*bodies: str) -> tuple[Reply, ...]:
    return (Reply(raw="".join(f"data: {body}\n\n" for body in bodies).encode()),)


_TABLE: dict[str, tuple[tuple[Reply, ...], ...]] = {
    "半个标注": (
        _said(_TRUE, "[", "1", "]", "。"),
        _said(_TRUE, "[1"),
        _said(_TRUE, "["),
        _said(_TRUE, "[1]，", "还有", "[2"),
        _said(_TRUE, "[1]。新增学位5600个[", *"1" * 60),
        _said(_TRUE, "[" * 300, "1]。"),
        _said(_TRUE, "1]。"),
        _said(_TRUE, "[1]。", "[来源"),
    ),
    "零与负": tuple(_single(spelling) for spelling in ("[0]", "[0][1]", "[00]", "[-1]", "[０]", "[1.0]")),
    "没有的编号": tuple(
        _single(spelling)
        for spelling in ("[99]", "[99][1]", "[1-99]", "[5][6][7][8]", f"[{'9' * 20}]", "[1,99]", "[n]")
    ),
    "套叠与全角": tuple(
        _single(spelling)
        for spelling in (
            "[[1]]",
            "【1】",
            "［１］",
            "【[1]、［2］】",
            "[[1], [99]]",
            "[[[[1]]]]",
            "【1†来源】",
            "[^1]",
            "〔1〕",
            "[１】",
            "[来源1、来源99]",
            "［［０］］",
        )
    ),
    "没有标注": (
        _said(_TRUE, "。"),
        _said("好的。"),
        _said(""),
        _said(),
        _said(_TRUE, "（见第一段）。"),
        _said("<think>想了又想", "，没想完"),
    ),
    "编造": (
        _said("加装电梯900台", "[1]。"),
        _said(_TRUE, "[1]。预计投资35亿元[1]。"),
        _said("区体育局牵头加装电梯200台", "[1]。"),
        _said(_TRUE, "[1]。", "2031年完成[2]。"),
        _said("新增学位5600个，加装电梯200台，引进首店77家", "[1][2][3]。"),
        _said("根据《加装电梯条例》，", _TRUE, "[1]。"),
        _said("不再加装电梯200台", "[1]。"),
        _said("张伟副区长牵头加装电梯", "[1]。"),
        _said("火星移民计划全面启动", "[2]。"),
        _said("加装电梯二千台", "[1]。"),
        _said("加装电梯２０１台", "[1]。"),
    ),
    "沉默": (
        (Reply(mute=True),),
        (Reply(pings=True),),
        _said(_TRUE, "[1]。", stall_after=0),
        _said(_TRUE, "[1]。", stall_after=1),
        _said(_TRUE, "[1]。", stall_after=2),
        _said(*["字"] * 500, pause=0.05),
        _said("<think>", *["想"] * 500, pause=0.05),
        _said("[", *["1"] * 500, pause=0.05),
    ),
    "中途断开": (
        _said(_TRUE, "[1]。", cut_after=0),
        _said(_TRUE, "[1]。", cut_after=1),
        _said(_TRUE, "[1]。新增学位", "5600个", cut_after=2),
        _said(_TRUE, "[1]。", unfinished=True),
        _said(_TRUE, "[1]。新增学", unfinished=True),
        _said(_TRUE, "[1]。新增学", finish="length"),
        _said(_TRUE, "[1]。", finish="content_filter"),
    ),
    "429": (
        (Reply(status=429),),
        (Reply(status=429, retry_after="60"),),
        (Reply(status=429, retry_after="明天"),),
        (Reply(status=429), *_single("[1]")),
        (Reply(status=429), Reply(status=429), *_single("[1]")),
    ),
    "出错": (
        *((Reply(status=status),) for status in (400, 401, 403, 404, 500, 502, 503)),
        (Reply(status=500), *_single("[1]")),
        (Reply(status=503), *_single("[99]")),
    ),
    "乱码": (
        _events("{不是 JSON"),
        _events("[1, 2]"),
        _events('{"choices": [{"delta": 7}]}'),
        _events('{"choices": "[1]"}'),
        _events('{"error": {"message": "overloaded"}}'),
        _events("null", "[DONE]"),
        (Reply(raw=b"data: \xff\xfe\xb0\n\n"),),
        (Reply(raw=b"<html>502 Bad Gateway</html>"),),
        (Reply(raw=b""),),
        (Reply(raw=bytes(range(256)) * 40),),
    ),
    "一兆字节": (
        _said("长" * _MEGABYTE),
        _said(*["长" * 4096] * 256),
        _said("<think>" + "长" * _MEGABYTE),
        _said(_TRUE, "[1]。", *[f"{_TRUE}[1]。" * 50] * 1000),
        _said("[" * _MEGABYTE),
        (Reply(raw=b"data: " + b"x" * _MEGABYTE),),
    ),
}


def streams(seed: int) -> tuple[Stream, ...]:
    """The table, kind by kind, then mixtures made with the seed."""
    listed = [Stream(kind, replies) for kind, table in _TABLE.items() for replies in table]
    return (*listed, *_mixtures(Random(seed), MIXTURES))  # noqa: S311


def _mixtures(chance: Random, count: int) -> Iterator[Stream]:
    """True and false sentences with markers of any spelling, broken off or not, after failures or not."""
    spellings = ("[1]", "【1】", "[0]", "[99]", "[[2]]", "[1", "［３］", "", "[1-9]")
    told = (_TRUE, "新增学位5600个", "加装电梯900台", "新增养老床位860张", "财政收入35亿元", "改造12家")
    for _ in range(count):
        text = "".join(
            f"{chance.choice(told)}{chance.choice(spellings)}。" for _ in range(chance.randint(1, 6))
        )
        cuts = sorted(chance.sample(range(len(text)), min(5, len(text))))
        pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        cut = chance.choice((None, None, chance.randint(1, len(pieces))))
        failures = [Reply(status=chance.choice((429, 500)))] * chance.randint(0, 1)
        yield Stream("混合", (*failures, Reply(tuple(pieces), cut_after=cut)))
