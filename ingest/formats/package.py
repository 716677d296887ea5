"""Office files as the zip of XML parts that they are (docx, xlsx, pptx), opened with suspicion.

May import the core.
"""

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from rag.errors import UnreadableFile

# No office program writes more; each is checked before anything is unpacked.
MAX_PARTS = 20_000
MAX_BYTES = 512 * 2**20
MAX_XML_BYTES = 64 * 2**20
# A tree takes some hundred bytes for each tag, attribute and text, which these signs bound.
MAX_MARKS = 3_000_000
# All parts that are read together take no longer than these signs allow.
MAX_MARKS_TOGETHER = 8_000_000
# Of parts beyond this size, repetitive tables shrink to a hundredth at most, bombs to a thousandth.
MAX_RATIO, _RATIO_FROM = 400, 8 * 2**20
_OLE = b"\xd0\xcf\x11\xe0"
_ENTRY = b"PK\x01\x02"
_XML = (".xml", ".rels")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WHOLE = re.compile(r"-?[0-9]{1,11}")
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
# Files saved as "strict" name the same vocabulary otherwise.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


@dataclass(frozen=True, slots=True)
class Relation:
    """A pointer from one part to another: the last word of its type ("footnotes"), and its target."""

    kind: str
    target: str


class Package:
    """The parts of an office file, by name; names are as in the zip, whatever their case.

    No entity is resolved and nothing is fetched; macros are parts like any other and never run.
    """

    def __init__(self, raw: bytes, source: str) -> None:
        """Open and check. Raises UnreadableFile for what is no office file, locked, damaged or a bomb."""
        self._source = source
        self._marks = 0
        self._relations: dict[str, dict[str, Relation]] = {}
        if raw.startswith(_OLE):
            raise UnreadableFile(
                f"{source!r} 有密码保护或是旧版格式（.doc/.xls/.ppt），"
                "请去掉密码，另存为 .docx、.xlsx 或 .pptx 再收入。"
            )
        if raw.count(_ENTRY) > MAX_PARTS:
            raise self._hostile(f"超过 {MAX_PARTS} 个部件")
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise self._damaged("不是完好的 Office 文件") from error
        self._parts = {part.filename.lower(): part for part in self._zip.infolist()}
        self._check()

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part; `None` if there is no such part. Raises UnreadableFile."""
        raw = self.read(name)
        if raw is None:
            return None
        marks = raw.count(b"<") + raw.count(b"=")
        self._marks += marks
        if marks > MAX_MARKS or self._marks > MAX_MARKS_TOGETHER:
            raise self._hostile(
                f"到部件 {name!r} 为止，标记超过 {MAX_MARKS} 个（合计 {MAX_MARKS_TOGETHER} 个）"
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(_STRICT.sub(_TRANSITIONAL, raw), parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(f"的部件 {name!r} 不是完好的 XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._hostile(f"部件 {name!r} 带有 DOCTYPE")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """The parts that a part ("" for the file itself) points to, by relation id."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        relations = {}
        for each in () if root is None else root.iter("{*}Relationship"):
            if each.get("TargetMode") != "External":
                kind = each.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
                relations[each.get("Id", "")] = Relation(kind, target)
        return relations

    def related(self, name: str, kind: str) -> str | None:
        """The first part of a kind that a part ("" for the file itself) points to."""
        return next((each.target for each in self.relations(name).values() if each.kind == kind), None)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; `None` if there is no such part. Raises UnreadableFile."""
        part = self._parts.get(name.lower())
        if part is None:
            return None
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise self._damaged(f"的部件 {name!r} 已损坏") from error

    def refuse_doctypes(self) -> None:
        """For libraries that parse the XML themselves. Raises UnreadableFile if a part has a DOCTYPE."""
        for name in self._parts:
            if name.endswith(_XML) and _DOCTYPE.search(self.read(name) or b""):
                raise self._hostile(f"部件 {name!r} 带有 DOCTYPE")

    def _check(self) -> None:
        parts = self._zip.infolist()
        if sum(part.file_size for part in parts) > MAX_BYTES:
            raise self._hostile(f"展开后超过 {MAX_BYTES} 字节")
        if len(self._parts) < len(parts):
            raise self._hostile("有重名的部件")
        for part in parts:
            self._check_part(part)

    def _check_part(self, part: zipfile.ZipInfo) -> None:
        name = part.filename
        if part.flag_bits & 1:
            raise UnreadableFile(f"{self._source!r} 有密码保护。请去掉密码后再收入。")
        if name.startswith("/") or ".." in name.replace("\\", "/").split("/"):
            raise self._hostile(f"部件名 {name!r} 指向文件之外")
        if part.compress_type not in _PACKED:
            raise self._hostile(f"部件 {name!r} 的压缩方式不是 Office 所用")
        if name.lower().endswith(_XML) and part.file_size > MAX_XML_BYTES:
            raise self._hostile(f"部件 {name!r} 展开后超过 {MAX_XML_BYTES} 字节")
        if part.file_size > max(_RATIO_FROM, MAX_RATIO * part.compress_size):
            raise self._hostile(f"部件 {name!r} 的压缩比超过 {MAX_RATIO}")

    def _damaged(self, what: str) -> UnreadableFile:
        return UnreadableFile(f"{self._source!r} {what}。请用 Office 或 WPS 打开，另存为新文件再收入。")

    def _hostile(self, why: str) -> UnreadableFile:
        return UnreadableFile(
            f"{self._source!r} 不像办公软件所存的文件：{why}。请用 Office 或 WPS 另存为新文件再收入。"
        )


def read_whole(written: str | None) -> int | None:
    """The whole number that an attribute holds; `None` if it is missing or none that fits its use."""
    return int(written) if written is not None and _WHOLE.fullmatch(written) else None


def check(raw: bytes, source: str) -> None:
    """Make sure that a library may open an office file. Raises UnreadableFile."""
    Package(raw, source).refuse_doctypes()
