"""A specimen as a web page: for Chromium to print, and as sites publish it.

May import the evaluation.
"""

from collections.abc import Iterator, Sequence
from html import escape

from ui.bench.formats.layouts import GAP, MARGIN, Layout
from ui.bench.formats.specimens import Heading, Part, Specimen, Table, Text, cell_spans, split_head

_NEWSPAPER = """
.sheet{display:grid;gap:6mm;break-after:page}
article{column-gap:6mm;align-self:start;padding-bottom:4mm}
article h2{column-span:all;font-size:2.2em;line-height:1.2;text-align:center;margin:2mm 0 4mm}
@page{margin:22mm 15mm 15mm;@top-center{content:"钱塘新报　2024年3月5日　星期二　第" counter(page) "版"}}
"""
# By columns of the page: how many articles it has, and which columns each of them takes.
_PAGES = {
    4: (
        4,
        """.sheet{grid-template-columns:1fr 1fr} article{column-count:2;border-bottom:.5pt solid #000}
article:nth-child(1),article:nth-child(4){grid-column:1/3;column-count:4}""",
    ),
    5: (
        6,
        """.sheet{grid-template-columns:repeat(5,minmax(0,1fr))} article h2{font-size:1.8em}
article:nth-child(1){grid-column:1/4;grid-row:1/3;column-count:3}
article:nth-child(2){grid-column:4/6;column-count:2;border:.5pt solid #000;padding:2mm}
article:nth-child(3){grid-column:4/6;column-count:2}
article:nth-child(4){grid-column:1/3;column-count:2}
article:nth-child(5){grid-column:3/4}
article:nth-child(6){grid-column:4/6;column-count:2}""",
    ),
}
_LINKS = ("首页", "政务公开", "办事服务", "互动交流", "数据开放", "专题专栏")
_RELATED = ("关于公布行政规范性文件清理结果的公告", "2024年度法治政府建设情况", "本周政务要闻回顾")


def print_page(specimen: Specimen, layout: Layout) -> str:
    """A page to be printed: its style sheet says all about paper and columns."""
    above, below = split_head(specimen)
    title = f"{''.join(_parts(above))}<h1>{escape(specimen.title)}</h1>"
    parts = "".join(_parts(below))
    inner = (
        f"{title}<div class=cols>{parts}</div>" if layout.across else f"<div class=cols>{title}{parts}</div>"
    )
    return _whole(specimen.title, _style(specimen, layout), inner)


def newspaper(specimen: Specimen, layout: Layout) -> str:
    """A newspaper: on each page some articles in the places that the layout has for them."""
    count, style = _PAGES[layout.columns]
    articles = list(_articles(specimen))
    pages = [articles[start : start + count] for start in range(0, len(articles), count)]
    inner = "".join(f"<section class=sheet>{''.join(page)}</section>" for page in pages)
    return _whole(specimen.title, _style(specimen, layout) + _NEWSPAPER + style, inner)


def old_page(specimen: Specimen) -> bytes:
    """A page as sites published it for decades: in GB18030, laid out by tables, paragraphs by <br>."""
    lines = []
    for part in specimen.parts:
        if isinstance(part, Heading):
            lines.append(f"<p align=center><b>{escape(part.text)}</b></p>")
        elif isinstance(part, Text):
            lines.append(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(part.text)}<br><br>")
    menu = "".join(f'<td><a href="{place}.htm">{link}</a></td>' for place, link in enumerate(_LINKS))
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(specimen.title)}</title></head><body bgcolor=#ffffff>
<table width=760 align=center><tr>{menu}</tr></table>
<table width=760 align=center><tr><td width=160 valign=top><a href="a.htm">领导之窗</a><br>
<a href="b.htm">机构职能</a><br><a href="c.htm">通知公告</a></td><td>
<table width=600><tr><td align=center><font size=5><b>{escape(specimen.title)}</b></font></td></tr>
<tr><td>
{chr(10).join(lines)}
</td></tr></table></td></tr></table>
<table width=760 align=center><tr><td align=center>版权所有：市人民政府办公室　网站地图</td></tr></table>
</body></html>""".encode("gb18030")


def web_page(specimen: Specimen) -> str:
    """A page as a site publishes it: the article amid navigation, links and a footer."""
    links = "".join(f'<li><a href="/{place}">{link}</a></li>' for place, link in enumerate(_LINKS))
    related = "".join(f'<li><a href="/doc/{place}">{link}</a></li>' for place, link in enumerate(_RELATED))
    inner = f"""<header><div class="logo">市人民政府门户网站</div><nav><ul>{links}</ul></nav></header>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/law">法规文件</a></div>
