"""Zips made to do harm: bombs flat, nested and overlapped, lies about sizes, names that climb out.

May import the specimens.
"""

import struct
import zipfile
import zlib
from io import BytesIO

from ui.bench.hostile.specimen import SECRET, Specimen, of_bytes

_MEGABYTE = 2**20
_CENTRAL = b"PK\x01\x02"


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An honest zip."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return raw.getvalue()


def zeros(size: int) -> bytes:
    """A deflate stream of so many zeros (a multiple of 1 MB), made without compressing them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(_MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size // _MEGABYTE) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def forged(name: str, packed: bytes, *, size: int, copies: int = 1) -> bytes:
    """A zip of one packed member that declares a size; `copies` of its entry name the same bytes."""
    title = name.encode()
    fields = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0x21, 0, len(packed), size)
    local = b"PK\x03\x04" + fields + struct.pack("<HH", len(title), 0) + title + packed
    central = b""
    for copy in range(copies):
        entry = f"{copy}-{name}".encode() if copies > 1 else title
        more = struct.pack("<HHHHHII", len(entry), 0, 0, 0, 0, 0, 0)
        central += _CENTRAL + struct.pack("<H", 20) + fields + more + entry
    counts = min(copies, 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, counts, counts, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def _overlapped() -> bytes:
    """Thousands of entries for one member of 9 MB: kilobytes that hold 50 GB."""
    packed = zeros(9 * _MEGABYTE)
    return forged("a.txt", packed, size=9 * _MEGABYTE, copies=6000)


def _forty_two() -> bytes:
    """Sixteen archives in each of sixteen archives, five levels deep, of 4 GB each at the bottom."""
    raw = forged("0.txt", zeros(4000 * _MEGABYTE), size=4000 * _MEGABYTE)
    for _ in range(5):
        raw = zipped(*((f"{copy:x}.zip", raw) for copy in range(16)))
    return raw


def _deep() -> bytes:
    raw = "底。".encode()
    for level in range(100):
        raw = zipped((f"{level}.zip" if level else "底.txt", raw))
    return raw


def _climbing() -> bytes:
    names = (
        "../../escaped.txt",
        "/tmp/escaped.txt",
        "..\\..\\escaped.txt",
        "C:\\escaped.txt",
        "a/../../b.txt",
    )
    return zipped(*((name, f"爬出去的第{place}份。".encode()) for place, name in enumerate(names)))


def _encrypted() -> bytes:
    raw = bytearray(zipped(("密.txt", b"x" * 40)))
    raw[6] |= 1
    raw[raw.index(_CENTRAL) + 8] |= 1
    return bytes(raw)


def _linked() -> bytes:
    """A member that Unix would unpack as a link to a file outside."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "../../../secret.txt")
    return raw.getvalue()


def _many() -> bytes:
    return zipped(*((f"{number}.txt", b"") for number in range(60_000)))


def _gbk() -> bytes:
    """What Windows in China packs: a name in GBK."""
    name = "湖里区通知.txt".encode("gb18030")
    return zipped(("x" * len(name), "编码正常。".encode())).replace(b"x" * len(name), name)


ARCHIVES = (
    Specimen(
        "十亿零.zip",
        "10 GB 的零，一个成员",
        of_bytes(lambda: forged("a.txt", zeros(10_000 * _MEGABYTE), size=0xFFFFFFFE)),
        "refused",
    ),
    Specimen(
        "说谎.zip",
        "10 GB 的零，自称 1 KB",
        of_bytes(lambda: forged("a.txt", zeros(10_000 * _MEGABYTE), size=1024)),
        "refused",
    ),
    Specimen("重叠.zip", "6,000 个成员共用一段，共 54 GB", of_bytes(_overlapped), "refused", slow=True),
    Specimen("四十二.zip", "16 个套 16 个，五层，每个 4 GB", of_bytes(_forty_two), "refused", slow=True),
    Specimen("深套.zip", "一层套一层，共 100 层", of_bytes(_deep), "refused"),
    Specimen("爬出.zip", "成员名为 ../、绝对路径、盘符", of_bytes(_climbing), "read"),
    Specimen(
        "两吉.zip",
        "自称 2 GB，实有 4 字节",
        of_bytes(lambda: forged("a.txt", zlib.compress(b"four")[2:-4], size=2**31)),
        "refused",
    ),
    Specimen("加密.zip", "有密码", of_bytes(_encrypted), "refused"),
    Specimen("链接.zip", "成员是指向外面的链接", of_bytes(_linked), "read"),
    Specimen("六万.zip", "60,000 个空成员", of_bytes(_many), "refused", slow=True),
    Specimen("国标.zip", "文件名是 GBK", of_bytes(_gbk), "read"),
    Specimen(
        "截断.zip",
        "只有前一半",
        of_bytes(lambda: zipped(("a.txt", SECRET.encode() * 999), ("b.txt", b"x"))[:150]),
        "refused",
    ),
    Specimen("空.zip", "什么也没有", of_bytes(b"PK\x05\x06" + bytes(18)), "refused"),
)
