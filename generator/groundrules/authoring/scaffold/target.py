"""`Target`: the folder of a new manual, to which files are added and in which none is changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import unified_diff
from enum import Enum, auto
from pathlib import Path, PurePosixPath

from msgspec import Struct

from groundrules.atomic import is_leftover, write_bytes
from groundrules.authoring.scaffold.answers import Answers
from groundrules.authoring.scaffold.planned import (
    CONF,
    OTHERS,
    REQUIREMENTS,
    SECTIONS,
    TOX,
    PlannedFile,
)
from groundrules.confined import Confined, EntryKind, LinkError

EXTENSION = "groundrules.sphinxext"
# what servers and git put into a new repository
_NEW = frozenset(
    (".git", ".gitattributes", ".gitignore", ".gitreview", "COPYING", "LICENSE", "LICENSE.md",
     "LICENSE.txt", "README", "README.md", "README.rst", "README.txt")
)  # fmt: skip


class FileState(Enum):
    """How a planned file and the folder compare."""

    MISSING = auto()
    """It does not exist; it can be written."""
    SAME = auto()
    """It exists with the planned text."""
    OTHER = auto()
    """It exists with another text, or another file does the same."""
    NOT_WANTED = auto()
    """It would be of no use: an example beside records, or a page that no menu has."""


class Target(Struct, frozen=True):
    """The manual's folder, and the top of its repository, or None if that is not to be written."""

    folder: Path
    top: Path | None

    def strangers(self, files: Iterable[PlannedFile]) -> list[str]:
        """Return the names in the folder that a new repository does not have.

        Files that an interrupted run has written are not among them.
        """
        texts = {file.path: file.text.encode() for file in files if self.base(file) == self.folder}
        if not self.folder.is_dir():
            return []
        names = sorted(entry.path for entry in Confined(self.folder).entries())
        return [name for name in names if not self._is_expected(name, texts)]

    def _is_expected(self, name: str, texts: dict[str, bytes]) -> bool:
        if name in _NEW or is_leftover(name):
            return True
        confined = Confined(self.folder)
        kind = confined.kind(name)
        if kind is EntryKind.FILE:
            return name in texts and confined.read(name) == texts[name]
        if kind is not EntryKind.FOLDER or not any(path.startswith(f"{name}/") for path in texts):
            return False
        below = (entry.path for entry in confined.walk(name))
        return all(
            is_leftover(PurePosixPath(path).name)
            or (path in texts and confined.read(path) == texts[path])
            for path in below
        )

    def state(self, file: PlannedFile) -> FileState:
        """Return how a planned file and the folder compare."""
        base = self.base(file)
        if base is None:
            return FileState.NOT_WANTED
        if os.path.lexists(base / file.path):
            return FileState.SAME if self.text(file) == file.text else FileState.OTHER
        if _another(base, file.path):
            return FileState.OTHER
        if file.of and (os.path.lexists(base / file.of) or _another(base, file.of)):
            return FileState.NOT_WANTED
        folder = PurePosixPath(file.path).parent.as_posix()
        if file.is_example and has_records(self.folder, folder):
            return FileState.NOT_WANTED
        return FileState.MISSING

    def base(self, file: PlannedFile) -> Path | None:
        """Return the folder that a file's path starts at; None if it is not to be written."""
        return self.top if file.at_top else self.folder

    def text(self, file: PlannedFile) -> str:
        """Return the text that a planned file has now; empty if there is none."""
        if base := self.base(file):
            with suppress(OSError):
                return Confined(base, follow=True).read(file.path).decode("utf-8", "replace")
        return ""

    def existing(self, file: PlannedFile) -> Path:
        """Return the path of the file, or of the one that does the same."""
        base = self.base(file) or self.folder
        if os.path.lexists(base / file.path):
            return base / file.path
        return base / (_another(base, file.path) or file.path)

    def other_jobs(self, answers: Answers) -> Path | None:
        """Return the Zuul configuration of a repository that has jobs, but not the manual's."""
        if "zuul" not in answers.ci:
            return None
        file = PlannedFile(".zuul.yaml", "", at_top=True)
        path = self.existing(file)
        is_ours = f"name: {answers.slug}-check\n" in self.text(file)
        return path if os.path.lexists(path) and not is_ours else None

    def has_extension(self) -> bool:
        """Return whether the manual's ``conf.py`` names the Sphinx extension."""
        conf = self.existing(PlannedFile(CONF, "")).relative_to(self.folder).as_posix()
        return EXTENSION in self.text(PlannedFile(conf, ""))

    def other_tox(self, file: PlannedFile) -> Path | None:
        """Return the configuration of tox of an existing project that lacks the environments."""
        if file.path != TOX or not file.at_top or self.state(file) is not FileState.OTHER:
            return None
        path = self.existing(file)
        text = self.text(PlannedFile(path.name, "", at_top=True))
        return None if "groundrules check" in text else path

    def requirements(self) -> Path | None:
        """Return the ``requirements.txt`` in a folder above the manual's, but not its own."""
        above = self.folder.parents if self.top else ()
        for folder in above:
            if self.top and not folder.is_relative_to(self.top):
                break
            if (folder / REQUIREMENTS).is_file():
                return folder / REQUIREMENTS
        return None

    def diff(self, file: PlannedFile) -> str:
        """Return what the plan has differently from an existing file.

        Nothing for a file that is missing, and for an example, which is replaced in time.
        """
        if file.is_example or not self.text(file):
            return ""
        old, new = (text.splitlines(keepends=True) for text in (self.text(file), file.text))
        lines = unified_diff(old, new, file.path, f"{file.path} (groundrules init)")
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)

    def write(self, files: Iterable[PlannedFile]) -> list[Path]:
        """Write files; return their paths.  If it fails or is interrupted, remove them again.

        A killed process leaves whole files, which the next run takes for its own.  Raises
        `OSError`, or `LinkError` for a link that leads out of the folder.
        """
        created: list[Path] = []
        written = []
        try:
            for file in files:
                if base := self.base(file):
                    path = base / file.path
                    created += _missing(path)
                    _write(base, path, file.text)
                    written.append(path)
        except BaseException:
            _remove(created)
            raise
        return written