<main><article><h1>{escape(specimen.title)}</h1>
{"".join(_parts(specimen.parts))}</article></main>
<aside><h3>相关文档</h3><ul>{related}</ul></aside>
<footer><p>主办：市人民政府办公室　版权所有</p><p><a href="/about">网站地图</a></p>
<script>window.visits = 1;</script></footer>"""
    return _whole(specimen.title, "body{max-width:960px;margin:auto}", inner)


def _whole(title: str, style: str, inner: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head><body>{inner}</body></html>"
    )


def _style(specimen: Specimen, layout: Layout) -> str:
    width, height = layout.page
    text = f"margin:0 0 {layout.size}pt" if layout.spaced else "margin:0;text-indent:2em"
    rules = ".5pt solid #000" if layout.ruled else "none"
    heads = (
        f'@top-center{{content:"{specimen.title}"}}@bottom-center{{content:"— " counter(page) " —"}}'
        if layout.running
        else ""
    )
    return f"""@page{{size:{width}mm {height}mm;margin:{MARGIN}mm;{heads}}}
body{{margin:0;font:{layout.size}pt/{layout.leading} "{layout.font}";
text-align:{"justify" if layout.justified else "left"}}}
p{{{text}}} h1{{text-align:center;font-size:1.8em;line-height:1.3;column-span:none}}
h2,h3,h4{{font-size:1.2em;margin:.5em 0;break-after:avoid}}
.cols{{column-count:{layout.columns};column-gap:{GAP}mm}}
table{{border-collapse:collapse;width:100%}} td,th{{border:{rules};padding:1mm;font-weight:normal}}
thead{{display:table-header-group}} tr{{break-inside:avoid}}"""


def _articles(specimen: Specimen) -> Iterator[str]:
    """The first article under the title, then one for each heading."""
    headline, texts = specimen.title, list[Part]()
    for part in (*specimen.parts, Heading("")):
        if isinstance(part, Heading):
            yield f"<article><h2>{escape(headline)}</h2>{''.join(_parts(texts))}</article>"
            headline, texts = part.text, []
        else:
            texts.append(part)


def _parts(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Heading):
            yield f"<h{part.level + 1}>{escape(part.text)}</h{part.level + 1}>\n"
        elif isinstance(part, Text):
            align = f' style="text-align:{part.align};text-indent:0"' if part.align else ""
            yield f"<p{align}>{escape(part.text)}</p>\n"
        else:
            yield _table(part)


def _table(table: Table) -> str:
    head = "".join(_rows(table.header, "th"))
    return f"<table><thead>{head}</thead><tbody>{''.join(_rows(table.rows, 'td'))}</tbody></table>\n"


def _rows(rows: Sequence[Sequence[str]], tag: str) -> Iterator[str]:
    spans = cell_spans(rows, across=tag == "th")
    for place, row in enumerate(rows):
        cells = []
        for column, value in enumerate(row):
            if value:
                down, right = spans[place, column]
                cells.append(f'<{tag} rowspan="{down}" colspan="{right}">{escape(value)}</{tag}>')
        yield f"<tr>{''.join(cells)}</tr>"
