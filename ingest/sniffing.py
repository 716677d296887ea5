"""What a file is by its own bytes, whatever its name says; what cannot be read is refused by name.

May import the core.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from struct import unpack_from

from rag.errors import UnreadableFile

_HEAD = 1024
# A zip's last record with the longest comment; names read of its directory.
_TRAILER = 65_557
_MEMBERS = 20_000
# Content that is unmistakable by its first bytes, and the suffix it is read by.
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
# Content that is unmistakable and that nothing here reads: its name, and the way out.
_REFUSED = (
    (b"{\\rtf", "RTF 文档", "请另存为 .docx 再收入"),
    (b"\x1f\x8b", "gzip 压缩文件", "请解压，或改用 .zip 再收入"),
    (b"\xfd7zXZ\0", "xz 压缩文件", "请解压，或改用 .zip 再收入"),
    (b"Rar!\x1a\x07", "RAR 压缩文件", "请解压，或改用 .zip 再收入"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件", "请解压，或改用 .zip 再收入"),
    (b"GIF8", "GIF 图片", "请另存为 .png 再收入"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE2 file, as its folder spells them, and what they make of it.
_OLE_KINDS = (
    ("EncryptedPackage", "加密的 Office 文件", "请去掉打开密码再收入"),
    ("WordDocument", "旧版 Word 文档（.doc）", "请另存为 .docx 再收入"),
    ("Workbook", "旧版 Excel 表格（.xls）", "请另存为 .xlsx 再收入"),
    ("Book", "旧版 Excel 表格（.xls）", "请另存为 .xlsx 再收入"),
    ("PowerPoint Document", "旧版 PowerPoint 幻灯片（.ppt）", "请另存为 .pptx 再收入"),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
# The folder of a package that holds its main part, and the suffix it is read by.
_PACKAGES = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))
_CONTENT_TYPES = b"[Content_Types].xml"
# Nothing is tried twice, or comments in their hundreds would take for ever.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\x84\x31\x95\x33)*+"
    rb"(?:\s+|<\?xml[^>]*>|(?><!--.*?-->))*+<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
# A suffix, and not the end of a name with a point in it (附件1.总则, 报告.2024).
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,9}")
# What these suffixes promise is known by its first bytes, so their absence is an error.
_PROMISES = {
    ".pdf": "PDF 文件",
    ".docx": "Word 文档",
    ".docm": "Word 文档",
    ".xlsx": "Excel 表格",
    ".xlsm": "Excel 表格",
    ".pptx": "PowerPoint 幻灯片",
    ".pptm": "PowerPoint 幻灯片",
    ".zip": "zip 压缩文件",
    ".png": "PNG 图片",
    ".jpg": "JPEG 图片",
    ".jpeg": "JPEG 图片",
    ".tif": "TIFF 图片",
    ".tiff": "TIFF 图片",
    ".bmp": "BMP 图片",
}


def sniff(raw: bytes, source: str) -> str:
    """The suffix to read a file by: its content's where that is unmistakable, else its name's.

    A file without a suffix is read as text. Raises UnreadableFile for kinds that nothing here reads
    and for files that are not what their suffix promises.
    """
    _refuse(raw, source)
    known = _by_content(raw, source)
    if known is not None:
        return known
    suffix = PurePath(source).suffix.lower()
    if not _SUFFIX.fullmatch(suffix):
        return ".txt"
    if suffix in _PROMISES:
        raise UnreadableFile(
            f"{source!r} 的后缀是 {suffix}，内容却不是{_PROMISES[suffix]}（也许已损坏或没有下载完整）。"
            "请重新取得文件，或改正后缀再收入。"
        )
    return suffix


def _by_content(raw: bytes, source: str) -> str | None:
    if raw.startswith(_ZIP):
        return _package(raw, source)
    if _is_pdf(raw):
        return ".pdf"
    # A bitmap's letters alone could begin a text; the four bytes it reserves could not.
    if raw.startswith(b"BM") and raw[6:10] == b"\0\0\0\0":
        return ".bmp"
    if _PAGE.match(raw[:_HEAD].replace(b"\0", b"")):
        return ".html"
    return next((suffix for magic, suffix in _MAGIC if raw.startswith(magic)), None)


def _is_pdf(raw: bytes) -> bool:
    """The mark at the beginning, or within what readers allow to stand before it."""
    place = raw[:_HEAD].find(b"%PDF-")
    return place == 0 or (place > 0 and b"startxref" in raw[-2 * _HEAD :])


def _package(raw: bytes, source: str) -> str | None:
    """Which office format a zip holds, if any; `None` for what begins like a zip and is cut off."""
    if raw.startswith(_OPEN_DOCUMENT, 30):
        raise _refusal(source, "OpenDocument 文档", "请另存为 .docx、.xlsx 或 .pptx 再收入")
    end = raw.rfind(b"PK\x05\x06", max(0, len(raw) - _TRAILER))
    if end < 0 or end + 22 > len(raw):
        return None
    names = set(_names(raw, unpack_from("<I", raw, end + 16)[0]))
    if _CONTENT_TYPES not in names:
        return ".zip"
    if b"xl/workbook.bin" in names:
        raise _refusal(source, "Excel 二进制表格（.xlsb）", "请另存为 .xlsx 再收入")
    folders = {name.partition(b"/")[0] + b"/" for name in names}
    return next((suffix for folder, suffix in _PACKAGES if folder in folders), ".zip")


def _names(raw: bytes, offset: int) -> Iterator[bytes]:
    """Names in a zip's directory, which begins at `offset`; no more than an office file has."""
    for _ in range(_MEMBERS):
        if raw[offset : offset + 4] != b"PK\x01\x02" or offset + 46 > len(raw):
            return
        name, extra, comment = unpack_from("<HHH", raw, offset + 28)
        yield raw[offset + 46 : offset + 46 + name].replace(b"\\", b"/")
        offset += 46 + name + extra + comment


def _refuse(raw: bytes, source: str) -> None:
    for magic, name, way_out in _REFUSED:
        if raw.startswith(magic):
            raise _refusal(source, name, way_out)
    if raw.startswith(_OLE):
        for stream, name, way_out in _OLE_KINDS:
            if stream.encode("utf-16-le") in raw:
                raise _refusal(source, name, way_out)
        raise _refusal(source, "旧版 Office 文件", "请另存为 .docx、.xlsx 或 .pptx 再收入")


def _refusal(source: str, name: str, way_out: str) -> UnreadableFile:
    return UnreadableFile(f"{source!r} 是{name}，暂不支持。{way_out}。")
