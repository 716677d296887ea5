"""Telling the answer from the documents' own sentences, or what is missing."""
