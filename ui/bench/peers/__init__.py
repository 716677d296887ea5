"""`rag bench peers`: ours beside what people would otherwise use, each in a process of its own.

May import the rest of `ui` and the readers of public data. What `task` and `runners` import must stand
in the environment of the peers, where nothing of ours is installed.
"""
