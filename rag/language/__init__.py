"""Chinese text: spelling, words, figures, dates, names of people, offices and places. Knows no question."""
