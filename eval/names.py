"""What types of questions are called, and how figures are written, in every report.

Imports nothing of ours.
"""

NAMES = {
    "number": "数字",
    "date": "日期",
    "department": "部门",
    "person": "人物",
    "list": "列举",
    "paraphrase": "口语",
    "traditional": "繁体",
    "typo": "错字",
    "english": "英文",
    "follow_up": "追问",
    "comparison": "比较",
    "how": "怎样",
    "yes_no": "是否",
    "definition": "释义",
    "place": "地点",
    "several": "几问",
    "off_topic": "题外",
    "near_miss": "近而无",
}


def share(value: float | None) -> str:
    """A share (0..1) in two places.

    >>> share(0.5), share(None)
    ('0.50', '—')
    """
    return "—" if value is None else f"{value:.2f}"


def milliseconds(value: float | None) -> str:
    """Whole milliseconds."""
    return "—" if value is None else f"{value:.0f}"


def with_bounds(value: float | None, bounds: tuple[float, float] | None) -> str:
    """A mean with its interval: shares in three places, counts whole.

    >>> with_bounds(0.5, (0.25, 0.75)), with_bounds(61.2, (50, 70.4)), with_bounds(None, None)
    ('0.500（0.250–0.750）', '61（50–70）', '—')
    """
    if value is None or bounds is None:
        return "—"
    low, high = bounds
    places = 0 if max(value, high) > 1 else 3
    return f"{value:.{places}f}（{low:.{places}f}–{high:.{places}f}）"
