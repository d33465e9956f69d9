"""Warnings of data, told by every build: also by one that finds the data as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from sphinx.util import logging

from groundrules.atomic import write_text
from groundrules.diagnostics import Diagnostic, Severity

logger = logging.getLogger(__name__)
WARNINGS = ".warnings"


def tell(folder: Path, found: Iterable[Diagnostic]) -> None:
    """Tell the warnings among findings, and note them in ``folder``."""
    told = [
        [each.message, f"{each.location.path}:{each.location.line}", each.rule.id]
        for each in found
        if each.rule.severity is Severity.WARNING
    ]
    write_text(folder / WARNINGS, json.dumps(told))
    _tell(told)


def tell_again(folder: Path) -> None:
    """Tell what was noted in ``folder``."""
    try:
        _tell(json.loads((folder / WARNINGS).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return


def _tell(told: Iterable[Iterable[str]]) -> None:
    for message, where, rule in told:
        logger.warning("%s", message, location=where, type="groundrules", subtype=rule)
