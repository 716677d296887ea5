"""Known files for benchmarks that break things, and an audit that tells what became of them.

May import the composition root and ingest.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

from ingest.pipeline import parse
from rag.datatypes import Inquiry, ParsedDocument
from ui.compose import Application

# Documents asked for by question in one audit; all of them are compared with the catalogue.
ASKED = 4
_SUBJECTS = ("供水管网", "校园食堂", "老旧小区", "森林防火", "农贸市场", "社区医院", "公共停车场", "河道清淤")
_WORKS = ("改造", "巡查", "验收", "采购", "维护", "培训")
_UNITS = ("区住建局", "区教育局", "区水务局", "区卫健局", "区商务局", "区城管局")


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of one file: its text is made from its name and version alone."""

    name: str
    version: int

    @property
    def mark(self) -> str:
        """A sentence that no other edition has."""
        return f"档案{self.name}的第{self.version}次修订由专人登记。"

    @property
    def text(self) -> str:
        """A notice of some forty paragraphs."""
        chance = Random(f"{self.name} {self.version}")  # noqa: S311
        lines = [f"关于做好{chance.choice(_SUBJECTS)}工作的通知（{self.name}）", "", self.mark]
        for number in range(1, 40):
            subject, work, unit = chance.choice(_SUBJECTS), chance.choice(_WORKS), chance.choice(_UNITS)
            share, month = chance.randint(10, 99), chance.randint(1, 12)
            lines.append(
                f"{number}．{unit}负责{subject}{work}，{month}月底前完成{share}处，并于次月上报结果。"
            )
        return "\n".join(lines)

    def write(self, folder: Path) -> Path:
        """Put the file into a folder under its name."""
        path = folder / f"{self.name}.txt"
        path.write_text(self.text, encoding="utf-8")
        return path

    def parsed(self, folder: Path) -> ParsedDocument:
        """What a library should hold of it."""
        return parse(self.text.encode(), (folder / f"{self.name}.txt").resolve().as_posix())


# For each file the editions of it that may be there; None stands for "not there".
Allowed = Mapping[str, tuple[Edition | None, ...]]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an open library holds: the version of each file, and all that is wrong."""

    versions: dict[str, int]
    problems: tuple[str, ...]


class Faults(logging.Handler):
    """Counts the faults that the opening of a library reports in its log."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        super().__init__(logging.WARNING)
        self.count = 0

    @classmethod
    def heard(cls) -> Self:
        """Listen from now on."""
        faults = cls()
        logging.getLogger("vectorstore").addHandler(faults)
        return faults

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - as logging calls it
        """Count it; the log shows it all the same."""
        self.count += 1


def audit(application: Application, folder: Path, allowed: Allowed, chance: Random) -> Audit:
    """Compare an open library with what may be in it: whole documents, once each, found by question."""
    held, problems = {}, list(application.library.check().problems)
    catalogue = application.library.catalogue
    sources = [source for each in catalogue.documents() for source in catalogue.sources(each.id)]
    problems += [f"文件重复：{source}" for source in sorted(sources) if sources.count(source) > 1]
    known = {(folder / f"{name}.txt").resolve().as_posix() for name in allowed}
    problems += [f"多出文件：{source}" for source in sources if source not in known]
    for name, choices in allowed.items():
        edition = next((each for each in choices if each and _holds(application, each, folder)), None)
        if edition is not None:
            held[name] = edition
        elif None not in choices or (folder / f"{name}.txt").resolve().as_posix() in sources:
            problems.append(f"文件丢失或不完整：{name}")
    problems += _unanswered(application, held, chance)
    return Audit({name: edition.version for name, edition in held.items()}, tuple(problems))


def _holds(application: Application, edition: Edition, folder: Path) -> bool:
    """Whether the edition is there under its name, with every paragraph and chunk."""
    wanted, catalogue = edition.parsed(folder), application.library.catalogue
    identity = wanted.document.id
    return (
        catalogue.holds(identity)
        and wanted.document.source in catalogue.sources(identity)
        and tuple(catalogue.paragraphs(identity)) == wanted.paragraphs
        and tuple(catalogue.chunks(identity)) == wanted.chunks
    )


def _unanswered(application: Application, held: Mapping[str, Edition], chance: Random) -> Iterator[str]:
    """Editions that a question in their own words does not find first."""
    for name in chance.sample(sorted(held), min(ASKED, len(held))):
        hits = application.assistant.search(Inquiry(held[name].mark))
        if not hits or held[name].mark not in hits[0].paragraph.text:
            yield f"检索不到：{name} 第 {held[name].version} 版"
