"""`AnsibleFiles`: what the files of Ansible on a branch of a repository name, each read once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Several
from typing import Any

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.wanted_paths import WantedPaths
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.sources.repositories import Repository
from groundrules.diagnostics import Location
from groundrules.yamlsource import Mapping, Place, Problem, Sequence, read, untagged

COLLECTIONS = ("", "ansible.builtin.", "ansible.legacy.")
ROLE_TASKS = frozenset(f"{at}{word}_role" for at in COLLECTIONS for word in ("include", "import"))
FILE_TASKS = frozenset(f"{at}{word}_tasks" for at in COLLECTIONS for word in ("include", "import"))
PLAYBOOKS = frozenset(f"{at}import_playbook" for at in COLLECTIONS)
LISTS_OF_TASKS = (*("pre_tasks", "tasks", "post_tasks", "handlers", "block", "rescue", "always"),)
_NAME = re.compile(r"(?:^|\s)(?:name|file)=(\S+)")


class AnsibleName(Struct, frozen=True):
    """A role, or a file by its path in the repository, that a file names at a place."""

    name: str
    place: Place
    is_role: bool
    is_known: bool = True
    """Whether the name is written; Ansible computes one with ``{{`` when the job runs."""


def names_in(data: bytes, path: str) -> list[AnsibleName] | None:
    """Return what a playbook or a file of tasks names; None for one that cannot be read.

    ``path`` is its path in the repository; files are relative to its folder.
    """
    try:
        value = read(data).value
    except Problem:
        return None
    return [*_names(value, posixpath.dirname(path))]


def _names(value: Any, folder: str) -> Iterator[AnsibleName]:
    """Yield the names of a playbook, of tasks, or of the dependencies of a role."""
    todo = [value]
    while todo:
        part = todo.pop()
        if isinstance(part, Sequence):
            todo += reversed(part)
        elif isinstance(part, Mapping):
            for key in ("roles", "dependencies"):
                yield from _roles(part.get(key))
            yield from _of_keys(part, folder)
            todo += [part[key] for key in reversed(LISTS_OF_TASKS) if key in part]


def _roles(value: Any) -> Iterator[AnsibleName]:
    """Yield the roles of a play, or those that a role depends on."""
    for index, entry in enumerate(value if isinstance(value, Sequence) else ()):
        item = untagged(entry)
        if isinstance(item, Mapping):
            item = item.get("role", item.get("name"))
        if isinstance(item, str):
            yield _name(item, value.item_place(index), is_role=True)


def _of_keys(task: Mapping, folder: str) -> Iterator[AnsibleName]:
    for key, value in task.items():
        is_role = key in ROLE_TASKS
        if not is_role and key not in FILE_TASKS | PLAYBOOKS:
            continue
        name = untagged(value)
        if isinstance(name, Mapping):
            name = name.get("name" if is_role else "file")
        elif isinstance(name, str) and (written := _NAME.search(name)):
            name = written[1]
        if isinstance(name, str):
            path = name if is_role else posixpath.normpath(posixpath.join(folder, name))
            yield _name(path, task.key_place(key), is_role=is_role)


def _name(name: str, place: Place, *, is_role: bool) -> AnsibleName:
    return AnsibleName(name, place, is_role, is_known="{{" not in name)


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

    def find(self, paths: Several[str]) -> list[str]:
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
