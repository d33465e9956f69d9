"""Stores the warnings of data, so that every build reports them, even for unchanged data."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.util import logging

from groundrules.diagnostics import Diagnostic, Severity
from groundrules.store import Store

logger = logging.getLogger(__name__)
NAME = ".warnings"
Warnings = list[tuple[str, str, str]]


def report_warnings(store: Store, diagnostics: Iterable[Diagnostic]) -> None:
    """Report the warnings among ``diagnostics``, and store them."""
    warnings = [
        (
            diagnostic.message,
            f"{diagnostic.location.path}:{diagnostic.location.line}",
            diagnostic.rule.id,
        )
        for diagnostic in diagnostics
        if diagnostic.rule.severity is Severity.WARNING
    ]
    store.put(NAME, warnings)
    _report(warnings)


def report_again(store: Store) -> None:
    """Report the stored warnings."""
    _report(store.get(NAME, Warnings) or [])


def _report(warnings: Warnings) -> None:
    for message, place, rule in warnings:
        logger.warning("%s", message, location=place, type="groundrules", subtype=rule)
