"""Specimens changed to try one thing each: footnotes, long titles, lists that number themselves, articles.

May import the evaluation.
"""

from dataclasses import replace

from eval.fidelity import Known
from ui.bench.formats.sources import Sources
from ui.bench.formats.specimens import Heading, Part, Specimen, Text, known

# Characters after which the first article, and each other, ends with its paragraph, to fit the page.
_LEAD, _ARTICLE = 1000, 300
_NOTES = (
    "参见国务院法制机构编写的释义，与本条有关的解释以有权机关公布的为准。",
    "这一数字以当年统计公报为准，口径与上年度相同。",
    "原文此处有脱字，据公报文本补足。",
)


def annotated(specimen: Specimen, *, every: int = 7) -> Specimen:
    """With a footnote to every seventh paragraph; no two notes say the same."""
    parts: list[Part] = []
    for place, part in enumerate(specimen.parts):
        if isinstance(part, Text) and place % every == 3:
            part = replace(part, note=f"{_NOTES[place % 3]}见校勘记第{place}条。")
        parts.append(part)
    return replace(specimen, parts=tuple(parts))


def long_titled(specimen: Specimen) -> Specimen:
    """With the title of a decision, which takes several lines of print."""
    title = f"省人民代表大会常务委员会关于批准《{specimen.title}》并就贯彻实施有关事项作出说明的决定"
    return replace(specimen, title=title)


def counted(sources: Sources) -> Specimen:
    """The tasks of the work plan as one list that numbers itself, below a heading."""
    items = (Text(task, item=place) for place, (_, task, _) in enumerate(sources.tasks[:40], 1))
    return Specimen("自动编号任务", "2024年重点工作任务清单", (Heading("一、主要任务"), *items))


def newspaper(specimen: Specimen) -> Specimen:
    """One article for each outermost heading, cut to fit its page; the first goes under the title.

    Deeper headings are left out: a newspaper has none.
    """
    parts: list[Part] = []
    headings = length = 0
    for part in specimen.parts:
        if isinstance(part, Heading) and part.level == 1:
            headings, length = headings + 1, 0
            parts += [part] if headings > 1 else []
        elif isinstance(part, Text) and length < (_ARTICLE if headings > 1 else _LEAD):
            parts.append(part)
            length += len(part.text)
    return replace(specimen, parts=tuple(parts))


def known_briefs(sources: Sources) -> tuple[Known, ...]:
    """The founding document of briefs: each paragraph stands under the unit that signs below it."""
    truth = [Known("body", "运河大剧院", ()), Known("title", sources.briefs.title, ())]
    for heading, text in zip(sources.briefs.parts[::2], sources.briefs.parts[1::2], strict=True):
        if isinstance(heading, Heading) and isinstance(text, Text):
            truth.append(Known("body", text.text, (heading.text,)))
            truth.append(Known("line", heading.text, (heading.text,)))
    return tuple(truth)


def known_plans(sources: Sources) -> tuple[Known, ...]:
    """The founding document of plans: its hashes and arrows are characters of its text."""
    below = "全区各部门贯彻落实区委七届十一次全会精神"
    lines = [Known("body", "开启现代化新征程 形成标志性新成果", ())]
    for each in known(sources.plans):
        text, section = each.text, (below, *each.section)
        if each.kind == "title":
            lines += [Known("title", f"# {text}", ()), Known("heading", f"## {below}", ())]
        elif each.kind == "heading":
            mark = "####" if each.section else "### ▶"
            lines.append(Known("heading", f"{mark} {text}", section))
        else:
            lines.append(Known(each.kind, text, section))
    return tuple(lines)


def official(specimen: Specimen) -> Specimen:
    """A work report's sections as the opinions of an office: issuer, number, addressee, signature, date."""
    body = [part for part in specimen.parts if isinstance(part, (Heading, Text)) and "代表" not in part.text]
    start = next(place for place, part in enumerate(body) if isinstance(part, Heading))
    above = (Text("湖滨市人民政府文件", align="center"), Text("湖政发〔2025〕3号", align="center"))
    below = (Text("湖滨市人民政府", align="right"), Text("2025年1月20日", align="right"))
    parts = (*above, Text("各县（市、区）人民政府，市政府各部门："), *body[start:])
    cut = Specimen(f"{specimen.name}（公文）", "湖滨市人民政府关于做好2025年重点工作的实施意见", parts).until(
        3000
    )
    return replace(cut, parts=(*cut.parts, *below), above=2)
