"""Having a language model write the answer."""
