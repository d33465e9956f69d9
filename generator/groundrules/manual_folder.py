"""`ManualFolder`: the folders of a manual, in the layouts of Sphinx and Read the Docs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from groundrules.conf_file import ConfFile, UnknownSettingError

DATA, SOURCE = "data", "source"
DOCS = ("docs/source", "doc/source", "docs", "doc")  # where projects have their Sphinx pages
SETTING = "groundrules_data"
SUFFIXES = (".rst", ".md", ".txt")
RECORDS = ("manual.yaml", "manual.yml", "expectations", "graphs", "platforms", "sessions")


class ManualFolder(Struct, frozen=True):
    """The manual in ``root``, the folder that contains ``data/``.

    ``conf.py`` is in ``root``, with the pages in ``source/`` or beside it; or it is with the
    pages in ``source/`` or in one of `DOCS`.  ``pages`` is their folder if it is given.
    """

    root: Path
    pages: Path | None = None

    @property
    def conf(self) -> Path | None:
        """The folder of ``conf.py``, or None."""
        if self.pages:
            folders = [self.pages, *([self.pages.parent] if _has_index(self.pages) else [])]
        else:
            own = (file.folder for file in self._own_files())
            folders = [*own, self.root, self.root / SOURCE]
        return next((folder for folder in folders if ConfFile(folder, self.root).exists), None)

    @property
    def source(self) -> Path | None:
        """The folder of the pages, or None."""
        if self.pages:
            return self.pages
        conf, folder = self.conf, self.root / SOURCE
        if conf not in (None, self.root):
            return conf
        if _has_index(folder):
            return folder
        if _has_index(self.root):
            return self.root
        return folder if folder.is_dir() else conf

    @property
    def source_path(self) -> str | None:
        """The path of the pages from ``root``, empty for ``root`` itself; None if not inside."""
        source = self.source
        if source is None or not source.is_relative_to(self.root):
            return None
        path = source.relative_to(self.root).as_posix()
        return "" if path == "." else path

    @property
    def data(self) -> str:
        """The name of the folder of records in ``root``, which ``conf.py`` can set."""
        return next((_place(file)[1] for file in self._own_files()), DATA)

    @property
    def build(self) -> Path:
        """The folder for the output of all builders, that of ``sphinx-quickstart``."""
        source = self.source or self.root
        return source.parent / "build" if source.name == SOURCE else source / "_build"

    @property
    def exists(self) -> bool:
        """Whether there are records, or a ``conf.py`` that names the extension."""
        return has_records(self.root) or any(True for _ in self._own_files())

    def _own_files(self) -> Iterator[ConfFile]:
        """Yield each ``conf.py`` of a manual with its records in ``root``."""
        for name in ("", SOURCE, *DOCS):
            file = ConfFile(self.root / name, self.root)
            with suppress(UnknownSettingError):
                if file.names_extension and _place(file)[0] == self.root:
                    yield file


def root_and_data(conf: Path, data: str) -> tuple[Path, str]:
    """Return the folder of a manual and the path of its records in it.

    The folder is that of ``conf.py``, or the parent of the records if these are elsewhere: paths
    of records are relative to it, also in links to edit them.
    """
    folder = Path(os.path.normpath(conf / data))
    return (conf, data) if folder.is_relative_to(conf) else (folder.parent, folder.name)


def root_of(file: ConfFile) -> Path:
    """Return the folder of the manual with this ``conf.py``.  Raises `UnknownSettingError`."""
    return _place(file)[0]


def has_records(folder: Path) -> bool:
    """Return whether a folder contains records in ``data/``."""
    return any(os.path.lexists(folder / DATA / name) for name in RECORDS)


def _place(file: ConfFile) -> tuple[Path, str]:
    data = file.setting(SETTING)
    return root_and_data(file.folder, data if isinstance(data, str) else DATA)


def _has_index(folder: Path) -> bool:
    return any((folder / f"index{suffix}").is_file() for suffix in SUFFIXES)
