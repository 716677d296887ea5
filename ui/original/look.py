"""How the pages beside the chat look, and what their policy allows: this style, this script, own images.

Imports nothing of ours.
"""

import base64
import hashlib

STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf7;--sheet:#fff;--ink:#22262b;--soft:#6a7078;--line:#e4e0d8;
--tint:#f3f0ea;--mark:#ffe58f;--box:#ffd84d;--edge:#c98a00;--accent:#8a3324}
@media (prefers-color-scheme:dark){:root{--paper:#191b1e;--sheet:#202327;--ink:#e3e1dc;--soft:#989ca2;
--line:#33363b;--tint:#26292d;--mark:#6b5410;--accent:#e2a08f}}
*{box-sizing:border-box}
html{scroll-padding-top:30vh}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.95;font-size:17px;
font-family:"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{border-bottom:1px solid var(--line)}
header>div,main,footer{max-width:44rem;margin:0 auto;padding:1.6rem 1.4rem}
body.wide header>div,body.wide main,body.wide footer{max-width:84rem}
h1{font-size:1.5rem;line-height:1.5;margin:.2rem 0 .4rem;font-weight:650}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.facts,footer{color:var(--soft);font-size:.85rem}
.facts a{margin-right:1.2em}
p,h2,h3,h4{position:relative;white-space:pre-line;margin:0 0 1.05em;overflow-wrap:anywhere;text-align:justify}
h2,h3,h4{font-size:1.15rem;margin-top:2em;line-height:1.7;text-align:left}
h3{font-size:1.06rem;margin-top:1.6em}
h4{font-size:1rem;margin-top:1.4em}
.title{font-size:1.2rem;text-align:left;font-weight:650}
.signature{text-align:right;color:var(--soft)}
.note{font-size:.9rem;color:var(--soft)}
.note mark{color:var(--ink)}
.tag{display:inline-block;margin-right:.6em;padding:0 .5em;border-radius:4px;background:var(--tint);
font-size:.8rem;color:var(--soft)}
.number{position:absolute;left:-3.4rem;width:2.6rem;text-align:right;color:var(--soft);font-size:.75rem;
font-weight:400;opacity:.65;user-select:none}
mark{background:var(--mark);color:var(--ink);padding:.12em 0;border-radius:2px}
:target .number{color:var(--accent);opacity:1}
.where{margin:.5rem 0 0;font-size:.9rem}
.where b{font-weight:600;background:var(--mark);padding:.1em .4em;border-radius:3px}
.parts{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0 0 1.6rem;padding:.6rem .9rem;border-radius:8px;
background:var(--tint);font-size:.85rem;color:var(--soft)}
.parts:last-child{margin:1.6rem 0 0}
.grid{margin:0 0 1.6rem}
.grid figcaption,.page figcaption{font-size:.85rem;color:var(--soft);margin:0 0 .4rem}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--sheet)}
.scroll.long{max-height:82vh;overflow-y:auto}
.long thead th{position:sticky;top:0;z-index:2}
.long .heads th{position:sticky;top:0;z-index:1}.long thead~tbody .heads th{top:1.95rem}
.grid table{border-collapse:separate;border-spacing:0;font-size:.88rem;line-height:1.65;width:max-content;
min-width:100%}
.grid td,.grid th{border-right:1px solid var(--line);border-bottom:1px solid var(--line);
padding:.35rem .65rem;text-align:left;vertical-align:top;font-weight:400;white-space:pre-line;min-width:5em;
max-width:24em;
overflow-wrap:anywhere}
.grid tr>:last-child{border-right:0}.grid tr:last-child>*{border-bottom:0}
.grid thead th,.grid th.line{background:var(--tint);color:var(--soft);font-size:.78rem;text-align:center;
min-width:2.6em;white-space:nowrap}
.grid tbody+tbody td{border-top:0}
.grid .heads th{background:var(--tint);font-weight:600}
.grid .cited{background:color-mix(in srgb,var(--mark) 38%,var(--sheet));
box-shadow:inset 0 0 0 2px var(--edge)}
.slide{margin:0 0 1.8rem;border:1px solid var(--line);border-radius:12px;background:var(--sheet);
overflow:hidden}
.slide>h2{margin:0;padding:.45rem 1.4rem;background:var(--tint);color:var(--soft);font-size:.85rem;
font-weight:400}
.slide>div{padding:1.2rem 1.4rem .4rem}
.slide>div :is(h2,h3,h4):first-child{margin-top:0}
.slide aside{padding:.9rem 1.4rem .1rem;border-top:1px dashed var(--line);background:var(--paper)}
.slide aside::before{content:"备注";font-size:.78rem;color:var(--soft)}
.slide .number{display:none}
.page{display:grid;grid-template-columns:minmax(0,46rem) minmax(0,1fr);gap:2.2rem;margin:0 0 2.4rem;
align-items:start}
.page figure{position:relative;margin:0}
.page .print{position:relative;border:1px solid var(--line);border-radius:4px;overflow:hidden;background:#fff}
.page img{display:block;width:100%;height:auto;color:#666;font-size:.85rem}
@media (prefers-color-scheme:dark){.page img{filter:brightness(.86)}}
.page svg{position:absolute;inset:0;width:100%;height:100%}
.page rect{fill:var(--box);fill-opacity:.42;stroke:var(--edge);stroke-width:1.5;
vector-effect:non-scaling-stroke;mix-blend-mode:multiply}
.page .text{font-size:.88rem;line-height:1.8;padding-top:1.8rem}
.page .number{position:static;display:block;width:auto;text-align:left;line-height:1.4}
.page .text :is(h2,h3,h4){margin-top:1em}
@media (max-width:60rem){.page{grid-template-columns:minmax(0,1fr);gap:.8rem}
.page .text{font-size:1rem;padding-top:0}}
@media (max-width:54rem){.number{position:static;display:block;width:auto;text-align:left;line-height:1.4}
body{font-size:16px}header>div,main,footer{padding:1.2rem 1.1rem}}
"""
# Whoever came by a link to another part goes there; everyone else to the citation, and there to the box
# on the page's picture, which comes before the words beside it. Browsers go to the anchor meanwhile.
SCRIPT = (
    "const go=()=>{const there=new URLSearchParams(location.search).has('around')&&"
    "document.getElementById(location.hash.slice(1));"
    "(there||document.querySelector('rect,mark,.cited'))?.scrollIntoView({block:'center',inline:'center'})};"
    "go();addEventListener('load',go,{once:true});"
)


def policy() -> str:
    """The page's Content-Security-Policy: its own style, script and images, nothing else, no frame."""
    return (
        f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
