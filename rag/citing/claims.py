"""What an answer says, sentence by sentence, and whether the text each one cites holds it.

May import the core. Runs on the finished text, whoever wrote it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rag.answers import Claim
from rag.citing.citation import CitedText, stretches
from rag.citing.support import check
from rag.datatypes import Hit
from rag.markers import strip, used
from rag.reading.evidence import in_context

_INK = re.compile(r"\w")
_CELL_EDGES = "| \t\n"
# The line under the header of a table.
_RULER = re.compile(r"[|:\-\s]*-[|:\-\s]*")


def claims(cited: CitedText, hits: Sequence[Hit], *, known: Sequence[str] = ()) -> tuple[Claim, ...]:
    """Check each statement of an answer against its quotes, each quote in the context of its paragraph.

    A statement without a marker, such as the line that leads in a list, is held against all that the
    answer cites; `known` is what may be said beside, such as the count of a list.
    """
    found = {(hit.paragraph.document_id, hit.paragraph.number): hit for hit in hits}
    told = {
        citation.number: "\n".join(
            in_context(found[citation.document_id, citation.paragraph], citation.quote)
        )
        for citation in cited.citations
    }
    return tuple(_claim(statement, told, known) for statement in statements(cited.text))


def statements(text: str) -> list[str]:
    """The sentences of a cited text, markers included; one without joins the next of its line that has some.

    Headers of tables and lines without a word state nothing.
    """
    found = [stretch for line in _lines(text) for stretch in stretches(line)]
    return [stretch.strip() for stretch in found if _INK.search(strip(stretch))]


def _lines(text: str) -> Iterator[str]:
    """The lines but those that name the columns of a table."""
    for line, following in pairwise((*text.split("\n"), "")):
        if not (following.strip() and _RULER.fullmatch(following)):
            yield line


def _claim(statement: str, told: Mapping[int, str], known: Sequence[str]) -> Claim:
    numbers = used(statement) or tuple(told)
    support = check(statement, [*(told[number] for number in numbers), *known])
    supported = support.supported and bool(numbers)
    return Claim(strip(statement).strip(_CELL_EDGES), numbers, supported, support.missing)
