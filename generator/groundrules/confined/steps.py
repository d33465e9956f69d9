"""`open_below`: a path below an open folder, opened step by step."""

from __future__ import annotations

import errno
import os

from msgspec import Struct

MOST_LINKS = 40  # links that lead to links; the limit of Linux
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class LinkError(OSError):
    """A symbolic link that is not followed."""

    def __init__(self) -> None:
        super().__init__(errno.ELOOP, "a symbolic link")


def open_below(top: int, path: str, flags: int, *, own: str = "") -> int:
    """Return a descriptor of a path below the folder ``top``, whose own descriptor is closed.

    Links are followed where ``own`` is given, the path of ``top``, and they stay below it.
    Raises `LinkError` if the path, or a link in it, leads out.
    """
    if not path:
        return top
    steps = Steps([top], path.split("/"), own)
    try:
        if "\0" in path or path.startswith("/") or ".." in steps.left:
            raise LinkError
        while steps.left:
            steps.take(flags)
        return steps.folders.pop()
    finally:
        steps.close()


class Steps(Struct):
    """The steps of a path: the folders that are open, and the names that remain."""

    folders: list[int]
    left: list[str]
    own: str
    links: int = 0

    def take(self, flags: int) -> None:
        """Open the next name.  Raises `LinkError` if it leads out."""
        name = self.left.pop(0)
        if name in ("", "."):
            return
        if name == "..":
            if len(self.folders) == 1:
                raise LinkError
            os.close(self.folders.pop())
            return
        flags = FOLDER if self.left else flags
        try:
            self.folders.append(os.open(name, flags | os.O_NOFOLLOW, dir_fd=self.folders[-1]))
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.ENOTDIR):
                raise
            self._follow(name, error)

    def _follow(self, name: str, error: OSError) -> None:
        """Insert the steps of a link before the remaining ones."""
        try:
            target = os.readlink(name, dir_fd=self.folders[-1])
        except OSError:
            raise error from None  # it is not a link, so opening failed for another reason
        if not self.own:
            raise LinkError
        self.links += 1
        if self.links > MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if target.startswith("/"):
            target = self._from_top(target)
        self.left[:0] = target.split("/")

    def _from_top(self, target: str) -> str:
        """Go back to the top for an absolute link; return its path below the top."""
        for own in (self.own, os.path.realpath(self.own)):
            if target.startswith(f"{own}/"):
                while len(self.folders) > 1:
                    os.close(self.folders.pop())
                return target.removeprefix(f"{own}/")
        raise LinkError

    def close(self) -> None:
        """Close the folders that are still open."""
        for descriptor in self.folders:
            os.close(descriptor)
