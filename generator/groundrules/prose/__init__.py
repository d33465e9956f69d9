"""Texts of records, checked by docutils, and mentions of records on pages; imports no Sphinx."""
