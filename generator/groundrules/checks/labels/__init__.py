"""Documented labels compared with the labels that jobs request."""
