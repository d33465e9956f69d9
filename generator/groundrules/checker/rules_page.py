"""`RulesPage`: the hand-written page that ``rules_page`` in ``manual.yaml`` names.

Every generated page of a rule links to it, so that Sphinx would warn once for each rule.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.checker.page_check import page_paths
from groundrules.confined import Confined
from groundrules.diagnostics import Diagnostic, Location
from groundrules.manual_folder import SUFFIXES, ManualFolder
from groundrules.nearest import did_you_mean
from groundrules.rules.records import UNKNOWN_REFERENCE

if TYPE_CHECKING:
    from groundrules.records import Catalogue


class RulesPage(Struct, frozen=True):
    """The page, by its path from the source folder without suffix, and where it is named."""

    name: str
    place: Location

    def check(self, root: Path) -> Iterator[Diagnostic]:
        """Yield what is wrong if the manual in ``root`` does not have the page."""
        manual = ManualFolder(root)
        if manual.conf is None or (path := manual.source_path) is None:
            return
        folder, start = Confined(root, follow=True), f"{path}/" if path else ""
        if not any(folder.kind(f"{start}index{suffix}") for suffix in SUFFIXES):
            return  # another folder may be the one that Sphinx reads
        if self._is_plain and _has(folder, f"{start}{self.name}"):
            return
        paths = page_paths(folder, path, lambda path: False)
        pages = (posixpath.splitext(path.removeprefix(start))[0] for path in paths)
        hint = did_you_mean(self.name, pages, "pages")
        yield Diagnostic(self.place, f"unknown page {self.name!r}{hint}", UNKNOWN_REFERENCE)

    @property
    def _is_plain(self) -> bool:
        """Whether Sphinx can find a page by this name, which goes after a slash."""
        return posixpath.normpath(self.name) == self.name and not self.name.startswith("/")


def rules_page_of(catalogue: Catalogue) -> RulesPage | None:
    """Return the page that a manual names, if it does."""
    manual = catalogue.manual
    return (
        RulesPage(manual.rules_page, manual.location("rules_page")) if manual.rules_page else None
    )


def _has(folder: Confined, page: str) -> bool:
    """Return whether there is a page, with any suffix: ``conf.py`` can add some."""
    above, _, name = page.rpartition("/")
    with suppress(OSError, ValueError):
        entries = (entry.path.rpartition("/")[2] for entry in folder.entries(above))
        return any(posixpath.splitext(entry)[0] == name != entry for entry in entries)
    return False
