"""PDF: pages of print read into paragraphs, tables and notes, with the place of every line.

May import the core.
"""

from ingest.formats.pdf.loader import load

__all__ = ["load"]
