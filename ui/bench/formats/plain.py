"""A specimen as plain text and as Markdown.

May import the evaluation.
"""

from collections.abc import Iterator

from ui.bench.formats.specimens import Heading, Specimen, Table, row_texts


def write(specimen: Specimen, *, width: int = 0, encoding: str = "utf-8") -> bytes:
    """A line for each paragraph, indented; or lines of `width` characters with blank lines between."""
    lines = [specimen.title]
    for part in specimen.parts:
        if isinstance(part, Table):
            lines += row_texts(part)
        else:
            lines.append(part.text if isinstance(part, Heading) else f"　　{part.text}")
    if width:
        lines = [line for text in lines for line in (*_wrap(text, width), "")]
    return "\n".join(lines).encode(encoding)


def write_markdown(specimen: Specimen, *, encoding: str = "utf-8") -> bytes:
    """Hashes for headings, a blank line between paragraphs."""
    lines = [f"# {specimen.title}"]
    for part in specimen.parts:
        if isinstance(part, Table):
            lines += row_texts(part)
        else:
            lines.append(f"{'#' * (part.level + 1)} {part.text}" if isinstance(part, Heading) else part.text)
    return "\n\n".join(lines).encode(encoding)


def _wrap(text: str, width: int) -> Iterator[str]:
    """Lines of `width` characters; punctuation that may not begin one hangs on the line before."""
    while len(text) > width:
        end = width
        while end < len(text) and text[end] in "，。；：、！？”’）》":
            end += 1
        yield text[:end]
        text = text[end:]
    if text:
        yield text
