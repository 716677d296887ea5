"""The HTTP API: routes, their dependencies, and what becomes of errors.

May import the rest of `ui` except the chat page; the only package that imports fastapi.
"""
