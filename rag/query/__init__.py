"""What a question asks: its kind, its topic, what it leaves to the conversation, its parts and sides."""
