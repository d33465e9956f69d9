"""Documented labels compared with the labels that jobs request."""

from groundrules.checks.labels.documented import check

__all__ = ["check"]
