"""Where a cited place can be seen: addresses within this service.

May import the records of `rag`.
"""

from urllib.parse import quote

from rag.answers import Citation


def original_url(citation: Citation) -> str:
    """The page that shows the original with the cited characters marked."""
    place = f"?start={citation.start}&end={citation.end}#p{citation.paragraph}"
    return f"{document_url(citation.document_id)}{place}"


def document_url(document_id: str) -> str:
    """The page that shows an original."""
    return f"/documents/{quote(document_id, safe='')}"


def page_picture_url(document_id: str, page: int, width: int) -> str:
    """The picture of one page of an original, so many pixels wide."""
    return f"{document_url(document_id)}/pages/{page}.png?width={width}"
