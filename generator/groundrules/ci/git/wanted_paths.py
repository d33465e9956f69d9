"""`WantedPaths`: files and folders of a repository, compared with each path in few steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class WantedPaths:
    """Some paths; a folder includes everything below it."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = {path.rstrip("/") for path in paths}
        self._above = {folder for path in self._paths for folder in _folders(path)}

    def has(self, path: str) -> bool:
        """Return whether a path is wanted, or is below a wanted folder."""
        return path in self._paths or any(folder in self._paths for folder in _folders(path))

    def leads_to(self, path: str) -> bool:
        """Return whether a path is wanted, or is a folder above a wanted one."""
        return path in self._above or self.has(path)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders above a path."""
    while path := path.rpartition("/")[0]:
        yield path
