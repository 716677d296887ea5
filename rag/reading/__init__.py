"""Which sentences of the paragraphs found may answer, and whether they do."""
