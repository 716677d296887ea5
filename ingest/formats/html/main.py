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
# Words in the class or id of what stands around the text, in English and in pinyin: surely, perhaps.
_SURE_WORDS = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs footer foot copyright "
    "daohang dibu mianbaoxie".split()
)
_ASIDE_WORDS = frozenset(
    "sidebar share shares sharing bdshare bdsharebuttonbox social related recommend recommended hot "
    "pager pagination pagebar prev prevnext header toolbar toolbox tools ad ads advert advertisement "
    "banner cookie comments login search qrcode friendlink links fenxiang weizhi xiangguan tuijian "
    "topbar".split()
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
_SEPARATORS = re.compile(r"[\s|｜>·/]+")
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
_OWN_WORD = ("article", "main")
_TITLE_PARTS = re.compile(r"\s*[-_|—–]+\s*")


def main_blocks(root: HtmlElement, outline: Outline) -> list[Block]:
    """The blocks of the main text, in order; all that is seen where nothing stands out."""
    chosen = _choose(root, outline.blocks)
    around = _around(outline, chosen)
    first, end = _scope(outline, chosen, around, page_title(root))
    kept = zip(outline.blocks[first:end], around[first:end], strict=True)
    # A page of links alone is a list, and they are its text.
    return [block for block, aside in kept if not aside] or outline.blocks


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
    # The tables are read by now, and it would spell out every cell that a table claims to span.
    for cell in root.iter("td", "th"):
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
    try:
        extracted = bare_extraction(root, fast=True, favor_recall=True, include_comments=False)
    except RecursionError:
        # It follows lists in lists by recursion; a page so built is read without its advice.
        return [False] * len(blocks)
    lines = {_squeeze(line) for line in extracted.text.splitlines()} if extracted is not None else set()
    chosen = [all(_squeeze(line) in lines for line in block.text.splitlines()) for block in blocks]
    # Where it takes menus and all, as it does of short pages, it has not chosen.
    links = sum(block.anchors for block in blocks)
    taken = sum(block.anchors for block, mark in zip(blocks, chosen, strict=True) if mark)
    return chosen if 2 * taken <= links else [False] * len(blocks)


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
        # What the extractor takes and is not surely aside is left to it.
        is_small, is_passed_over = held <= _SHARE * lengths[-1], 2 * inside <= held
        sure, perhaps = _is_aside(container.element)
        if (sure and (is_small or (is_passed_over and taken[-1] > 0))) or (
            perhaps and is_small and is_passed_over
        ):
            depth[first] += 1
            depth[end] -= 1
    menus = _menus(blocks)
    return [
        bool(inside) or menus[index] or _is_chrome(blocks[index])
        for index, inside in enumerate(accumulate(depth[:-1]))
    ]


def _is_aside(element: HtmlElement) -> tuple[bool, bool]:
    """Whether an element is surely, or perhaps, no part of the text, by its kind or its name."""
    if element.tag in ("html", "body", "article", "main"):
        return False, False
    names = f"{element.get('class', '')} {element.get('id', '')}"[:_NAMES_LENGTH]
    words = {word.lower() for word in _WORDS.findall(names)}
    made = element.tag in ("nav", "aside") or element.get("role") in _ASIDE_ROLES
    if element.tag in ("header", "footer"):
        made = not any(above.tag in ("article", "main") for above in element.iterancestors())
    return made or not words.isdisjoint(_SURE_WORDS), not words.isdisjoint(_ASIDE_WORDS)


def _menus(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are links to elsewhere, several together."""
    menus = [False] * len(blocks)
    linked = [block.links > _LINKED * len(_SEPARATORS.sub("", block.text)) for block in blocks]
    for is_linked, indices in groupby(range(len(blocks)), linked.__getitem__):
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


def _scope(outline: Outline, chosen: Sequence[bool], around: Sequence[bool], title: str) -> tuple[int, int]:
    """From where to where the text goes: all its sentences, and what stands in one container with them.

    That container is, at either end, the smallest that holds half of the sentences; articles that the
    page marks as such belong to it. The whole page where it has none, or where too much would be cut off.
    """
    blocks = outline.blocks
    sentences = [
        0 if aside or not (mark or _is_prose(block)) else len(block.text)
        for block, mark, aside in zip(blocks, chosen, around, strict=True)
    ]
    evidence = [
        index
        for index, block in enumerate(blocks)
        if sentences[index] or (is_title(block, title) and not around[index])
    ]
    if not any(sentences):
        return 0, len(blocks)
    weights = [0, *accumulate(sentences)]
    parts = [
        _around_sentences(outline, evidence[0], weights),
        _around_sentences(outline, evidence[-1], weights),
        # However short, it is what the page itself calls its text.
        *(
            each
            for each in outline.containers
            if each.element.tag in _OWN_WORD and not all(around[each.first : each.end])
        ),
    ]
    first, end = min(part.first for part in parts), max(part.end for part in parts)
    shown = [0 if aside else len(block.text) for block, aside in zip(blocks, around, strict=True)]
    if sum(shown[first:end]) < (1 - _SHARE) * sum(shown):
        return 0, len(blocks)
    return first, end


def _around_sentences(outline: Outline, index: int, weights: Sequence[int]) -> Container:
    """The smallest container of a block that holds more than this block, and half of the sentences."""
    container = outline.containers[outline.blocks[index].place]
    while container.parent >= 0 and (
        container.end - container.first < 2
        or 2 * (weights[container.end] - weights[container.first]) < weights[-1]
    ):
        container = outline.containers[container.parent]
    return container
