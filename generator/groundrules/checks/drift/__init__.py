"""Compares documented graphs with real ones."""
