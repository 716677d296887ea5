"""Reads each made file as ingest would, and measures what came of it.

May import ingest, the evaluation and the rest of the package.
"""

from dataclasses import dataclass
from time import perf_counter

from eval.fidelity import Fidelity, Share, measure
from ingest.parsing import parse
from rag.datatypes import Document
from rag.errors import UnreadableFile
from ui.bench.formats.again import reread
from ui.bench.formats.workshop import Made

_UNREAD = Document(id="", title="", source="", media_type="", text="")


@dataclass(frozen=True, slots=True)
class Measured:
    """How one file was read, in how many seconds; `refused` says why it was not.

    `places` counts the places in the file that hold, read again by another library, what is cited.
    """

    made: Made
    fidelity: Fidelity
    places: Share
    seconds: float
    refused: str = ""


def read(made: Made) -> Measured:
    """Parse a file and compare it with what was written; an unread file has lost every character."""
    raw = made.path.read_bytes()
    start = perf_counter()
    try:
        parsed = parse(raw, made.path.name)
    except UnreadableFile as error:
        seconds = perf_counter() - start
        return Measured(made, measure(made.draft.known, _UNREAD, ()), Share(0, 0), seconds, str(error))
    seconds = perf_counter() - start
    fidelity = measure(made.draft.known, parsed.document, parsed.paragraphs)
    return Measured(made, fidelity, reread(parsed, made.draft.suffix), seconds)
