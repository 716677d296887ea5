"""How people name the place a citation stands in: 第 3 页, 表 2 第 3 行, 工作表“预算”B3:D3.

Imports the records alone.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from rag.datatypes import Place, PlaceKind

# A citation of more places than this is named by the first of them.
_MOST_NAMED = 3
_LETTERS = 26


def describe(places: Sequence[Place]) -> str | None:
    """The places as a person names them, neighbours merged; `None` for plain text, which has none."""
    wholes: dict[tuple[PlaceKind, str | None, bool], list[Place]] = {}
    for place in places:
        wholes.setdefault((place.kind, place.area, place.row is not None), []).append(place)
    labels = list(dict.fromkeys(_LABELS[kind](parts) for (kind, _, _), parts in wholes.items()))
    if not labels:
        return None
    rest = f"等 {len(labels)} 处" if len(labels) > _MOST_NAMED else ""
    return "、".join(labels[:_MOST_NAMED]) + rest


def cells(places: Sequence[Place]) -> str | None:
    """The range (`B3:D3`) that holds the cells of one sheet or table; `None` where there are none."""
    rows = [place.row for place in places if place.row and place.column]
    columns = [place.column for place in places if place.row and place.column]
    if not rows:
        return None
    first = f"{column_letters(min(columns))}{min(rows)}"
    last = f"{column_letters(max(columns))}{max(rows)}"
    return first if first == last else f"{first}:{last}"


def column_letters(column: int) -> str:
    """The letters over a column of a sheet, counted from 1: A, B, … Z, AA, …"""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def _page(places: Sequence[Place]) -> str:
    return f"第 {_spans(place.page for place in places)} 页"


def _paragraph(places: Sequence[Place]) -> str:
    return f"第 {_spans(place.row for place in places)} 段{places[0].area or ''}"


def _table(places: Sequence[Place]) -> str:
    return f"{_numbered('表', places[0].area)}{_cell(places)}"


def _footnote(places: Sequence[Place]) -> str:
    return _numbered("脚注", places[0].area)


def _sheet(places: Sequence[Place]) -> str:
    """Cells of a named sheet; a CSV file has no name for its only one, and is read by lines."""
    if places[0].area is None:
        return f"第 {_spans(place.row for place in places)} 行"
    return f"工作表“{places[0].area}”{cells(places) or ''}"


def _slide(places: Sequence[Place]) -> str:
    numbers, area = _spans(place.page for place in places), places[0].area or ""
    return f"第 {numbers} 张幻灯片{area}{_cell(places)}"


_LABELS: dict[PlaceKind, Callable[[Sequence[Place]], str]] = {
    "page": _page,
    "paragraph": _paragraph,
    "table": _table,
    "footnote": _footnote,
    "sheet": _sheet,
    "slide": _slide,
}


def _numbered(name: str, area: str | None) -> str:
    """An area that is a bare number (that of a table in a table: 2.1) gets its name before it."""
    return area if area and not area.replace(".", "").isdecimal() else f"{name} {area or ''}".rstrip()


def _cell(places: Sequence[Place]) -> str:
    """Row and columns; the rows alone where there are several."""
    rows = {place.row for place in places if place.row}
    if not rows:
        return ""
    columns = [place.column for place in places if place.column]
    where = f"第 {_spans(columns)} 列" if len(rows) == 1 and columns else ""
    return f" 第 {_spans(rows)} 行{where}"


def _spans(numbers: Iterable[int | None]) -> str:
    """Numbers in order, runs drawn together: 3—5、8."""
    ordered = sorted({number for number in numbers if number is not None})
    breaks = [index for index, (one, next_) in enumerate(pairwise(ordered), 1) if next_ > one + 1]
    runs = [ordered[start:end] for start, end in pairwise((0, *breaks, len(ordered)))]
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs if run)
