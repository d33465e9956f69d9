"""Stores the warnings of data, so that every build reports them, even for unchanged data."""

from __future__ import annotations

from collections.abc import Iterable
from logging import LogRecord
from pathlib import Path

from sphinx.util import logging

from groundrules.checkout import file_from_here
from groundrules.diagnostics import Diagnostic, Severity
from groundrules.store import Store

logger = logging.getLogger(__name__)
NAME = ".warnings"
Warnings = list[tuple[str, tuple[str, int], str]]


def report_warnings(store: Store, root: Path, diagnostics: Iterable[Diagnostic]) -> None:
    """Report the warnings among ``diagnostics`` of a manual, and store them."""
    warnings = [
        (
            diagnostic.message,
            (diagnostic.location.path, diagnostic.location.line),
            diagnostic.rule.id,
        )
        for diagnostic in diagnostics
        if diagnostic.rule.severity is Severity.WARNING
    ]
    store.put(NAME, warnings)
    _report(root, warnings)


def report_again(store: Store, root: Path) -> None:
    """Report the stored warnings."""
    _report(root, store.get(NAME, Warnings) or [])


def is_saved(record: LogRecord) -> bool:
    """Return whether a message is one of these warnings: no page has to be read for the next."""
    return record.name == logger.logger.name


def _report(root: Path, warnings: Warnings) -> None:
    for message, (path, line), rule in warnings:
        place = f"{file_from_here(root, path)}:{line}"
        logger.warning("%s", message, location=place, type="groundrules", subtype=rule)
