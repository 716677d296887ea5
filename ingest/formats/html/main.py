"""Which of a page's blocks are its main text; the extractor proposes, and nothing of it is lost.

May import the core.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, groupby

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from ingest.formats.html.blocks import Block, Container, Outline

# A page of more elements is beyond the extractor, which copies it several times.
_EXTRACTABLE = 100_000
_ASIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog"})
# Words in the class or id of what stands around the text, in English and in pinyin.
_ASIDE_WORDS = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs sidebar share shares "
    "sharing bdshare bdsharebuttonbox social related recommend recommended hot pager pagination "
    "pagebar prev prevnext copyright footer foot header toolbar toolbox tools ad ads advert "
    "advertisement banner cookie comments login search qrcode friendlink links daohang dibu fenxiang "
    "mianbaoxie weizhi xiangguan tuijian topbar".split()
)
_WORDS = re.compile(r"[A-Za-z][a-z]*|[A-Z]+(?![a-z])")
# What stands around the text holds less than this share of all, or it is none.
_SHARE = 0.3
# Sentences: this long and with these marks.
_PROSE_LENGTH = 20
_PROSE = re.compile(r"[。！？；，]")
# Blocks of which more leads away are links, and this many of them together a menu.
_LINKED = 0.6
_MENU = 3
_NAMES_LENGTH = 500
# What a page says of itself: where one is, what can be done with it, whose it is.
_CHROME = re.compile(
    r"(?:上一[篇条页则]|下一[篇条页则])\s*[：:].*|"
    r"(?:您|你|您的|你的)?(?:现在|当前|所在)(?:所在)?的?位置(?:是)?\s*[：:].*|"
    r"(?:[\s【】\[\]［］()（）|｜/·：:-]|打\s*印(?:本[页文])?|关\s*闭(?:窗口|本页)?|分\s*享(?:到|至)?|字\s*[体号]|[大中小]|"
    r"收藏(?:本页)?|返回(?:顶部|首页|列表)?|扫一扫|在?手机(?:打开|查看)(?:当前页)?|微信|微博|QQ空间|纠错){2,}|"
    r"版权所有\s*[：:©].*|(?:Copyright|©|.{0,40}ICP备\s*\d|.{0,40}公网安备|.{0,40}网站标识码\s*[：:]).*",
    re.DOTALL,
)
_CHROME_LENGTH = 200
_TITLE_PARTS = re.compile(r"\s*[-_|—–]+\s*")


def main_blocks(root: HtmlElement, outline: Outline) -> list[Block]:
    """The blocks of the main text, in order; all that is seen where nothing stands out."""
    blocks = outline.blocks
    chosen = _choose(root, blocks)
    around = _around(outline, chosen)
    title = page_title(root)
    evidence = [
        index
        for index, block in enumerate(blocks)
        if not around[index] and (chosen[index] or _is_prose(block) or is_title(block, title))
    ]
    first, end = _scope(outline, evidence) if evidence else (0, len(blocks))
    return [blocks[index] for index in range(first, end) if not around[index]]


def page_title(root: HtmlElement) -> str:
    """What the window of a browser is called, without the name of the site after it."""
    return _TITLE_PARTS.split(" ".join((root.findtext(".//title") or "").split()))[0]


def is_title(block: Block, title: str) -> bool:
    """Whether a block is the page's title, as a heading or as the window has it."""
    if block.role == "heading":
        return block.level == 1
    return block.role == "text" and len(title) > 3 and _squeeze(block.text) == _squeeze(title)


def _choose(root: HtmlElement, blocks: Sequence[Block]) -> list[bool]:
    """Which blocks the extractor takes for main text; all their lines are among its own."""
    if sum(1 for _ in root.iter()) > _EXTRACTABLE:
        return [False] * len(blocks)
    extracted = bare_extraction(root, fast=True, favor_recall=True, include_comments=False)
    lines = {_squeeze(line) for line in extracted.text.splitlines()} if extracted is not None else set()
    return [
        bool(block.text) and all(_squeeze(line) in lines for line in block.text.splitlines())
        for block in blocks
    ]


def _squeeze(text: str) -> str:
    return "".join(text.split()).lstrip("-|")


def _around(outline: Outline, chosen: Sequence[bool]) -> list[bool]:
    """Which blocks stand around the text: in parts made or named so, in menus, or about the page."""
    blocks = outline.blocks
    lengths = [0, *accumulate(len(block.text) for block in blocks)]
    taken = [0, *accumulate(len(block.text) * mark for block, mark in zip(blocks, chosen, strict=True))]
    depth = [0] * (len(blocks) + 1)
    for container in outline.containers:
        first, end = container.first, container.end
        held, inside = lengths[end] - lengths[first], taken[end] - taken[first]
        named = _is_named_aside(container.element) and held <= _SHARE * lengths[-1]
        made = _is_made_aside(container.element) and (held <= _SHARE * lengths[-1] or taken[-1] > inside)
        if (named or made) and 2 * inside <= held:
            depth[first] += 1
            depth[end] -= 1
    menus = _menus(blocks, chosen)
    return [
        bool(inside) or menus[index] or _is_chrome(blocks[index])
        for index, inside in enumerate(accumulate(depth[:-1]))
    ]


def _is_made_aside(element: HtmlElement) -> bool:
    if element.get("role") in _ASIDE_ROLES or element.tag in ("nav", "aside"):
        return True
    return element.tag in ("header", "footer") and not any(
        above.tag in ("article", "main") for above in element.iterancestors()
    )


def _is_named_aside(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "article", "main"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return any(word.lower() in _ASIDE_WORDS for word in _WORDS.findall(names[:_NAMES_LENGTH]))


def _menus(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[bool]:
    """Which blocks are links to elsewhere, several together, that the extractor has not taken."""
    menus = [False] * len(blocks)
    linked = [block.links > _LINKED * len(block.text) for block in blocks]
    for is_linked, indices in groupby(range(len(blocks)), lambda index: linked[index] and not chosen[index]):
        run = list(indices)
        if is_linked and sum(blocks[index].anchors for index in run) >= _MENU:
            menus[run[0] : run[-1] + 1] = [True] * len(run)
    return menus


def _is_chrome(block: Block) -> bool:
    return len(block.text) <= _CHROME_LENGTH and _CHROME.fullmatch(block.text) is not None


def _is_prose(block: Block) -> bool:
    return (
        len(block.text) >= _PROSE_LENGTH
        and block.links <= _LINKED * len(block.text)
        and _PROSE.search(block.text) is not None
    )


def _scope(outline: Outline, evidence: Sequence[int]) -> tuple[int, int]:
    """From where to where the text goes: all evidence, and what stands in one container with it.

    That container is, at either end, the smallest that holds half of the evidence.
    """
    blocks, containers = outline.blocks, outline.containers
    weight = [0] * (len(blocks) + 1)
    for index in evidence:
        weight[index + 1] = len(blocks[index].text)
    weights = list(accumulate(weight))

    def around(index: int) -> Container:
        place = blocks[index].place
        while (
            containers[place].parent >= 0
            and 2 * (weights[containers[place].end] - weights[containers[place].first]) < weights[-1]
        ):
            place = containers[place].parent
        return containers[place]

    return around(evidence[0]).first, around(evidence[-1]).end
