"""What a reasoning model says to itself before it answers.

Imports nothing of ours.
"""

THOUGHT = ("<think>", "</think>")


def without_thought(text: str) -> str | None:
    """The text after a leading <think>…</think>; `None` while that is still open or undecided."""
    opened, closed = THOUGHT
    start = text.lstrip()
    if not start.startswith(opened):
        return None if opened.startswith(start) else start
    _, found, rest = start.partition(closed)
    return rest.lstrip() if found and rest.strip() else None
