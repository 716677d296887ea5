"""Small parsed documents to store: one paragraph a line, one chunk a sentence."""

import hashlib
from collections.abc import Sequence

from rag.datatypes import Attributes, Chunk, Document, Metadata, Paragraph, ParsedDocument
from rag.language.chinese import sentences

WATER = [
    "市水务局负责修建防洪堤坝。堤坝全长三十公里。",
    "全年新增城市绿地五百亩。",
    "城乡供水一体化覆盖全部乡镇。",
]
SCHOOL = ["区教育局新建小学六所。新增学位五千个。", "中小学课后服务全面铺开。"]


def parsed(
    lines: Sequence[str],
    *,
    source: str = "报告.txt",
    title: str = "报告",
    document_id: str | None = None,
    section: tuple[str, ...] = (),
    attributes: Sequence[Attributes] = (),
) -> ParsedDocument:
    text = "\n".join(lines)
    raw = text.encode()
    key = document_id or hashlib.sha256(raw).hexdigest()
    paragraphs, chunks, start = [], [], 0
    for number, line in enumerate(lines, start=1):
        known = attributes[number - 1] if attributes else Attributes()
        paragraphs.append(Paragraph(key, number, line, start, start + len(line), None, section, known))
        for position, (first, last) in enumerate(sentences(line)):
            shown = line[first:last]
            chunks.append(Chunk(f"{key}-{number}-{position}", key, number, number, shown, shown))
        start += len(line) + 1
    document = Document(key, title, source, "text/plain", text, Metadata(year=2024, issuer="区政府"))
    return ParsedDocument(document, tuple(paragraphs), tuple(chunks), raw)
