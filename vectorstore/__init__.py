"""Where it is kept and found: the catalogue, the dense and lexical indexes, the embedding model.

May import `rag`; never a sibling room.
"""
