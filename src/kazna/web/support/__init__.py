"""Open to all: what one may get – search, life situations, decision pages, calculators."""
