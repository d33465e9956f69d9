"""`Confinement`: limits where the parts of an untrusted git repository can be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.confined import Confined

DEEPEST = 5  # alternates of alternates; git's own limit
LARGEST = 64 * 1024  # bytes of a file that contains only a path


class Confinement(Struct, frozen=True, kw_only=True):
    """The folders that must contain all parts of a repository after following links.

    A bare repository below ``own``, the manual's repository, is rejected.

    Git does not commit a file or folder named ``.git``, so a change cannot add a repository of
    that form.  But it can add ``HEAD``, ``objects`` and ``refs``, as files or as links.
    """

    within: tuple[Path, ...]
    own: Path

    def check(self, place: Path) -> None:
        """Raise `UnreadableError` for a path that is outside after following links."""
        try:
            target = place.resolve()
            if any(target.is_relative_to(folder.resolve()) for folder in self.within):
                return
        except (OSError, RuntimeError, ValueError):  # a loop of links, a null byte
            pass
        raise UnreadableError(f"{place.name} of the git repository leads out of where it may be")

    def check_bare(self, folder: Path) -> None:
        """Raise `UnreadableError` for a bare repository that a change may have added."""
        if folder.resolve().is_relative_to(self.own.resolve()):
            raise UnreadableError(
                "a bare git repository inside this one may come with anybody's change; "
                "only --config may name it"
            )

    def check_objects(self, folder: Path, depth: int = 0) -> None:
        """Raise `UnreadableError` if objects or their alternates are outside."""
        self.check_folder(folder)
        file = folder / "info/alternates"
        if not file.exists():
            return
        if depth == DEEPEST:
            raise UnreadableError("the git repository has too many alternates of alternates")
        for line in small_text(file).split("\n"):
            if line.startswith('"'):
                raise UnreadableError(
                    "info/alternates of the git repository has a quoted path, which is not read"
                )
            if line and not line.startswith("#"):
                self.check_objects(folder.resolve() / line, depth + 1)

    def check_folder(self, folder: Path) -> None:
        """Raise `UnreadableError` for a folder that is outside or links to something outside."""
        self.check(folder)
        for link in _links(folder.resolve()):
            self.check(link)


def _links(folder: Path) -> Iterator[Path]:
    """Yield the symbolic links at any depth, without following them."""
    todo = [str(folder)]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                listed = list(entries)
        except (FileNotFoundError, NotADirectoryError):
            continue
        yield from (Path(entry.path) for entry in listed if entry.is_symlink())
        todo += [entry.path for entry in listed if entry.is_dir(follow_symlinks=False)]


def small_text(file: Path) -> str:
    """Return the text of a small file that is not a link.  Raises `UnreadableError`."""
    try:
        text = Confined(file.parent).read(file.name, LARGEST)
    except OSError as error:
        raise UnreadableError(f"{file.name} cannot be read: {error.strerror}") from None
    if len(text) > LARGEST:
        raise UnreadableError(f"{file.name} of the git repository is too large")
    return text.decode("utf-8", "surrogateescape")
