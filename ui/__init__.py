"""Every face the outside sees: command line, HTTP API, chat page, and the composition root.

May import every other room.
"""
