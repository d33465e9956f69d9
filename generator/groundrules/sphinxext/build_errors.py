"""Errors that end a build before anything is written; Sphinx shows no traceback for them."""

from __future__ import annotations

from sphinx.errors import SphinxError

from groundrules.diagnostics import Diagnostic

# Exit codes of the build
UNKNOWN = 64  # for a configuration that manual.yaml does not name
UNSAFE = 65  # for a folder that other users can write
UNWRITABLE = 66  # for a folder that this user cannot write


class InvalidData(SphinxError):
    """The data has mistakes."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class InvalidTemplate(SphinxError):
    """A template cannot be used."""


class UnknownConfiguration(SphinxError):
    """A path is given for a configuration that is not in ``manual.yaml``."""
