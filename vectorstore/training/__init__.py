"""The recipe that makes the bundled embedding model: words, first vectors, training, export, benchmark.

Development only. May import torch and sentence-transformers; nothing outside this package imports it.
"""
