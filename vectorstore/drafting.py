"""From parsed documents to readings: their texts embedded, each once and only if it never was.

Imports the records and ports of `rag`, and its neighbours in this room.
"""

from collections.abc import Sequence

from rag.datatypes import ParsedDocument
from rag.ports import Embedder
from vectorstore.catalogue import Catalogue
from vectorstore.points import Reading, digest


def embed(
    parsed: Sequence[ParsedDocument], editions: Sequence[int], catalogue: Catalogue, embedder: Embedder
) -> list[Reading]:
    """Embed what is new in documents, keep its vectors, and say which vector each chunk has."""
    texts = [[digest(chunk.text) for chunk in each.chunks] for each in parsed]
    found = {
        key: chunk.text
        for each, keys in zip(parsed, texts, strict=True)
        for chunk, key in zip(each.chunks, keys, strict=True)
    }
    numbers = catalogue.vectors.known(found)
    fresh = [key for key in found if key not in numbers]
    if fresh:
        rows = embedder.embed_documents([found[key] for key in fresh])
        numbers |= zip(fresh, catalogue.keep(fresh, rows), strict=True)
    return [
        Reading(edition, each, tuple(numbers[key] for key in keys))
        for edition, each, keys in zip(editions, parsed, texts, strict=True)
    ]
