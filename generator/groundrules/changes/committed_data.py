"""`CommittedData`: the data files of a commit, read from git's objects, not from the work tree."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from groundrules.changes.asked_revisions import RevisionError
from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Git
from groundrules.confined import MOST
from groundrules.diagnostics import Location, Report
from groundrules.manual_folder import DATA, RECORDS
from groundrules.records.files import (
    FOLDERS,
    RECORDED,
    SCHEMAS,
    DataFile,
    is_ignored,
    printable,
)
from groundrules.records.kinds import MANUAL
from groundrules.records.misplaced import why_misplaced
from groundrules.rules import reading as rules

FOLDER, LINK, SUBMODULE = b"40000", b"120000", b"160000"
MOST_LINKS = 5  # links that lead to links
MOST_LISTED = 6
NOT_A_FILE = "this is not a file of the data folder in this revision, so it was not read"


class CommittedData(Struct, frozen=True):
    """The data folder ``path`` of a commit; ``report`` collects what cannot be read.

    ``name`` is the folder in messages.
    """

    git: Git
    commit: str
    path: str
    name: str
    report: Report

    def files(self) -> Iterator[DataFile]:
        """Yield the files as `DataFolder` does.  Raises `UnreadableError`."""
        entries = self._entries()
        for path in sorted(entries):
            folder, _, name = path.rpartition("/")
            kind = folder or (MANUAL if PurePosixPath(name).stem == MANUAL else "")
            if path == SCHEMAS or is_ignored(name):
                continue
            mode, content = entries[path][0], None
            if kind and path.endswith(".yaml") and mode != FOLDER:
                content = self._content(path, entries)
            elif mode in (LINK, SUBMODULE):
                self._note(path, NOT_A_FILE)
            else:
                where = PurePosixPath(self.path, path)
                self._note(path, why_misplaced(where, is_folder=mode == FOLDER))
            yield DataFile(kind, self._place(path), content)

    def _entries(self) -> dict[str, tuple[bytes, str]]:
        """Return mode and object by path, of what is in the folder and in those of kinds."""
        entries = {}
        for mode, name, identity in self.git.tree(f"{self.commit}:{self.path}"):
            if mode == FOLDER and name in (*FOLDERS, *RECORDED):
                for below, file, blob in self.git.tree(identity):
                    entries[f"{name}/{file}"] = below, blob
            else:
                entries[name] = mode, identity
        return entries

    def _content(self, path: str, entries: dict[str, tuple[bytes, str]]) -> bytes | None:
        target = path
        for _ in range(MOST_LINKS):
            mode, identity = entries.get(target, (SUBMODULE, ""))
            if mode in (SUBMODULE, FOLDER):
                break
            content, _ = self.git.object(identity)
            if mode != LINK:
                return content
            link = content.decode("utf-8", "replace")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(target), link))
        self._note(path, NOT_A_FILE)
        return None

    def _note(self, path: str, message: str) -> None:
        self.report.note(rules.MISPLACED_FILE, Location(self._place(path)), message)

    def _place(self, path: str) -> str:
        return printable(Path(self.name, path))


def data_folder(git: Git, commit: str, path: str, revision: str) -> str | None:
    """Return the data folder of a commit: ``path``, or the only one; None if it has none.

    Raises `RevisionError` if it cannot tell which folder has the data.
    """
    if has_folder(git, commit, path):
        return path
    paths = git.paths(commit, MOST)
    if path in paths:
        raise RevisionError(
            f"{path} is not a folder of this repository in {revision}, but a link, a file or a "
            f"submodule; name the folder of the data as {revision}:FOLDER"
        )
    folders = sorted(_data_folders(paths))
    if len(folders) > 1 or len(paths) >= MOST:
        named = ", ".join(folders[:MOST_LISTED]) or "the first 100,000 files"
        raise RevisionError(
            f"there is no folder {path} in {revision}; data are in several folders: {named}; name "
            f"one as {revision}:FOLDER"
        )
    return folders[0] if folders else None


def has_folder(git: Git, commit: str, path: str) -> bool:
    """Return whether a commit has a folder."""
    try:
        return any(True for _ in git.tree(f"{commit}:{path}"))
    except UnreadableError:
        return False


def _data_folders(paths: frozenset[str]) -> set[str]:
    """Return the folders with a ``manual.yaml`` and records, or with the name of data folders."""
    manuals = {path.removesuffix("/manual.yaml") for path in paths if path.endswith("/manual.yaml")}
    parts = (path.rsplit("/", 2) for path in paths)
    holders = {part[0] for part in parts if len(part) == 3 and part[1] in RECORDS}
    return {each for each in manuals if each in holders or PurePosixPath(each).name == DATA}
