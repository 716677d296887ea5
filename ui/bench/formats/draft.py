"""What a file to be made is: a specimen, the program that writes it, its format and layout.

May import the evaluation and the rest of the package.
"""

from dataclasses import dataclass

from eval.fidelity import Known
from ui.bench.formats import pages, writer
from ui.bench.formats.layouts import Layout
from ui.bench.formats.specimens import Specimen

WRITER, CHROMIUM, CALC, IMPRESS = "LibreOffice Writer", "Chromium", "LibreOffice Calc", "LibreOffice Impress"
# What LibreOffice is asked to save: the filters that its own default would not be.
_TARGETS = {"docx": "docx:MS Word 2007 XML", "txt": "txt:Text (encoded):UTF8"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be made: by `program`, out of the bytes `raw` of a file with suffix `source`.

    Where `target` is empty the bytes are the file; else it is what LibreOffice is asked to save, or
    how Chromium prints. `suffix` is the file's format, `layout` what the table calls its shape,
    `known` the paragraphs it holds.
    """

    specimen: Specimen
    suffix: str
    layout: str
    program: str
    raw: bytes
    source: str = ""
    target: str = ""
    known: tuple[Known, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without its suffix; no two drafts of one suffix share it."""
        return f"{self.specimen.name}_{self.layout}_{self.program}".replace(" ", "").replace("/", "")


def written(specimen: Specimen, layout: Layout, suffix: str = "pdf") -> Draft:
    """A document set by LibreOffice Writer and saved in a format."""
    raw = writer.write(specimen, layout).encode()
    return Draft(specimen, suffix, layout.name, WRITER, raw, "fodt", _TARGETS.get(suffix, suffix))


def printed(specimen: Specimen, layout: Layout) -> Draft:
    """A page printed by Chromium."""
    page = pages.print_page(specimen, layout)
    return Draft(specimen, "pdf", layout.name, CHROMIUM, page.encode(), "html", "plain")
