"""HTML and SVG made of elements, in which every text is escaped unless it is markup already.

Imports nothing of ours.
"""

from html import escape


class Markup(str):
    """Text that is markup already and goes in as it is."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element; text among its children is escaped. `cls` stands for class, `_` in names for `-`.

    >>> element("p", "<b>", element("br"), cls="quiet", data_n=2)
    '<p class="quiet" data-n="2">&lt;b&gt;<br></p>'
    """
    given = {"class" if key == "cls" else key.replace("_", "-"): value for key, value in attributes.items()}
    opening = "".join(f' {key}="{escape(str(value))}"' for key, value in given.items())
    ending = "" if name in _EMPTY else f"{joined(*children)}</{name}>"
    return Markup(f"<{name}{opening}>{ending}")


def joined(*children: str) -> Markup:
    """Children one after the other, texts escaped."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))


_EMPTY = frozenset({"br", "meta", "col", "hr"})
