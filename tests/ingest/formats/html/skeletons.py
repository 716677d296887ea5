"""Pages as sites build them around a text: nothing of it is theirs but the title.

May import nothing of ours.
"""

from html import escape

_MENU = "".join(
    f'<li><a href="/{place}">{name}</a></li>'
    for place, name in enumerate(("首页", "政务公开", "办事服务", "互动交流", "数据开放"))
)
_RELATED = "".join(
    f'<li><a href="/d{place}">{name}</a></li>'
    for place, name in enumerate(
        ("市政府召开常务会议，强调要压实责任", "法治政府建设年度报告", "清理结果公告")
    )
)


def bare(title, paragraphs):
    return f"<html><body><h1>{escape(title)}</h1>{_paragraphs(paragraphs)}</body></html>"


def modern(title, paragraphs):
    return f"""<!DOCTYPE html><html><head><title>{escape(title)} - 某某网</title></head><body>
<header><a href="/">某某网</a><nav><ul>{_MENU}</ul></nav></header>
<main><article><h1>{escape(title)}</h1>{_paragraphs(paragraphs)}</article></main>
<aside><h3>热门文章</h3><ul>{_RELATED}</ul></aside>
<footer><p>京ICP备12345678号</p><ul>{_MENU}</ul></footer></body></html>"""


def government(title, paragraphs):
    spans = "".join(f'<p style="text-indent:2em"><span>{escape(each)}</span></p>' for each in paragraphs)
    return f"""<!DOCTYPE html><html><head><title>{escape(title)}_某某市人民政府</title></head><body>
<div class="header"><div class="menu"><ul>{_MENU}</ul></div></div><div class="container">
<div>您现在的位置：<a href="/">首页</a> &gt; <a href="/x">政策文件</a></div>
<div class="article-title">{escape(title)}</div><div class="TRS_Editor">{spans}</div>
<div class="share">分享到：<a href="1">微信</a><a href="2">微博</a></div><div>【打印】【关闭】</div>
<div>上一篇：<a href="1">市政府召开常务会议</a></div></div>
<div class="foot"><p>主办：某某市人民政府办公室　承办：大数据局</p></div></body></html>"""


def old(title, paragraphs):
    lines = "<br>".join(f"　　{escape(each)}" for each in paragraphs)
    return f"""<html><head><title>{escape(title)}</title></head><body bgcolor=#ffffff>
<table width=980><tr><td><a href="/">首页</a> | <a href="/1">新闻</a> | <a href="/2">公告</a>
</td></tr></table>
<table width=980><tr><td align=center><font size=5><b>{escape(title)}</b></font></td></tr>
<tr><td><font size=3>{lines}</font></td></tr></table>
<table><tr><td>版权所有：某某市人民政府</td></tr></table></body></html>"""


def newspaper(title, paragraphs):
    middle = len(paragraphs) // 2
    return f"""<html><head><title>{escape(title)}</title></head><body><ul class="nav">{_MENU}</ul>
<article>{_paragraphs(paragraphs[:middle])}</article><article>{_paragraphs(paragraphs[middle:])}</article>
<div class="footer">地址：某某路1号</div></body></html>"""


def _paragraphs(paragraphs):
    return "\n".join(f"<p>{escape(each)}</p>" for each in paragraphs)


SKELETONS = (bare, modern, government, old, newspaper)
