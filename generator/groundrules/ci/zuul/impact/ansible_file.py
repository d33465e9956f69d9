"""The roles and files that a file of Ansible names, without running Ansible.

https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse.html
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

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
