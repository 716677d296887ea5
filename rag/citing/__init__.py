"""Citations: marks in an answer, the exact characters they point at, and whether these support it."""