def has_records(root: Path, folder: str) -> bool:
    """Return whether a folder of a manual has records; it can be a link that stays inside."""
    with suppress(OSError):
        entries = Confined(root, follow=True).entries(folder)
        return any(entry.path.endswith(".yaml") for entry in entries)
    return False


def _another(base: Path, path: str) -> str | None:
    """Return the name of a file that does the same as one at ``path``, or that has a part of it."""
    for other in OTHERS.get(path, ()):
        if os.path.lexists(base / other):
            return other
    for other, section in SECTIONS.get(path, {}).items():
        with suppress(OSError):
            if section in Confined(base, follow=True).read(other):
                return other
    return None


def _write(base: Path, path: Path, text: str) -> None:
    """Write a new file below a folder; errors have its name."""
    try:
        _check(base, path.parent)
        write_bytes(path, text.encode("utf-8"))
    except LinkError:
        raise
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _check(base: Path, folder: Path) -> None:
    """Raise `LinkError` if a link on the way to a folder leads out of ``base``."""
    steps = folder.relative_to(base).parts
    for count in range(1, len(steps) + 1):
        name = "/".join(steps[:count])
        if os.path.lexists(base / name):
            try:
                Confined(base, follow=True).check(name)
            except LinkError as error:
                error.filename = str(base / name)
                raise


def _missing(path: Path) -> Iterator[Path]:
    """Yield the folders above a path that do not exist, from the top, and the path."""
    missing = [folder for folder in path.parents if not os.path.lexists(folder)]
    yield from reversed(missing)
    yield path


def _remove(paths: list[Path]) -> None:
    for path in reversed(paths):
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
