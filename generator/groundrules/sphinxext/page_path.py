"""`PagePath`: the path of a page that is replaced as a whole, or stays as it is."""

from __future__ import annotations

from pathlib import PosixPath

from typing_extensions import override

from groundrules.atomic import write_bytes
from groundrules.build_folders import UnwritableFolderError, unwritable


class PagePath(PosixPath):
    """The path that Sphinx writes a page to.

    Sphinx itself empties the page first, and only warns if it cannot write the new one.
    """

    @override
    def write_text(
        self,
        data: str,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> int:
        """Replace the file.  Raises `UnwritableFolderError`; then it is unchanged."""
        try:
            write_bytes(PosixPath(self), data.encode(encoding or "utf-8", errors or "strict"))
        except OSError as error:
            raise UnwritableFolderError(unwritable(error, self)) from None
        return len(data)
