"""Which documents there are, and which of them a question speaks of."""
