"""`ManualFolder`: the folders of a manual, in the layouts of Sphinx and Read the Docs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from groundrules.checkout import checkout_around

DATA, SOURCE, CONF = "data", "source", "conf.py"
SUFFIXES = (".rst", ".md", ".txt")
RECORDS = ("manual.yaml", "manual.yml", "expectations", "graphs", "platforms", "sessions")


class ManualFolder(Struct, frozen=True):
    """The manual in ``root``, the folder that contains ``data/``.

    ``conf.py`` is in ``root``, with the pages in ``source/`` or beside it; or it is in
    ``source/`` with the pages, as on Read the Docs.
    """

    root: Path

    @property
    def conf(self) -> Path | None:
        """The folder of ``conf.py``, or None."""
        folders = (self.root, self.root / SOURCE)
        return next((folder for folder in folders if (folder / CONF).is_file()), None)

    @property
    def source(self) -> Path | None:
        """The folder of the pages, or None."""
        if (self.root / SOURCE).is_dir():
            return self.root / SOURCE
        names = (f"index{suffix}" for suffix in SUFFIXES)
        return self.root if any((self.root / name).is_file() for name in names) else None


def manual_around(start: Path) -> Path:
    """Return the nearest folder with records: ``start`` or a parent.

    Only the checkout around ``start`` is searched: the build executes ``conf.py``, and folders
    outside may belong to another user.  Without any manual it is ``start``.
    """
    return next((folder for folder in _in_checkout(start.resolve()) if has_records(folder)), start)


def _in_checkout(start: Path) -> Iterator[Path]:
    """Yield a folder and those above it, up to the top of the checkout."""
    yield start
    top = checkout_around(start)
    if top is not None and start != top:
        yield from (folder for folder in start.parents if folder.is_relative_to(top))


def has_records(folder: Path) -> bool:
    """Return whether a folder has records of a manual."""
    return any(os.path.lexists(folder / DATA / name) for name in RECORDS)
