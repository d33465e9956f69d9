"""Parses the bytes of a configuration file into objects."""
