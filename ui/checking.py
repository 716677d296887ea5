"""How the sentences of an answer were checked, in words for people.

May import the records of `rag`.
"""

from rag.answers import Answer, Claim


def coverage_words(answer: Answer) -> str:
    """How many of the sentences stand in what they cite; "" where nothing is claimed."""
    founded = sum(claim.supported for claim in answer.claims)
    return f"{len(answer.claims)} 句，{founded} 句有据" if answer.claims else ""


def doubt(claim: Claim) -> str:
    """What is wrong with a sentence that what it cites does not support."""
    if claim.missing:
        return f"原文中没有：{'、'.join(claim.missing)}"
    return "所引原文不足以支持这一句" if claim.numbers else "这一句没有出处"
