"""Data files → a validated `Catalogue`."""
