"""Documented graphs compared with real ones."""
