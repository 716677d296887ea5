"""What a file becomes: loaders, cleaning, structure, chunks, the pipeline.

May import `rag`; never a sibling room.
"""
