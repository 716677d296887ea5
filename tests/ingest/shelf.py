"""A DocumentWriter in memory: one document per source, and a record of how it was asked."""

from collections.abc import Sequence

from rag.datatypes import ParsedDocument
from rag.ports import PutOutcome


class Shelf:
    """Keeps what it is given; `batches` tells how many documents came together."""

    def __init__(self) -> None:
        self.by_source: dict[str, ParsedDocument] = {}
        self.batches: list[int] = []

    def put(self, parsed: ParsedDocument) -> PutOutcome:
        before = self.by_source.get(parsed.document.source)
        self.by_source[parsed.document.source] = parsed
        if before is None:
            return "added"
        return "unchanged" if before.document.id == parsed.document.id else "replaced"

    def put_all(self, parsed: Sequence[ParsedDocument]) -> list[PutOutcome]:
        self.batches.append(len(parsed))
        return [self.put(each) for each in parsed]

    def is_current(self, source: str, document_id: str, parser: str) -> bool:
        held = self.by_source.get(source)
        return held is not None and (held.document.id, held.parser) == (document_id, parser)

    def sources_under(self, prefix: str) -> list[str]:
        return sorted(source for source in self.by_source if source.startswith(prefix))

    def remove_sources(self, sources: Sequence[str]) -> None:
        for source in sources:
            del self.by_source[source]
