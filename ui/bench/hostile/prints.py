"""PDFs and images made to do harm: locked, cut off, circular, of endless streams and giant pages.

May import the specimens.
"""

import struct
import zlib
from collections.abc import Sequence

from ui.bench.hostile.specimen import Specimen, of_bytes

_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
    b"/Resources << /Font << /F 5 0 R >> >> >>"
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def printed(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is its catalogue."""
    raw, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        raw
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
        % (count, table, count, trailer, len(raw))
    )


def stream(content: bytes, *, declared: int | None = None, filters: int = 0) -> bytes:
    """A stream, packed so many times over, that declares its length."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    names = b" ".join([b"/FlateDecode"] * filters)
    length = len(content) if declared is None else declared
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (length, names, content)


def page(content: bytes, **options: int) -> bytes:
    """A PDF of one page with this content."""
    return printed([_CATALOG, _PAGES, _PAGE, stream(content, **options), _FONT])


def words(text: str) -> bytes:
    """What writes a line of Latin letters on a page."""
    return b"BT /F 12 Tf 50 700 Td (%s) Tj ET" % text.encode()


def _encrypted() -> bytes:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00><00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    return printed([_CATALOG, _PAGES, _PAGE, stream(words("locked")), _FONT], lock)


def _circular() -> bytes:
    pages = b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 1000000 /Parent 2 0 R >>"
    return printed([_CATALOG, pages, _PAGE, stream(words("round")), _FONT])


def _giant() -> bytes:
    big = _PAGE.replace(b"600 800", b"1000000000 1000000000")
    return printed([_CATALOG, _PAGES, big, stream(words("giant")), _FONT])


def _many_pages() -> bytes:
    count = 20_000
    kids = b" ".join([b"3 0 R"] * count)
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return printed([_CATALOG, pages, _PAGE, stream(words("again")), _FONT])


def _image(width: int, height: int) -> bytes:
    """A picture that declares a size and has next to nothing in it."""
    raw = b"\x89PNG\r\n\x1a\n"
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 1000)),
        (b"IEND", b""),
    )
    for name, content in parts:
        raw += (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )
    return raw


PRINTS = (
    Specimen("加密.pdf", "有密码", of_bytes(_encrypted), "refused"),
    Specimen("截断.pdf", "只有前一半", of_bytes(lambda: page(words("half"))[:250]), "refused"),
    Specimen("乱码.pdf", "文件头之后全是噪声", of_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 400), "refused"),
    Specimen("空白.pdf", "一页，没有文字", of_bytes(lambda: page(b"")), "refused"),
    Specimen("两吉.pdf", "正文自称 2 GB", of_bytes(lambda: page(words("two gigabytes"), declared=2**31))),
    Specimen(
        "流炸弹.pdf", "压缩三次的 1 GB 空格", of_bytes(lambda: page(b" " * 2**30, filters=3)), slow=True
    ),
    Specimen("绕圈.pdf", "页面树是自己的孩子", of_bytes(_circular)),
    Specimen("巨页.pdf", "一页十亿点见方", of_bytes(_giant)),
    Specimen("两万页.pdf", "两万页都是同一页", of_bytes(_many_pages), slow=True),
    Specimen(
        "百万字.pdf",
        "一页写一百万行",
        of_bytes(lambda: page(words("x" * 20) * 1_000_000, filters=1)),
        slow=True,
    ),
    Specimen(
        "深嵌套.pdf",
        "十万层的数组",
        of_bytes(lambda: printed([_CATALOG, _PAGES + b"[" * 100_000, _PAGE, stream(words("deep")), _FONT])),
    ),
    Specimen("巨图.png", "自称 60,000 见方", of_bytes(lambda: _image(60_000, 60_000)), "refused"),
)
