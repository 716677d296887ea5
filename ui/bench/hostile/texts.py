"""Texts made to do harm: endless lines, patterns that trip up patterns, charsets in a mess, nothing.

May import the specimens.
"""

from ui.bench.hostile.specimen import Specimen, of_bytes

_TEN_MILLION, _MILLION, _SOME = 10_000_000, 1_000_000, 200_000
_MIXED = "前一半是国标编码。\n".encode("gb18030") * 50 + "后一半是另一种编码。\n".encode() * 50


def _repeated(unit: str, characters: int) -> bytes:
    return (unit * (characters // len(unit))).encode()


TEXTS = (
    Specimen("长行.txt", "一行一千万字", of_bytes(lambda: _repeated("无", _TEN_MILLION)), slow=True),
    Specimen(
        "长句.txt",
        "一行一百万字，有句号",
        of_bytes(lambda: _repeated("认真做好本职工作。", _MILLION)),
        slow=True,
    ),
    Specimen("长行.md", "一行一百万个井号", of_bytes(lambda: _repeated("#", _MILLION)), slow=True),
    Specimen(
        "空格.txt", "一千万个空格夹一个字", of_bytes(lambda: b" " * _TEN_MILLION + "字".encode()), slow=True
    ),
    Specimen(
        "换行.txt", "一千万个空行夹一个字", of_bytes(lambda: b"\n" * _TEN_MILLION + "字".encode()), slow=True
    ),
    Specimen("短行.txt", "一百万行，每行一个字", of_bytes(lambda: _repeated("字\n", 2_000_000)), slow=True),
    Specimen("括号.txt", "二十万个左括号", of_bytes(lambda: _repeated("（", _SOME))),
    Specimen("编号.txt", "十万个 1.", of_bytes(lambda: _repeated("1.", _SOME))),
    Specimen("数字.txt", "二十万个数字", of_bytes(lambda: _repeated("1", _SOME))),
    Specimen("汉数.txt", "近七万个“第一百”", of_bytes(lambda: _repeated("第一百", _SOME))),
    Specimen("署名.txt", "两万行署名", of_bytes(lambda: _repeated("区教育局局长 黄仁\n", _SOME))),
    Specimen(
        "任务.txt", "一万个任务", of_bytes(lambda: _repeated("1.做好工作。\n牵头单位：区教育局\n", _SOME))
    ),
    Specimen("表格.md", "一行二十万个竖线", of_bytes(lambda: _repeated("|", _SOME))),
    Specimen("引号.csv", "引号永不结束", of_bytes(b'"' + "值，".encode() * _SOME)),
    Specimen("百万列.csv", "一行一百万列", of_bytes(lambda: _repeated("值,", 2_000_000))),
    Specimen("混编.txt", "前半 GBK，后半 UTF-8", of_bytes(_MIXED)),
    Specimen("无记号.txt", "UTF-16，没有记号", of_bytes("没有记号的文本。\n".encode("utf-16-le") * 50)),
    Specimen("代理.txt", "半个代理对", of_bytes("半个\ud800代理。".encode("utf-8", "surrogatepass"))),
    Specimen(
        "控制符.txt",
        "满是转义与反向书写符",
        of_bytes("\x1b[2J\x1b]0;标题\x07正文\u202e倒着。\n".encode() * 100),
    ),
    Specimen("噪声.txt", "什么字节都有", of_bytes(bytes(range(256)) * 4000), "refused"),
    Specimen("冒充.txt", "其实是程序", of_bytes(b"\x7fELF" + bytes(5000)), "refused"),
    *(
        Specimen(f"空{suffix}", "0 字节", of_bytes(b""), "refused")
        for suffix in (".txt", ".md", ".csv", ".html", ".pdf", ".docx", ".xlsx", ".pptx")
    ),
)
