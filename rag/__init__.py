"""The core: what a question becomes. Records, ports and the path from question to cited answer.

May import the standard library and its adapters' libraries; never a sibling room.
"""
