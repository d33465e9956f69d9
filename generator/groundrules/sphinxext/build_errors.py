"""What ends a build before anything is written; Sphinx shows these errors without a traceback."""

from __future__ import annotations

from sphinx.errors import SphinxError

from groundrules.diagnostics import Diagnostic


class InvalidData(SphinxError):
    """The data has mistakes."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class InvalidTemplate(SphinxError):
    """A template cannot be used."""


class UnknownConfiguration(SphinxError):
    """A path is given for a configuration that ``manual.yaml`` does not name."""
