"""Finds the manual or the configuration that a command is about, upwards as git does."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from groundrules.checkout import checkout_around
from groundrules.conf_file import CONF, ConfFile, UnknownSettingError
from groundrules.confined import Confined, EntryKind
from groundrules.manual_folder import DOCS, SETTING, SOURCE, ManualFolder, root_of


class OutsideRepositoryError(Exception):
    """A manual whose records are outside its repository."""


def manual_around(start: Path) -> Path:
    """Return the nearest folder with a manual: ``start`` or a parent.

    Only the checkout around ``start`` is searched: the build executes ``conf.py``, and folders
    outside may belong to another user.  Without any manual it is ``start``.  Raises
    `OutsideRepositoryError`.
    """
    return next((root for folder in upwards(start) if (root := _manual_in(folder))), start)


def manuals_of_repository(folder: Path) -> list[Path]:
    """Return the manuals in the usual places of the repository around a folder."""
    top, manuals = checkout_around(folder) or folder.resolve(), list[Path]()
    for name in DOCS:
        with suppress(OutsideRepositoryError):
            if (root := _manual_in(top / name)) and root not in manuals:
                manuals.append(root)
    return manuals


def root_options(folder: Path) -> str:
    """Return the options that name other manuals of a repository; empty if there are none."""
    manuals = [manual for manual in manuals_of_repository(folder) if manual != folder.resolve()]
    return " or ".join(f"--root {shlex.quote(os.path.relpath(manual))}" for manual in manuals)


def instead_of(folder: Path, otherwise: str) -> str:
    """Return how to name other manuals of the repository; ``otherwise`` if there are none."""
    options = root_options(folder)
    return f"name the repository's manual with {options}" if options else otherwise


def configuration_around(start: Path, names: Collection[str]) -> Path:
    """Return the nearest folder with a file of these ``names``: ``start`` or a parent.

    A folder with files of a CI system in its subfolders is a snapshot of branches.  Without any
    configuration it is ``start``.
    """

    def is_configuration(folder: Path) -> bool:
        return any(os.path.lexists(folder / name) for name in names)

    if any(map(is_configuration, (start, *_subfolders(start)))):
        return start
    return next(filter(is_configuration, upwards(start)), start)


def upwards(start: Path) -> Iterator[Path]:
    """Yield a folder and those above it in its checkout and file system.

    https://git-scm.com/docs/git#Documentation/git.txt-codeGITDISCOVERYACROSSFILESYSTEMcode
    """
    folder = start.resolve()
    yield folder
    top = checkout_around(folder)
    while top is not None and folder != top and device(folder) == device(folder.parent):
        folder = folder.parent
        yield folder


def device(folder: Path) -> int:
    """Return the number of the file system that contains a folder."""
    return folder.stat().st_dev


def _manual_in(folder: Path) -> Path | None:
    """Return the root of the manual whose ``conf.py`` or records are in a folder.

    ``conf.py`` may be in its ``source/``.
    """
    for file in (ConfFile(folder, folder), ConfFile(folder / SOURCE, folder)):
        with suppress(UnknownSettingError):
            if file.names_extension:
                return _inside(root_of(file), file.folder)
    return folder if ManualFolder(folder).exists else None


def _inside(root: Path, conf: Path) -> Path:
    """Return the root of a manual, which the setting in ``conf.py`` cannot lead out."""
    own = checkout_around(conf)
    if own is None or root.resolve().is_relative_to(own):
        return root
    raise OutsideRepositoryError(
        f"{SETTING!r} in {conf / CONF} leads out of the repository; keep the records inside"
    )


def _subfolders(folder: Path) -> list[Path]:
    with suppress(OSError):
        entries = Confined(folder).entries()
        return [folder / entry.path for entry in entries if entry.kind is EntryKind.FOLDER]
    return []
