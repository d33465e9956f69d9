"""Why a repository, or a branch of it, has no configuration."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.ci.errors import NotAvailableError
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.diagnostics import Diagnostic
from groundrules.nearest import did_you_mean


class NoConfigurationError(NotAvailableError):
    """A repository, or a branch of it, without configuration; ``branches`` have some.

    ``findings`` say why its files cannot be read; ``unread`` says why Zuul reads none of those
    that look like configuration.
    """

    def __init__(
        self, findings: Sequence[Diagnostic], branches: tuple[str, ...], unread: str = ""
    ) -> None:
        where = did_you_mean("", branches, "branches that have some") if branches else ""
        reason = "; ".join(finding.message for finding in findings)
        what = f"that Zuul reads: {unread}" if unread else f"none of {', '.join(ROOTS)}"
        colon = " " if unread else ": "
        super().__init__(reason or f"it holds no configuration{colon}{what}{where}")
        self.findings, self.branches, self.unread = findings, branches, unread
