"""One module for each format, with one function `load(raw, source)`; see `ingest.loading`.

May import the core.
"""
