"""Where a cited place can be seen: addresses within this service.

May import the records of `rag`.
"""

from urllib.parse import quote

from rag.datatypes import Citation


def original_url(citation: Citation) -> str:
    """The page that shows the original with the cited characters marked."""
    document = quote(citation.document_id, safe="")
    return f"/documents/{document}?start={citation.start}&end={citation.end}#p{citation.paragraph}"
