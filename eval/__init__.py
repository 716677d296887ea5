"""How good it is: question sets, metrics, the runner, the report.

May import `rag`; never a sibling room.
"""
