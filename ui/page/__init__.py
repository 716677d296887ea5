"""The chat page in the browser.

May import the rest of `ui`; the only package that imports gradio.
"""
