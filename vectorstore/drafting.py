"""From parsed documents to readings: their texts embedded, each once and only if it never was.

Imports the records and ports of `rag`, and its neighbours in this room.
"""

from collections.abc import Sequence

from rag.datatypes import ParsedDocument
from rag.ports import Embedder
from vectorstore.catalogue import Catalogue
from vectorstore.points import Reading, digest


def announce(parsed: Sequence[ParsedDocument], catalogue: Catalogue, embedder: Embedder) -> list[Reading]:
    """Embed what is new in documents, keep the vectors, and announce that they are about to be indexed."""
    texts = {digest(chunk.text): chunk.text for each in parsed for chunk in each.chunks}
    known = catalogue.vectors.known(texts)
    fresh = [key for key in texts if key not in known]
    rows = embedder.embed_documents([texts[key] for key in fresh])
    return catalogue.announce(parsed, fresh, rows)
