"""Writes and edits data files for people: drafts, new records, layout."""
