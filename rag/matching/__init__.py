"""What a question and a text share: words, meaning, and the kind of thing asked for."""
