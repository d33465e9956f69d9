"""Combines the objects of all files into one tenant."""
