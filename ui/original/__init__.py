"""The page that shows a document as it was, with the cited place marked.

May import the records, the ports and the errors of `rag`. Everything a document says is escaped.
"""
