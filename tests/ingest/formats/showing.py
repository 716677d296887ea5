"""What a loaded file holds, written short, for tests to compare.

May import `ingest`.
"""

from ingest.loaded import Loaded


def stretches(loaded: Loaded) -> list[tuple[str, str]]:
    """Each element as its role (a heading's with its level) and its text."""
    return [
        (f"{each.role} {each.level}" if each.level else each.role, loaded.text[each.start : each.end])
        for each in loaded.elements
    ]


def texts(loaded: Loaded) -> list[str]:
    """The text of each element."""
    return [text for _, text in stretches(loaded)]


def cells(loaded: Loaded) -> dict[tuple[str | None, int | None, int | None], str]:
    """What stands at each place, by area, row and column."""
    return {
        (place.area, place.row, place.column): loaded.text[place.start : place.end] for place in loaded.places
    }
