"""Finding paragraphs and putting them in order."""
