"""Documented labels compared with the labels that jobs request."""

from groundrules.checks.labels.requested_labels import check

__all__ = ["check"]
