"""`AnsibleFiles`: what the files of Ansible on a branch of a repository name, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.wanted_paths import WantedPaths
from groundrules.ci.zuul.impact.ansible_file import AnsibleName, names_in
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.sources.repositories import Repository
from groundrules.diagnostics import Location
from groundrules.yamlsource import Place

YAML = (".yaml", ".yml")
DEEPEST = 20
"""The levels of files that include others; a repository is searched once for each level."""


class AnsibleFiles(Struct):
    """The files of ``source``'s branch; paths in diagnostics have ``root`` before them."""

    source: FileOrigin
    root: str
    repository: Repository | None
    unread: dict[str, None] = {}
    """The files that are not here or cannot be read, by their paths in diagnostics."""

    computed: dict[Location, None] = {}
    """Where Ansible computes a name when the job runs."""

    _present: set[str] = set()
    _names: dict[str, list[AnsibleName]] = {}

    def find(self, paths: Sequence[str]) -> list[str]:
        """Return the files at or below some paths, which are looked up together."""
        if self.repository is None or not paths:
            return []
        try:
            present = [*self.repository.sizes(self.source.branch, paths)]
        except (UnreadableError, OSError):
            return []
        wanted = WantedPaths(paths)
        paths = [path for path in present if wanted.has(path)]
        self._present.update(paths)
        return paths

    def names(self, path: str) -> list[AnsibleName]:
        """Return what a file names, if `find` returned it; nothing for another one."""
        if path not in self._names:
            names = self._read(path)
            if names is None:
                self.unread[f"{self.root}{path}"] = None
            self._names[path] = [name for name in names or () if name.is_known]
            computed = (name for name in names or () if not name.is_known)
            self.computed |= dict.fromkeys(self.at(path, name.place) for name in computed)
        return self._names[path]

    def _read(self, path: str) -> list[AnsibleName] | None:
        if self.repository is None or path not in self._present:
            return None
        try:
            return names_in(self.repository.read(self.source.branch, path), path)
        except (UnreadableError, OSError):
            return None

    def at(self, path: str, place: Place) -> Location:
        """Return the location of a place in a file."""
        return Location(f"{self.root}{path}", *place)

    def reachable(self, playbooks: Iterable[str]) -> list[str]:
        """Return the playbooks and the files that they include, directly or through others."""
        paths: dict[str, None] = {}
        level = dict.fromkeys(playbooks)
        for _ in range(DEEPEST):
            self.find([*level])
            paths |= level
            names = (name for path in level for name in self.names(path))
            level = dict.fromkeys(name.name for name in names if not name.is_role)
            level = {path: None for path in level if path not in paths}
            if not level:
                break
        return [*paths]

    def close(self) -> None:
        """End the processes that read the files."""
        if self.repository is not None:
            self.repository.close()
