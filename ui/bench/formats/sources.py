"""Public laws, work reports and the seed documents as specimens, by rules that can be checked by eye.

May import the evaluation. Their structure is read from their own marks here, not by the parser measured.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.squad import load_documents
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze
from ui.bench.formats.specimens import Heading, Part, Specimen, Text

LAWS = "corpus/laws.jsonl.gz"
REPORTS = "corpus/gov_work_reports_provinces_2025.jsonl.gz"
_COUNT = "[一二三四五六七八九十百零]+"
_PARTS = re.compile(rf"#{{2,4}} (第{_COUNT}(?:编|分编|章|节))\s+(\S.*)")
_ARTICLE = re.compile(rf"(第{_COUNT}条(?:之{_COUNT})?)\s+\S")
# Lines that a law of plain structure does not have: tables, lists, links, annexes, tables of contents.
_ODD = re.compile(rf"[|<>*\-!\[+#]|附|目\s*录|第{_COUNT}[编章节]\s|.*https?:")
_ENDED = re.compile(r".*[。；：！？”）]")
_REPORT_HEADING = re.compile(rf"(?P<first>{_COUNT}、)[^。：；]{{2,36}}|（{_COUNT}）[^。：；]{{2,40}}")
_UNIT = re.compile(r"区[^，。；、\s]{2,8}")
_TASK = re.compile(r"\d{1,3}\.")
_LEADER = re.compile(rf"(?:{_COUNT}、)?[^，。；：]{{2,12}}牵头工作")
_PRIVATE = re.compile("[\x00-\x08\x0b-\x1f\ue000-\uf8ff\ufffd\u2e80-\u2fdf\u200b]")


@dataclass(frozen=True, slots=True)
class Sources:
    """All specimens to choose from; each list is in the order of its file."""

    laws: list[Specimen] = field(repr=False)
    reports: list[Specimen] = field(repr=False)
    briefs: Specimen
    plans: Specimen
    tasks: list[tuple[str, str, str]] = field(repr=False)


def load_sources(data: Path, seeds: Path, *, shift: int = 0) -> Sources:
    """Read the public data and the seeds; `shift` turns the lists, so that other documents are chosen.

    Raises UnreadableFile naming what is missing.
    """
    laws = [_law(title[:-4], text) for title, text in load_documents(data / LAWS)]
    reports = [_report(title[:-4], text) for title, text in load_documents(data / REPORTS)]
    return Sources(
        laws=_turned([law for law in laws if law is not None], 37 * shift),
        reports=_turned([report for report in reports if report is not None], shift),
        briefs=_briefs(_seed(seeds, "*精神（四）.txt")),
        plans=_plans(_seed(seeds, "*精神.md")),
        tasks=list(read_tasks(_seed(seeds, "*责任分解.txt"))),
    )


def _turned(specimens: list[Specimen], by: int) -> list[Specimen]:
    by %= max(1, len(specimens))
    return specimens[by:] + specimens[:by]


def choose(specimens: Sequence[Specimen], *, longest: int, count: int, skip: int = 0) -> list[Specimen]:
    """Specimens of about `longest` characters (from three quarters of it), evenly spread over the list."""
    fit = [each for each in specimens if 0.75 * longest <= _length(each) <= longest]
    step = max(1, len(fit) // (count + skip))
    return fit[skip * step :: step][:count]


def _length(specimen: Specimen) -> int:
    return sum(len(part.text) for part in specimen.parts if not hasattr(part, "rows"))


def _lines(text: str) -> list[str]:
    """Lines with ink; every run of blanks is one."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _law(title: str, text: str) -> Specimen | None:
    """A law whose lines are all its title, 编, 章, 节, 条 or their paragraphs; `None` for another."""
    lines = _lines(text)
    if _PRIVATE.search(text) or not lines or not lines[0].startswith("# "):
        return None
    parts: list[Part] = []
    for line in lines[1:]:
        if heading := _PARTS.fullmatch(line):
            parts.append(Heading(" ".join(heading.groups()), line.index(" ") - 1))
        elif _ODD.match(line):
            return None
        elif article := _ARTICLE.match(line):
            parts.append(Text(line, label=article.group(1)))
        elif _ENDED.fullmatch(line) or not parts or isinstance(parts[-1], Text) and not parts[-1].label:
            parts.append(Text(line))
        else:
            return None
    if not isinstance(parts[-1], Text) or sum(isinstance(part, Heading) for part in parts) < 3:
        return None
    return Specimen(title, lines[0][2:], tuple(parts))


def _report(title: str, text: str) -> Specimen | None:
    """A work report from its address on; `None` where a line is neither numbered heading nor sentence."""
    lines = _lines(text)
    first = next((place for place, line in enumerate(lines) if line.startswith("各位代表")), None)
    if first is None or _PRIVATE.search(text):
        return None
    parts: list[Part] = []
    for line in lines[first:]:
        if heading := _REPORT_HEADING.fullmatch(line):
            parts.append(Heading(line, 1 if heading["first"] else 2))
        elif _ENDED.fullmatch(line):
            parts.append(Text(line))
        else:
            return None
    return Specimen(title, title, tuple(parts))


def _seed(seeds: Path, pattern: str) -> list[str]:
    path = next(seeds.glob(pattern), None)
    if path is None:
        raise UnreadableFile(
            f"{seeds.as_posix()!r} 里没有种子文件 {pattern}。请用 --seeds 指明它们所在的文件夹。"
        )
    return _lines(path.read_text(encoding="utf-8"))


def _briefs(lines: Sequence[str]) -> Specimen:
    """One paragraph for each unit, named on the line below it; here the name heads what it signs."""
    parts: list[Part] = []
    text = ""
    for line in lines[3:]:
        if _UNIT.fullmatch(line):
            parts += [Heading(line), Text(text)]
            text = ""
        else:
            text += squeeze(line)
    return Specimen("学习贯彻", squeeze("".join(lines[1:3])), tuple(parts))


def _plans(lines: Sequence[str]) -> Specimen:
    """Units and their headlines by the hashes of Markdown, the arrow left out."""
    parts: list[Part] = []
    for line in lines[3:]:
        if line.startswith("### "):
            parts.append(Heading(line[4:].lstrip("▶ "), 1))
        elif line.startswith("#### "):
            parts.append(Heading(line[5:], 2))
        else:
            parts.append(Text(line))
    return Specimen("各部门贯彻", lines[1][2:], tuple(parts))


def read_tasks(lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(leader, task without its number, lead unit) for each numbered task of the work plan."""
    leader = task = ""
    for line in lines:
        if _LEADER.fullmatch(line):
            leader = line.split("、")[-1].removesuffix("牵头工作")
        elif _TASK.match(line):
            task = squeeze(line[line.index(".") + 1 :])
        elif line.startswith("牵头单位：") and task:
            yield leader, task, squeeze(line[5:])
            task = ""
        elif task:
            task += squeeze(line)
